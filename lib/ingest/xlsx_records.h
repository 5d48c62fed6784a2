// The rows of one sheet of a workbook as records, one at a time, whatever its size. A field is the text of a cell
// (number_format.h); rows without anything in them are passed over.
#pragma once

#include <memory>
#include <string>

#include "ingest/records.h"
#include "ingest/workbook.h"

namespace hr::ingest {

enum class RowOrder : uint8_t {
  ascending,  // a row behind a later one is damage
  any,        // records come as they stand in the file, each as wide as its own cells
};

class XlsxRecords final : public RecordSource {
 public:
  // `sheet`: one of the workbook's, with a part. `file`: as diagnostics show it.
  XlsxRecords(std::shared_ptr<const Workbook> workbook, const Sheet& sheet, std::string file,
              RowOrder order = RowOrder::ascending);
  ~XlsxRecords() override;
  XlsxRecords(const XlsxRecords&) = delete;
  XlsxRecords& operator=(const XlsxRecords&) = delete;

  // Record::line is the row. It has as many fields as the first one, which is that of the headings, or more where its
  // own cells are more: what other rows have does not matter. Beyond kMaxColumns its shape is at fault.
  bool next(Record& record) override;
  Place place(const Record& record, size_t field) const override;
  uint32_t line() const override;
  Diagnostics findings() const override;

 private:
  class Rows;

  std::shared_ptr<const Workbook> workbook_;
  std::string sheet_;
  std::string file_;
  std::unique_ptr<Rows> rows_;
};

}  // namespace hr::ingest
