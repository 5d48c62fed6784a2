#include "ingest/read_whole.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "ingest/sniff.h"

namespace hr::ingest {

namespace {

// Faults of the header that keep the file from being read.
void check_header(const Opened& opened, std::string_view bytes, Diagnostics& diagnostics) {
  const std::string& file = opened.file;
  if (!opened.header.fault.empty()) diagnostics.push_back(shape_diagnostic(opened.header, file, bytes));
  if (opened.headings.size() > kMaxColumns) {
    diagnostics.push_back(make_error("too-many-columns", opened.heading_span(kMaxColumns),
                                     {std::to_string(opened.headings.size()), std::to_string(kMaxColumns)}));
  }
  for (size_t i = 0; i < opened.headings.size(); ++i) {
    if (invalid_utf8_at(opened.headings[i])) {
      diagnostics.push_back(make_error("bad-encoding/heading", opened.heading_span(i),
                                       {escape_controls(opened.headings[i].substr(0, 100))}));
    }
  }
  if (opened.format != FileFormat::json_lines && opened.headings.size() == 1) {
    if (const auto other = other_delimiter(bytes, opened.delimiter)) {
      const Place at =
          place_of(bytes, opened.header.begin, opened.header.line, bytes.find(*other, opened.header.begin));
      diagnostics.push_back(make_error("wrong-delimiter",
                                       {file, static_cast<int>(at.line), static_cast<int>(at.col), 1},
                                       {*other == '\t' ? std::string("tab") : std::string(1, *other)}));
    }
  }
}

void make_columns(const ColumnPlan& plan, const ReadOptions& options, facts::Frame& frame) {
  for (const PlannedColumn& planned : plan.columns) {
    facts::Column column;
    column.name = planned.name;
    column.storage = facts::storage_of(planned.spec.type);
    const bool by_row = !plan.wide.empty() && (options.table == model::TableId::facts
                                                   ? planned.name == "kpi" || planned.name == "value"
                                                   : planned.name == "competency" || planned.name == "rating");
    column.carried = planned.field != kNoField || (planned.mapping && planned.mapping->default_value) || by_row;
    frame.columns.push_back(std::move(column));
  }
}

std::map<std::string, size_t> headings_of(const ColumnPlan& plan) {
  std::map<std::string, size_t> headings;
  for (const PlannedColumn& column : plan.columns) {
    if (column.field != kNoField) headings.emplace(column.name, column.field);
  }
  for (const WideColumn& wide : plan.wide) {
    if (wide.cell.field != kNoField) headings.emplace(wide.id, wide.cell.field);
  }
  return headings;
}

}  // namespace

bool read_header(const Opened& opened, std::string_view bytes, const ReadOptions& options, ColumnPlan& plan,
                 ReadResult& result) {
  result.headings = opened.headings;
  check_header(opened, bytes, result.diagnostics);
  if (has_errors(result.diagnostics)) return false;
  plan = plan_columns(
      result.headings, options, opened.file, [&](size_t field) { return opened.heading_span(field); },
      result.diagnostics);
  if (has_errors(result.diagnostics)) return false;
  make_columns(plan, options, result.frame);
  result.heading_of = headings_of(plan);
  return true;
}

bool is_utf8(const std::string& encoding) {
  return encoding.empty() || fold_for_match(encoding) == "utf-8" || fold_for_match(encoding) == "utf8";
}

static void read_rows(Opened& opened, std::string_view bytes, const ColumnPlan& plan, model::TableId table,
                      ReadResult& result) {
  TableReader reader(opened, plan, table, result.frame);
  reader.set_bytes(bytes, 0);
  Record record;
  bool faulty = false;
  while (!faulty && opened.records->next(record)) {
    faulty = TableReader::is_file_fault(record);
    if (faulty)
      result.diagnostics.push_back(shape_diagnostic(record, opened.file, bytes));
    else
      reader.read(record, *opened.records);
  }
  const Findings findings = reader.findings();
  result.rows_read = findings.rows_read;
  result.rejected = reader.take_rejected();
  if (!faulty) findings.tell(opened, plan, result.diagnostics);
}

ReadResult read_whole(std::string_view bytes, const std::string& file, const ReadOptions& options) {
  ReadResult result;
  if (options.hashed) result.sha256 = sha256(bytes);
  if (!is_utf8(options.encoding)) {
    result.diagnostics.push_back(make_error("encoding-not-supported", {file, 0, 0, 0}, {options.encoding}));
    return result;
  }
  if (const auto fault = options.given == nullptr ? file_fault(bytes, file) : std::nullopt) {
    result.diagnostics.push_back(*fault);
    return result;
  }
  bytes = without_bom(bytes);
  const std::unique_ptr<Opened> opened = open_table(bytes, file, options);
  ColumnPlan plan;
  if (opened->format == FileFormat::json_lines && opened->headings.empty()) {
    facts::Frame none;
    TableReader reader(*opened, plan, options.table, none);
    reader.set_bytes(bytes, 0);
    Record record;
    while (opened->records->next(record)) reader.reject_shape(record);
    result.rows_read = reader.findings().rows_read;
    result.rejected = reader.take_rejected();
    return result;
  }
  if (read_header(*opened, bytes, options, plan, result)) read_rows(*opened, bytes, plan, options.table, result);
  return result;
}

}  // namespace hr::ingest
