// A workbook (.xlsx) in memory: its sheets, shared strings and number formats. Rows: xlsx_records.h.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/number_format.h"
#include "ingest/zip_archive.h"

namespace hr::ingest {

struct Sheet {
  std::string name;
  std::string part;  // its member of the archive; empty = a chart or a dialog
  bool hidden = false;
};

class Workbook {
 public:
  // None: see the fault. The bytes live as long as the workbook.
  static std::shared_ptr<const Workbook> open(std::string_view bytes, WorkbookFault& fault);

  const ZipArchive& archive() const { return *archive_; }
  const std::vector<Sheet>& sheets() const { return sheets_; }  // as their tabs stand
  bool from_1904() const { return from_1904_; }
  std::optional<std::string_view> shared_string(size_t index) const;
  const NumberFormat& format_of_style(size_t style) const;

 private:
  Workbook() = default;
  bool read_sheets(const std::string& book, WorkbookFault& fault);
  bool read_styles(WorkbookFault& fault);
  bool read_strings(WorkbookFault& fault);

  std::optional<ZipArchive> archive_;
  std::vector<Sheet> sheets_;
  bool from_1904_ = false;
  std::string styles_part_, strings_part_;
  std::string strings_;              // all shared strings, one behind the other
  std::vector<size_t> string_ends_;  // where each ends
  std::vector<NumberFormat> formats_;
  std::vector<uint32_t> style_formats_;  // by style, into formats_
};

// An escaped character is itself: _x000D_ is a carriage return.
void unescape(std::string& text);

}  // namespace hr::ingest
