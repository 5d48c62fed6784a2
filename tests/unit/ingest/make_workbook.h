// Workbooks made in a test from the XML of their parts, sound ones and broken ones.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ingest/records.h"
#include "ingest/workbook.h"

struct ZipEntry {
  std::string name;
  std::string content;
  uint16_t method = 8;           // 8 deflated, 0 stored; others are written like 0
  std::optional<uint32_t> size;  // that it claims to have
  std::optional<uint32_t> crc;   // the same
  uint16_t flags = 0;            // 1 = encrypted
};
std::string make_zip(const std::vector<ZipEntry>& entries);

// The parts of a workbook with one visible sheet "S", whose <sheetData> holds `rows`. Parts may be changed or added.
using Parts = std::map<std::string, std::string>;
Parts parts_of(const std::string& rows);
std::string make_workbook(const Parts& parts);

// A main namespace, as attribute.
extern const std::string kMain;

struct ReadRow {
  uint32_t line = 0;
  std::vector<std::string> fields;
  std::vector<std::string> faults;  // "1 excel-error"

  bool operator==(const ReadRow&) const = default;
};
struct ReadSheet {
  std::vector<ReadRow> rows;
  hr::Diagnostics findings;  // with a fault of the workbook: that one, without rows

  std::string fault() const;  // the key of the first error
};
ReadSheet read_sheet(const std::string& workbook, size_t sheet = 0);
