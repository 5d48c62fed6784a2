#include "ingest/table_reader.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/encodings.h"
#include "ingest/given_records.h"
#include "ingest/json_records.h"
#include "ingest/open_workbook.h"

namespace hr::ingest {

SourceSpan span_of(const std::string& file, const Place& place) {
  return {file, static_cast<int>(place.line), static_cast<int>(place.col), static_cast<int>(place.len)};
}

SourceSpan Opened::heading_span(size_t field) const {
  if (format == FileFormat::json) return {file, 0, 0, 0};
  return span_of(file, records->place(header, field));
}

std::unique_ptr<Opened> open_table(std::string_view bytes, const std::string& file, const ReadOptions& options) {
  auto opened = std::make_unique<Opened>();
  opened->file = file;
  opened->keeps_changes = options.keeps_changes;
  opened->most_told = options.most_told;
  opened->format = options.format.value_or(FileFormat::csv);
  opened->encoding = options.encoding;
  if (options.given != nullptr) {
    opened->headings = options.given->headings;
    opened->records = std::make_unique<GivenRecords>(*options.given);
    return opened;
  }
  if (opened->format == FileFormat::json) {
    opened->headings = json_keys(bytes);
    opened->records = std::make_unique<JsonRecords>(bytes, opened->headings);
    return opened;
  }
  opened->delimiter = options.delimiter;
  if (opened->format == FileFormat::xlsx) {
    OpenedSheet sheet = open_workbook(bytes, file, options.sheet);
    opened->sheet = std::move(sheet.name);
    opened->diagnostics = std::move(sheet.diagnostics);
    opened->records = std::move(sheet.records);
    if (!opened->records) return opened;
  } else {
    opened->records = std::make_unique<CsvRecords>(bytes, opened->delimiter);
  }
  if (options.mapping && options.mapping->has_layout()) {
    const bool ragged = opened->format == FileFormat::xlsx;  // a row ends with its last cell
    auto layout = std::make_unique<Layout>(std::move(opened->records), *options.mapping, ragged);
    opened->layout = layout.get();
    opened->records = std::move(layout);
  }
  if (opened->records->next(opened->header)) {
    for (const std::string_view field : opened->header.fields) opened->headings.emplace_back(trim(field));
  }
  return opened;
}

Diagnostic shape_diagnostic(const Record& record, const std::string& file, std::string_view bytes) {
  const Place place = place_of(bytes, record.begin, record.line, std::min(record.fault_at, bytes.size()));
  const bool known = record.fault_line == place.line;
  return make_error(std::string(record.fault),
                    {file, static_cast<int>(record.fault_line), known ? static_cast<int>(place.col) : 0, 1},
                    record.fault_args);
}

void Findings::add(const Findings& other) {
  rows_read += other.rows_read;
  empty_spells.add(other.empty_spells);
  if (conversions.empty()) conversions.resize(other.conversions.size());
  for (size_t i = 0; i < other.conversions.size(); ++i) conversions[i].add(other.conversions[i]);
  for (size_t i = 0; i < kRules; ++i) changes[i] += other.changes[i];
  sums_aside.resize(other.sums_aside.size());
  for (size_t i = 0; i < sums_aside.size(); ++i) sums_aside[i].add(other.sums_aside[i]);
  if (unnamed.empty()) unnamed.resize(other.unnamed.size());
  for (size_t i = 0; i < other.unnamed.size(); ++i) {
    const Unnamed& more = other.unnamed[i];
    if (more.values == 0) continue;
    const bool earlier = unnamed[i].values == 0 || more.first_line < unnamed[i].first_line;
    if (earlier) unnamed[i].first_line = more.first_line;
    unnamed[i].values += more.values;
  }
}

// A value that came from another scale is never taken silently.
static void tell_conversions(const std::vector<Conversions>& conversions, const Opened& opened,
                             Diagnostics& diagnostics) {
  for (const Conversions& c : conversions) {
    if (c.count == 0) continue;
    const model::ScaleConversion& s = *c.column->mapping->scale;
    const bool there = c.column->field != kNoField;
    Diagnostic note = make_warning(
        "scale-converted", there ? opened.heading_span(c.column->field) : SourceSpan{opened.file, 0, 0, 0},
        {there ? c.column->heading : c.column->name, std::to_string(c.count), to_string(s.from_low),
         to_string(s.from_high), to_string(s.to_low), to_string(s.to_high), to_string(c.before), to_string(c.after)});
    note.severity = Severity::note;
    diagnostics.push_back(std::move(note));
  }
}

void Findings::tell(const Opened& opened, const ColumnPlan& plan, Diagnostics& diagnostics) const {
  if (rows_read == 0) diagnostics.push_back(make_warning("no-rows", {opened.file, 1, 0, 0}));
  if (empty_spells.count > 0) {
    diagnostics.push_back(make_warning("empty-spells", {opened.file, 0, 0, 0},
                                       {std::to_string(empty_spells.count), std::to_string(empty_spells.first_line)}));
  }
  tell_conversions(conversions, opened, diagnostics);
  for (size_t i = 0; i < unnamed.size(); ++i) {
    if (unnamed[i].values == 0) continue;
    diagnostics.push_back(make_warning("unknown-column/unnamed", opened.heading_span(plan.unnamed[i]),
                                       {std::to_string(plan.unnamed[i] + 1), std::to_string(unnamed[i].values),
                                        std::to_string(unnamed[i].first_line)}));
  }
  if (surplus.values > 0)
    diagnostics.push_back(make_warning("unknown-column/surplus",
                                       {opened.file, static_cast<int>(surplus.first_line), 0, 0},
                                       {std::to_string(surplus.values)}));
}

TableReader::TableReader(const Opened& opened, const ColumnPlan& plan, model::TableId table, facts::Frame& frame)
    : opened_(opened), plan_(plan), rows_(plan, table, frame, opened.keeps_changes), unnamed_(plan.unnamed.size()) {}

void TableReader::set_bytes(std::string_view bytes, uint64_t offset) {
  bytes_ = bytes;
  offset_ = offset;
}

bool TableReader::is_file_fault(const Record& record) {
  return record.fault == "unclosed-quote" || record.fault.starts_with("bad-quote") || record.fault == "too-long/line" ||
         record.fault == "bad-json/cut" || record.fault == "bad-json/behind";
}

// Several readers may share a file: then each tells as many as are asked for, among which the first of all are.
void TableReader::reject(const Record& record, const auto& why) {
  RejectedRow& row = rejected_.emplace_back();
  row.line = record.line;
  if (told_ >= opened_.most_told) return;
  ++told_;
  Why of_row = why();
  row.column = std::move(of_row.column);
  row.value = std::move(of_row.value);
  row.reason = std::move(of_row.reason);
  row.fields.assign(record.fields.begin(), record.fields.end());
}

void TableReader::reject_shape(const Record& record) {
  ++rows_read_;
  reject(record, [&]() -> Why {
    Diagnostic reason = shape_diagnostic(record, opened_.file, bytes_);
    if (opened_.format == FileFormat::xlsx) reason.span = span_of(opened_.file, {record.line, 0, 0});
    return {"", "", std::move(reason)};
  });
}

Findings TableReader::findings() const {
  return {rows_read_, rows_.empty_spells(), rows_.conversions(), unnamed_,
          surplus_,   rows_.changes(),      rows_.sums_aside()};
}

void TableReader::read(const Record& record, const RecordSource& records) {
  if (!record.fault.empty()) return reject_shape(record);
  ++rows_read_;
  if (!is_sound(record, records)) return;
  count_unnamed(record);
  if (const auto fault = rows_.cell_fault(record)) return reject_cell(record, records, *fault);
  if (const auto problem = rows_.read(record)) reject_cell(record, records, *problem);
}

void TableReader::count_unnamed(const Record& record) {
  const auto count = [&](Unnamed& unnamed, size_t field) {
    if (field >= record.fields.size() || trim(record.fields[field]).empty()) return;
    if (unnamed.values++ == 0) unnamed.first_line = record.line;
  };
  for (size_t i = 0; i < unnamed_.size(); ++i) count(unnamed_[i], plan_.unnamed[i]);
  for (size_t i = opened_.headings.size(); i < record.fields.size(); ++i) count(surplus_, i);
}

// Is it text, and has it as many fields as there are headings?
bool TableReader::is_sound(const Record& record, const RecordSource& records) {
  const std::string_view raw = bytes_.substr(record.begin, record.end - record.begin);
  if (const auto at = invalid_utf8_at(raw)) {
    reject(record, [&]() -> Why {
      const Place place = place_of(bytes_, record.begin, record.line, record.begin + *at);
      const bool as_it_lies = opened_.encoding == kUtf8 && opened_.format != FileFormat::json;  // see text_of()
      return {"", "",
              make_error(as_it_lies ? "bad-encoding/row" : "bad-encoding/decoded",
                         {opened_.file, static_cast<int>(place.line), static_cast<int>(place.col), 1},
                         {as_it_lies ? std::to_string(offset_ + record.begin + *at + 1) : opened_.encoding})};
    });
    return false;
  }
  const size_t expected = opened_.headings.size();
  if (record.fields.size() == expected || opened_.format == FileFormat::json) return true;
  if (opened_.format == FileFormat::xlsx) return true;  // a row ends with its last cell
  reject(record, [&]() -> Why {
    const bool more = record.fields.size() > expected;
    Place place = more ? records.place(record, expected) : place_of(bytes_, record.begin, record.line, record.end);
    if (place.line != record.line) place = {record.line, 0, 0};  // of a row of several lines
    return {"", "",
            make_error("field-count", span_of(opened_.file, place),
                       {std::to_string(record.fields.size()), std::to_string(expected)})};
  });
  return false;
}

void TableReader::reject_cell(const Record& record, const RecordSource& records, const RowProblem& problem) {
  reject(record, [&]() -> Why {
    const Place place = problem.field == kNoField ? Place{record.line, 0, 0} : records.place(record, problem.field);
    Diagnostic reason = make_error(problem.fault.message, span_of(opened_.file, place), problem.fault.args);
    reason.suggestion = problem.fault.suggestion;
    return {problem.heading, problem.value, std::move(reason)};
  });
}

}  // namespace hr::ingest
