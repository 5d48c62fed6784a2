// Optional: workbooks that people made, beside what openpyxl reads in them. Passes where they do not lie beside us.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/cell_name.h"
#include "base/date.h"
#include "ingest/xlsx_records.h"
#include "make_workbook.h"

using nlohmann::json;

namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Seconds since midnight, or of a duration, as we write them.
std::string time_text(double seconds) {
  const auto ms = static_cast<long long>(seconds * 1000 + 0.5);
  char text[64];
  std::snprintf(text, sizeof text, "%02lld:%02lld", ms / 3'600'000, ms / 60'000 % 60);
  std::string out = text;
  if (ms % 60'000 == 0) return out;
  std::snprintf(text, sizeof text, ":%02lld", ms / 1000 % 60);
  out += text;
  std::snprintf(text, sizeof text, ".%03lld", ms % 1000);
  return ms % 1000 == 0 ? out : out + text;
}

double seconds_of(const std::string& time) {  // 12:23:07.123000
  return std::stod(time.substr(0, 2)) * 3600 + std::stod(time.substr(3, 2)) * 60 + std::stod(time.substr(6));
}

// 2024-03-05T12:23:07.123000 → 2024-03-05 12:23:07.123; 08:30:00 → 08:30
std::string moment_text(const std::string& iso) {
  const size_t t = iso.find('T');
  if (t == std::string::npos) return time_text(seconds_of(iso));
  const double seconds = seconds_of(iso.substr(t + 1));
  return seconds == 0 ? iso.substr(0, t) : iso.substr(0, t) + " " + time_text(seconds);
}

bool is_same(const json& expected, const std::string& text) {
  if (expected.is_null()) return text.empty();
  if (expected.is_boolean()) return text == (expected.get<bool>() ? "TRUE" : "FALSE");
  if (expected.is_number())
    return !text.empty() && std::strtod(text.c_str(), nullptr) == expected.get<double>() &&
           text.find('E') == std::string::npos;
  if (expected.contains("date")) return text == moment_text(expected["date"]);
  if (expected.contains("duration_s")) return text == time_text(expected["duration_s"]);
  return text == expected.get<std::string>();
}

constexpr uint32_t kRows = 12;  // of each sheet, that the list has
constexpr size_t kColumns = 20;

// Cells that the list speaks of, by name.
std::map<std::string, std::string> cells_of(const ReadSheet& sheet) {
  std::map<std::string, std::string> cells;
  for (const ReadRow& row : sheet.rows) {
    for (size_t i = 0; i < std::min(kColumns, row.fields.size()) && row.line <= kRows; ++i) {
      if (!row.fields[i].empty())
        cells[hr::cell_name(static_cast<int>(row.line), static_cast<int>(i + 1))] = row.fields[i];
    }
  }
  return cells;
}

void compare(const std::string& file, const json& sheet, const ReadSheet& read) {
  CHECK(read.fault() == "");
  std::map<std::string, std::string> cells = cells_of(read);
  for (const auto& item : sheet["cells_first_rows"].items()) {
    const std::string& name = item.key();
    const json& cell = item.value();
    const std::string text = cells[name];
    CAPTURE(file);
    CAPTURE(name);
    CAPTURE(text);
    CAPTURE(cell.dump());
    const bool same =
        cell["value"].is_string() ? text == cell["value"].get<std::string>() : is_same(cell["value"], text);
    CHECK(same);
    cells.erase(name);
  }
  for (const auto& [name, text] : cells) FAIL_CHECK(file << " " << name << " is not in the list: " << text);
}

}  // namespace

TEST_CASE("workbooks of others give the cells that another reader finds") {
  const char* given = std::getenv("HRCTL_REAL_DATA");
  const std::filesystem::path data =
      given ? std::filesystem::path(given) : std::filesystem::path(HRCTL_SOURCE_DIR) / "../shared/data";
  for (const char* folder : {"odd_xlsx", "xlsx_reader_cases"}) {
    const std::filesystem::path list = data / folder / "expected_cells.json";
    if (!std::filesystem::exists(list)) {
      MESSAGE("skipped: " << list.string() << " is not there");
      continue;
    }
    const json all = json::parse(bytes_of(list));
    for (const auto& item : all.items()) {
      const std::string& file = item.key();
      const json& expected = item.value();
      const std::string bytes = bytes_of(data / folder / file);
      hr::ingest::WorkbookFault fault;
      const auto workbook = hr::ingest::Workbook::open(bytes, fault);
      REQUIRE_MESSAGE(workbook, file << ": " << fault.message);
      CHECK(workbook->from_1904() == (expected["date_system"] == 1904));
      for (size_t i = 0; i < expected["sheets"].size(); ++i) {  // charts, which come last, are not in the list
        const json& sheet = expected["sheets"][i];
        CHECK(workbook->sheets()[i].name == sheet["name"]);
        CHECK(workbook->sheets()[i].hidden == (sheet["state"] != "visible"));
        compare(file, sheet, read_sheet(bytes, i));
      }
    }
  }
}
