#include "ingest/read.h"

#include <algorithm>
#include <memory>

#include "base/digest.h"
#include "base/text.h"
#include "ingest/column_plan.h"
#include "ingest/json_records.h"
#include "ingest/records.h"
#include "ingest/row_reader.h"
#include "ingest/sniff.h"

namespace hr::ingest {

namespace {

char delimiter_of(FileFormat format, const ReadOptions& options) {
  return options.delimiter != 0 ? options.delimiter : format == FileFormat::tsv ? '\t' : ',';
}

// A file opened for reading: its records and its headings.
struct Opened {
  FileFormat format = FileFormat::csv;
  std::vector<std::string> headings;
  std::unique_ptr<RecordSource> records;  // the next one is the first below the header
  Record header;

  // Where the field of a heading stands in the header; JSON Lines have none.
  SourceSpan heading_span(const std::string& file, size_t field) const {
    if (format == FileFormat::json_lines) return {file, 0, 0, 0};
    return span_of(file, records->place(header, field));
  }
  static SourceSpan span_of(const std::string& file, const Place& place) {
    return {file, static_cast<int>(place.line), static_cast<int>(place.col), static_cast<int>(place.len)};
  }
};

std::unique_ptr<Opened> open(std::string_view bytes, const std::string& file, const ReadOptions& options) {
  auto opened = std::make_unique<Opened>();
  opened->format = format_of(bytes, file, options);
  if (opened->format == FileFormat::json_lines) {
    opened->headings = json_keys(bytes);
    opened->records = std::make_unique<JsonRecords>(bytes, opened->headings);
    return opened;
  }
  opened->records = std::make_unique<CsvRecords>(bytes, delimiter_of(opened->format, options));
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

// Faults of the header that keep the file from being read.
void check_header(const Opened& opened, std::string_view bytes, const std::string& file, const ReadOptions& options,
                  Diagnostics& diagnostics) {
  if (!opened.header.fault.empty()) diagnostics.push_back(shape_diagnostic(opened.header, file, bytes));
  if (opened.headings.size() > kMaxColumns) {
    diagnostics.push_back(make_error("too-many-columns", opened.heading_span(file, kMaxColumns),
                                     {std::to_string(opened.headings.size()), std::to_string(kMaxColumns)}));
  }
  for (size_t i = 0; i < opened.headings.size(); ++i) {
    if (invalid_utf8_at(opened.headings[i])) {
      diagnostics.push_back(make_error("bad-encoding/heading", opened.heading_span(file, i),
                                       {escape_controls(opened.headings[i].substr(0, 100))}));
    }
  }
  if (opened.format != FileFormat::json_lines && opened.headings.size() == 1) {
    if (const auto other = other_delimiter(bytes, delimiter_of(opened.format, options))) {
      const Place at =
          place_of(bytes, opened.header.begin, opened.header.line, bytes.find(*other, opened.header.begin));
      diagnostics.push_back(make_error("wrong-delimiter",
                                       {file, static_cast<int>(at.line), static_cast<int>(at.col), 1},
                                       {*other == '\t' ? std::string("tab") : std::string(1, *other)}));
    }
  }
}

// Reads all rows of one opened file.
class TableReader {
 public:
  TableReader(std::string_view bytes, const std::string& file, Opened& opened, const ColumnPlan& plan,
              model::TableId table, ReadResult& result)
      : bytes_(bytes), file_(file), opened_(opened), plan_(plan), rows_(plan, table, result.frame), result_(result) {
    unnamed_.resize(plan.unnamed.size());
  }

  // Of JSON Lines of which no line reads: there are no columns, only faults.
  void reject_all() {
    Record record;
    while (opened_.records->next(record)) {
      ++result_.rows_read;
      reject(record, {"", "", shape_diagnostic(record, file_, bytes_)});
    }
  }

  void run() {
    Record record;
    while (opened_.records->next(record)) {
      if (is_file_fault(record)) {
        result_.diagnostics.push_back(shape_diagnostic(record, file_, bytes_));
        return;
      }
      ++result_.rows_read;
      read(record);
    }
    if (result_.rows_read == 0) result_.diagnostics.push_back(make_warning("no-rows", {file_, 1, 0, 0}));
    if (rows_.empty_spells() > 0) {
      result_.diagnostics.push_back(
          make_warning("empty-spells", {file_, 0, 0, 0},
                       {std::to_string(rows_.empty_spells()), std::to_string(rows_.first_empty_spell())}));
    }
    tell_conversions();
    tell_unnamed();
  }

 private:
  // After a broken quote nobody can say where the next row begins, so nothing of the file is taken.
  static bool is_file_fault(const Record& record) {
    return record.fault == "unclosed-quote" || record.fault.starts_with("bad-quote") || record.fault == "too-long/line";
  }

  void read(const Record& record) {
    if (!record.fault.empty()) {
      reject(record, {"", "", shape_diagnostic(record, file_, bytes_)});
      return;
    }
    const std::string_view raw = bytes_.substr(record.begin, record.end - record.begin);
    if (const auto at = invalid_utf8_at(raw)) {
      const Place place = place_of(bytes_, record.begin, record.line, record.begin + *at);
      reject(record,
             {"", "",
              make_error("bad-encoding/row", {file_, static_cast<int>(place.line), static_cast<int>(place.col), 1},
                         {std::to_string(record.begin + *at + 1)})});
      return;
    }
    if (record.fields.size() != opened_.headings.size() && opened_.format != FileFormat::json_lines) {
      const bool more = record.fields.size() > opened_.headings.size();
      Place place = more ? opened_.records->place(record, opened_.headings.size())
                         : place_of(bytes_, record.begin, record.line, record.end);
      if (place.line != record.line) place = {record.line, 0, 0};  // of a row of several lines
      reject(record, {"", "",
                      make_error("field-count", Opened::span_of(file_, place),
                                 {std::to_string(record.fields.size()), std::to_string(opened_.headings.size())})});
      return;
    }
    for (size_t i = 0; i < unnamed_.size(); ++i) look_at_unnamed(record, plan_.unnamed[i], unnamed_[i]);
    if (const auto problem = rows_.read(record)) reject_cell(record, *problem);
  }

  // Values below an empty heading: nobody can say what they are.
  struct Unnamed {
    uint64_t values = 0;
    uint32_t first_line = 0;
  };
  static void look_at_unnamed(const Record& record, size_t field, Unnamed& found) {
    if (field >= record.fields.size() || trim(record.fields[field]).empty()) return;
    if (found.values++ == 0) found.first_line = record.line;
  }
  void tell_unnamed() {
    for (size_t i = 0; i < unnamed_.size(); ++i) {
      if (unnamed_[i].values == 0) continue;
      result_.diagnostics.push_back(
          make_warning("unknown-column/unnamed", opened_.heading_span(file_, plan_.unnamed[i]),
                       {std::to_string(plan_.unnamed[i] + 1), std::to_string(unnamed_[i].values),
                        std::to_string(unnamed_[i].first_line)}));
    }
  }

  // Values that came from another scale: never silent.
  void tell_conversions() {
    for (const Conversions& c : rows_.conversions()) {
      if (c.count == 0) continue;
      const model::ScaleConversion& s = *c.column->mapping->scale;
      const bool there = c.column->field != kNoField;
      Diagnostic note = make_warning(
          "scale-converted", there ? opened_.heading_span(file_, c.column->field) : SourceSpan{file_, 0, 0, 0},
          {there ? c.column->heading : c.column->name, std::to_string(c.count), to_string(s.from_low),
           to_string(s.from_high), to_string(s.to_low), to_string(s.to_high), to_string(c.before), to_string(c.after)});
      note.severity = Severity::note;
      result_.diagnostics.push_back(std::move(note));
    }
  }

  struct Why {
    std::string column;
    std::string value;
    Diagnostic reason;
  };

  void reject_cell(const Record& record, const RowProblem& problem) {
    const Place place =
        problem.field == kNoField ? Place{record.line, 0, 0} : opened_.records->place(record, problem.field);
    Diagnostic reason = make_error(problem.fault.message, Opened::span_of(file_, place), problem.fault.args);
    reason.suggestion = problem.fault.suggestion;
    reject(record, {problem.heading, problem.value, std::move(reason)});
  }

  void reject(const Record& record, Why why) {
    result_.rejected.push_back({record.line,
                                std::move(why.column),
                                std::move(why.value),
                                std::move(why.reason),
                                {record.fields.begin(), record.fields.end()}});
  }

  std::string_view bytes_;
  const std::string& file_;
  Opened& opened_;
  const ColumnPlan& plan_;
  RowReader rows_;
  std::vector<Unnamed> unnamed_;  // parallel to plan_.unnamed
  ReadResult& result_;
};

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

facts::Frame empty_like(const facts::Frame& frame) {
  facts::Frame out;
  for (const facts::Column& c : frame.columns) {
    out.columns.emplace_back();
    out.columns.back().name = c.name;
    out.columns.back().storage = c.storage;
    out.columns.back().carried = c.carried;
  }
  return out;
}

template <class T>
void copy_part(const std::vector<T>& from, size_t begin, size_t end, std::vector<T>& to) {
  to.clear();
  if (!from.empty())
    to.assign(from.begin() + static_cast<ptrdiff_t>(begin), from.begin() + static_cast<ptrdiff_t>(end));
}

void copy_rows(const facts::Frame& from, size_t begin, size_t end, facts::Frame& to) {
  for (size_t i = 0; i < from.columns.size(); ++i) {
    copy_part(from.columns[i].codes, begin, end, to.columns[i].codes);
    copy_part(from.columns[i].days, begin, end, to.columns[i].days);
    copy_part(from.columns[i].decimals, begin, end, to.columns[i].decimals);
    to.columns[i].dictionary = from.columns[i].dictionary;
  }
  copy_part(from.rows, begin, end, to.rows);
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

static ReadResult read_bytes(std::string_view bytes, const std::string& file, const ReadOptions& options) {
  ReadResult result;
  if (!options.encoding.empty() && fold_for_match(options.encoding) != "utf-8" &&
      fold_for_match(options.encoding) != "utf8") {
    result.diagnostics.push_back(make_error("encoding-not-supported", {file, 0, 0, 0}, {options.encoding}));
    return result;
  }
  if (const auto fault = file_fault(bytes, file)) {
    result.diagnostics.push_back(*fault);
    return result;
  }
  bytes = without_bom(bytes);
  const std::unique_ptr<Opened> opened = open(bytes, file, options);
  result.headings = opened->headings;
  if (opened->format == FileFormat::json_lines && opened->headings.empty()) {
    TableReader(bytes, file, *opened, ColumnPlan{}, options.table, result).reject_all();
    return result;
  }
  check_header(*opened, bytes, file, options, result.diagnostics);
  if (has_errors(result.diagnostics)) return result;
  const ColumnPlan plan = plan_columns(
      result.headings, options, file, [&](size_t field) { return opened->heading_span(file, field); },
      result.diagnostics);
  if (has_errors(result.diagnostics)) return result;
  make_columns(plan, options, result.frame);
  result.heading_of = headings_of(plan);
  TableReader(bytes, file, *opened, plan, options.table, result).run();
  return result;
}

ReadResult read_table(const Input& input, const ReadOptions& options) {
  const std::string bytes = read_all(input);
  ReadResult result = read_bytes(bytes, input.name, options);
  result.sha256 = sha256(bytes);
  return result;
}

ReadResult read_batches(const Input& input, const ReadOptions& options, const std::function<void(Batch&)>& take) {
  ReadResult result = read_table(input, options);
  if (has_errors(result.diagnostics)) return result;
  const facts::Frame whole = std::move(result.frame);
  facts::Frame part = empty_like(whole);
  constexpr size_t kRows = 50'000;
  uint64_t number = 0;
  for (size_t row = 0; row < whole.size(); row += kRows) {
    copy_rows(whole, row, std::min(whole.size(), row + kRows), part);
    Batch batch{0, number++, part};
    take(batch);
  }
  result.frame = empty_like(whole);
  return result;
}

std::vector<RawRow> raw_rows(const Input& input, const ReadOptions& options, const std::vector<RowPlace>& wanted) {
  const std::string all = read_all(input);
  const std::string& file = input.name;
  std::string_view bytes = all;
  std::vector<RawRow> rows;
  rows.reserve(wanted.size());
  bytes = without_bom(bytes);
  const std::unique_ptr<Opened> opened = open(bytes, file, options);
  Record record;
  for (const RowPlace& row : wanted) rows.push_back({{}, {file, static_cast<int>(row.line), 0, 0}});
  for (size_t i = 0; i < wanted.size() && opened->records->next(record);) {
    while (i < wanted.size() && wanted[i].line < record.line) ++i;
    for (; i < wanted.size() && wanted[i].line == record.line; ++i) {
      rows[i].fields.assign(record.fields.begin(), record.fields.end());
      if (wanted[i].heading) rows[i].span = Opened::span_of(file, opened->records->place(record, *wanted[i].heading));
    }
  }
  return rows;
}

}  // namespace hr::ingest
