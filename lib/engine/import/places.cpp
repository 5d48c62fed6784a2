#include "engine/import/places.h"

#include <algorithm>
#include <optional>

#include "engine/import/reconcile.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;

namespace {

std::optional<size_t> heading_of(const Reading& reading, const std::string& column) {
  const auto it = reading.heading_of.find(column);
  return it == reading.heading_of.end() ? std::nullopt : std::optional(it->second);
}

// The field that a fault lies in. Cells of a wide file stand below their KPI or competency.
std::optional<size_t> field_of(const Reading& reading, const Frame& frame, const RowFault& fault) {
  if (const auto heading = heading_of(reading, fault.column)) return heading;
  for (const char* name : {"kpi", "competency"}) {
    const Column* wide = frame.find(name);
    if (wide && !fault.column.empty()) {
      if (const auto heading = heading_of(reading, facts::cell_text(*wide, fault.row))) return heading;
    }
  }
  return std::nullopt;
}

// Of a fault of the whole row, the first field of its key is marked.
std::optional<size_t> marked_field(const Reading& reading, const Frame& frame, const RowFault& fault) {
  if (!fault.column.empty()) return field_of(reading, frame, fault);
  for (const model::CanonicalColumn& column : model::imported_table(reading.options.table).columns) {
    if (!column.key) continue;
    if (const auto heading = heading_of(reading, std::string(column.name))) return heading;
  }
  return std::nullopt;
}

// The column that a finding about the organisation lies in.
std::string column_of(const Diagnostic& finding) {
  static constexpr std::pair<std::string_view, const char*> kColumns[] = {
      {"unknown-manager", "manager_id"},
      {"manager-cycle", "manager_id"},
      {"org-cycle", "parent"},
      {"unknown-unit", "parent"},
      {"overlapping-spell", "from"},
      {"service-reversed", "termination_date"},
      {"assignment-after-termination", "from"},
  };
  for (const auto& [code, column] : kColumns) {
    if (finding.code == code) return column;
  }
  return {};
}

struct FaultyLine {
  const RowFault* fault = nullptr;  // the first one found
  ingest::RawRow row;
};
using FaultyLines = std::map<uint32_t, FaultyLine>;

void set_lines_aside(ImportedFile& file, Frame& frame, FaultyLines& lines, const Reading& reading) {
  if (lines.empty()) return;
  const auto before = static_cast<std::ptrdiff_t>(file.rejected.size());
  file.rejected.reserve(file.rejected.size() + lines.size());
  size_t told = 0;
  for (auto& [line, faulty] : lines) {
    if (told++ >= reading.options.most_told) {
      file.rejected.emplace_back().line = line;
      continue;
    }
    const RowFault& fault = *faulty.fault;
    const auto field = field_of(reading, frame, fault);
    const Column* column = fault.column.empty() ? nullptr : frame.find(fault.column);
    ingest::RejectedRow row{line, field ? reading.headings[*field] : fault.column,
                            column ? facts::cell_text(*column, fault.row) : "", fault.reason,
                            std::move(faulty.row.fields)};
    row.reason.span = std::move(faulty.row.span);
    for (std::string& arg : row.reason.args) {  // sentences name the column as the file does
      if (field && arg == fault.column) arg = row.column;
    }
    file.rejected.push_back(std::move(row));
  }
  std::inplace_merge(file.rejected.begin(), file.rejected.begin() + before, file.rejected.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
  std::vector<uint8_t> keep(frame.size(), 1);
  for (size_t row = 0; row < keep.size(); ++row) keep[row] = lines.count(frame.rows[row]) == 0;
  keep_rows(frame, keep);
}

}  // namespace

void set_aside(ImportedFile& file, Frame& frame, const std::vector<RowFault>& faults, const Reading& reading) {
  FaultyLines lines;
  for (const RowFault& fault : faults) lines.try_emplace(frame.rows[fault.row], FaultyLine{&fault, {}});
  std::vector<ingest::RowPlace> places;
  for (const auto& [line, faulty] : lines) {
    if (places.size() == reading.options.most_told) break;
    places.push_back({line, marked_field(reading, frame, *faulty.fault)});
  }
  std::vector<ingest::RawRow> rows = ingest::raw_rows(reading.input, reading.options, places);
  auto line = lines.begin();
  for (ingest::RawRow& row : rows) (line++)->second.row = std::move(row);
  set_lines_aside(file, frame, lines, reading);
}

void set_aside(ImportedFile& file, Frame& frame, const std::vector<RowFault>& faults, std::vector<ingest::RawRow> rows,
               const Reading& reading) {
  FaultyLines lines;
  for (size_t i = 0; i < faults.size(); ++i)
    lines.try_emplace(frame.rows[faults[i].row], FaultyLine{&faults[i], std::move(rows[i])});
  set_lines_aside(file, frame, lines, reading);
}

void add_warnings(ImportedFile& file, const Frame& frame, std::vector<RowFault> warnings, const Reading& reading) {
  if (warnings.empty()) return;
  std::vector<ingest::RowPlace> places;
  std::stable_sort(warnings.begin(), warnings.end(), [](const auto& a, const auto& b) { return a.row < b.row; });
  for (const RowFault& w : warnings) places.push_back({frame.rows[w.row], field_of(reading, frame, w)});
  const auto rows = ingest::raw_rows(reading.input, reading.options, places);
  for (size_t i = 0; i < rows.size(); ++i) {
    warnings[i].reason.span = rows[i].span;
    file.diagnostics.push_back(std::move(warnings[i].reason));
  }
}

void find_fields(std::vector<Diagnostic*> findings, const Reading& reading) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Diagnostic* a, const Diagnostic* b) { return a->span.line < b->span.line; });
  std::vector<ingest::RowPlace> places;
  for (const Diagnostic* d : findings)
    places.push_back({static_cast<uint32_t>(d->span.line), heading_of(reading, column_of(*d))});
  const auto rows = ingest::raw_rows(reading.input, reading.options, places);
  for (size_t i = 0; i < rows.size(); ++i) findings[i]->span = rows[i].span;
}

}  // namespace hr::engine
