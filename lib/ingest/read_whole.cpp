#include "ingest/read_whole.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/encodings.h"
#include "ingest/sniff.h"

namespace hr::ingest {

namespace {

// Faults of the header that keep the file from being read.
void check_header(const Opened& opened, std::string_view bytes, const ReadOptions& options, Diagnostics& diagnostics) {
  const std::string& file = opened.file;
  if (opened.format == FileFormat::json && options.mapping && options.mapping->has_layout())
    diagnostics.push_back(make_error("layout-of-json", {file, 0, 0, 0}));
  if (!opened.header.fault.empty()) diagnostics.push_back(shape_diagnostic(opened.header, file, bytes));
  if (opened.headings.size() > kMaxColumns) {
    diagnostics.push_back(make_error("too-many-columns", opened.heading_span(kMaxColumns),
                                     {std::to_string(opened.headings.size()), std::to_string(kMaxColumns)}));
  }
  for (size_t i = 0; i < opened.headings.size(); ++i) {
    if (invalid_utf8_at(opened.headings[i])) {
      diagnostics.push_back(make_error("bad-encoding/heading", opened.heading_span(i),
                                       {escape_controls(opened.headings[i].substr(0, 100)), opened.encoding}));
    }
  }
  if ((opened.format == FileFormat::csv || opened.format == FileFormat::tsv) && opened.headings.size() == 1) {
    if (const auto other = other_delimiter(bytes, opened.delimiter)) {
      const Place at =
          place_of(bytes, opened.header.begin, opened.header.line, bytes.find(*other, opened.header.begin));
      diagnostics.push_back(make_error(
          "wrong-delimiter", {file, static_cast<int>(at.line), static_cast<int>(at.col), 1}, {delimiter_name(*other)}));
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
    column.carried = planned.field != kNoField || planned.field_of != FieldOf::column ||
                     (planned.mapping && planned.mapping->default_value) || by_row;
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

// Whether a mapping does more to fields than single columns say of them.
static bool puts_right(const model::Mapping* mapping) {
  if (mapping == nullptr) return false;
  const auto more = [](const model::ColumnMapping& c) { return c.clean || c.split || !c.join.empty(); };
  return !mapping->takes_rows_as_they_are() || std::any_of(mapping->columns.begin(), mapping->columns.end(), more);
}

bool read_header(const Opened& opened, std::string_view bytes, const ReadOptions& options, ColumnPlan& plan,
                 ReadResult& result) {
  result.headings = opened.headings;
  result.changes_fields = options.keeps_changes || puts_right(options.mapping);
  check_header(opened, bytes, options, result.diagnostics);
  if (has_errors(result.diagnostics)) return false;
  plan = plan_columns(
      result.headings, options, opened.file, [&](size_t field) { return opened.heading_span(field); },
      result.diagnostics);
  if (has_errors(result.diagnostics)) return false;
  make_columns(plan, options, result.frame);
  result.heading_of = headings_of(plan);
  return true;
}

std::optional<Diagnostic> text_fault(const TextFile& file, std::string_view bytes) {
  const std::string& name = file.text.name;
  if (auto fault = head_fault(bytes, name)) return fault;
  const auto fault_at = [&](std::string message, size_t at, std::vector<std::string> args) {
    const std::string_view text = without_bom(bytes);
    const Place place = place_of(text, 0, 1, at - std::min(at, bytes.size() - text.size()));
    return make_error(std::move(message), {name, static_cast<int>(place.line), static_cast<int>(place.col), 1},
                      std::move(args));
  };
  if (const size_t nul = bytes.find('\0'); nul != std::string_view::npos)
    return fault_at("nul-byte", nul, {std::to_string(nul + 1)});
  const auto invalid = file.options.encoding == kUtf8 ? invalid_utf8_at(bytes) : std::nullopt;
  if (!invalid || !is_ascii(bytes.substr(0, *invalid))) return std::nullopt;
  const std::string_view late = late_encoding(file.text, *invalid);
  if (late.empty()) return std::nullopt;  // single bad bytes: rows are set aside one by one
  return fault_at("bad-encoding/late", *invalid, {std::to_string(*invalid + 1), std::string(late)});
}

// Totals of columns that are read as numbers; one finding a row of them.
static void tell_totals(const Opened& opened, const ColumnPlan& plan, Diagnostics& diagnostics) {
  std::vector<WrongTotal> wrong = opened.layout->wrong_totals();
  std::erase_if(wrong, [&](const WrongTotal& total) { return !reads_number(plan, total.field); });
  for (size_t begin = 0, end = 0; begin < wrong.size(); begin = end) {
    const WrongTotal& first = wrong[begin];
    while (end < wrong.size() && wrong[end].place.line == first.place.line) ++end;
    diagnostics.push_back(
        make_warning(end - begin == 1 ? "totals-differ" : "totals-differ/several", span_of(opened.file, first.place),
                     {field_name(opened.headings, first.field), to_string(first.said), to_string(first.sum),
                      std::to_string(first.rows), std::to_string(end - begin)}));
  }
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
  result.changed = findings.changes;
  result.sums_aside = findings.sums_aside;
  result.changes = reader.rows().take_changes();
  result.rejected = reader.take_rejected();
  if (opened.layout) {
    result.left_out = opened.layout->left_out();
    result.rows_read += result.left_out.rows();
    tell_totals(opened, plan, result.diagnostics);
  }
  if (!faulty) findings.tell(opened, plan, result.diagnostics);
}

// A workbook says at its end what it is found to be; then all places lie in its sheet.
static void finish_sheet(const Opened& opened, ReadResult& result) {
  if (opened.records) {
    const Diagnostics found = opened.records->findings();
    result.diagnostics.insert(result.diagnostics.end(), found.begin(), found.end());
  }
  result.sheet = opened.sheet;
  for (Diagnostic& d : result.diagnostics) name_sheet(d, opened.file, opened.sheet);
  for (RejectedRow& row : result.rejected) name_sheet(row.reason, opened.file, opened.sheet);
}

ReadResult read_whole(const TextFile& file) {
  ReadResult result;
  const ReadOptions& options = file.options;
  const bool is_sheet = options.format == FileFormat::xlsx && options.given == nullptr;
  const bool is_text = !is_sheet && options.given == nullptr;
  const std::string all = whole_file(file);
  if (const auto fault = is_text ? text_fault(file, all) : std::nullopt) {
    result.diagnostics.push_back(*fault);
    return result;
  }
  const std::string_view bytes = without_bom(all);
  const std::unique_ptr<Opened> opened = open_table(bytes, file.text.name, options);
  result.diagnostics = opened->diagnostics;
  ColumnPlan plan;
  if (opened->format == FileFormat::json && opened->headings.empty()) {
    facts::Frame none;
    TableReader reader(*opened, plan, options.table, none);
    reader.set_bytes(bytes, 0);
    Record record;
    while (opened->records->next(record)) {
      if (record.fault.empty()) record.set_fault("bad-json/no-key", record.line, record.begin);
      if (TableReader::is_file_fault(record))
        result.diagnostics.push_back(shape_diagnostic(record, opened->file, bytes));
      else
        reader.reject_shape(record);
    }
    result.rows_read = reader.findings().rows_read;
    result.rejected = reader.take_rejected();
    if (result.rows_read == 0 && !has_errors(result.diagnostics))
      result.diagnostics.push_back(make_warning("no-rows", {opened->file, 1, 0, 0}));
    return result;
  }
  const bool begins = !is_sheet || !opened->headings.empty();  // of a damaged sheet there may be no row at all
  if (begins && read_header(*opened, bytes, options, plan, result))
    read_rows(*opened, bytes, plan, options.table, result);
  if (is_sheet) finish_sheet(*opened, result);
  return result;
}

}  // namespace hr::ingest
