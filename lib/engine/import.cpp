#include "engine/import.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "base/digest.h"
#include "base/error.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/effective_change.h"
#include "engine/import_checks.h"
#include "engine/reconcile.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

uint64_t ImportOutcome::rejected_rows() const {
  uint64_t n = 0;
  for (const ImportedFile& file : files) n += file.rejected.size();
  return n;
}

namespace {

// One import under way: everything that its steps share.
struct Import {
  store::Store& store;
  const ImportRequest& request;
  const model::Definitions* definitions;
  const WhoWhen& who_when;
  store::Timestamp time = 0;
};

[[noreturn]] void refuse_mapping(const model::Definitions* definitions, const std::string& id) {
  std::vector<std::string> ids;
  if (definitions) {
    for (const model::Mapping& mapping : definitions->mappings) ids.push_back(mapping.id);
  }
  const auto near = nearest(id, ids);
  if (near) throw Error(ErrorKind::rejected, "unknown-mapping/near", {escape_controls(id), *near});
  throw Error(ErrorKind::rejected, "unknown-mapping", {escape_controls(id)});
}

ingest::ReadOptions read_options(const Import& import) {
  ingest::ReadOptions options;
  const ImportRequest& request = import.request;
  options.table = request.table;
  options.format = request.format;
  options.delimiter = request.delimiter;
  options.encoding = request.encoding;
  options.wide = request.wide;
  if (import.definitions) {
    for (const model::Kpi& kpi : import.definitions->kpis) options.kpis.push_back(kpi.id);
  }
  if (!request.mapping.empty()) {
    options.mapping = import.definitions ? import.definitions->find_mapping(request.mapping) : nullptr;
    if (!options.mapping) refuse_mapping(import.definitions, request.mapping);
    const std::string table(model::imported_table(request.table).name);
    if (options.mapping->table != table) {
      throw Error(ErrorKind::rejected, "mapping-of-other-table", {request.mapping, options.mapping->table, table});
    }
    options.wide = options.wide || options.mapping->wide;
  }
  return options;
}

// Moves faulty rows from the frame to the rows set aside, with their fields as read. A row of a wide file gives several
// records: they go together, for the first fault found.
void set_aside(ImportedFile& file, Frame& frame, const std::vector<RowFault>& faults, const InputFile& input,
               const ingest::ReadOptions& options) {
  if (faults.empty()) return;
  std::map<uint32_t, const RowFault*> first;  // by line
  for (const RowFault& fault : faults) first.emplace(frame.rows[fault.row], &fault);
  std::vector<uint32_t> lines;
  for (const auto& [line, fault] : first) lines.push_back(line);
  const std::vector<std::vector<std::string>> raw = ingest::raw_rows(input.bytes, options, lines);
  for (size_t i = 0; i < lines.size(); ++i) {
    const RowFault& fault = *first[lines[i]];
    const Column* column = fault.column.empty() ? nullptr : frame.find(fault.column);
    file.rejected.push_back({lines[i], fault.column, column ? facts::cell_text(*column, fault.row) : "", fault.reason,
                             i < raw.size() ? raw[i] : std::vector<std::string>{}});
  }
  std::stable_sort(file.rejected.begin(), file.rejected.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
  std::vector<uint8_t> keep(frame.size(), 1);
  for (size_t row = 0; row < keep.size(); ++row) keep[row] = first.count(frame.rows[row]) == 0;
  keep_rows(frame, keep);
}

constexpr std::string_view kEffectiveDate = "attr.effective_date";

// The day from which a change holds, by row: the column effective_date, else the option.
std::vector<std::optional<Date>> effective_days(const Frame& frame, const ImportRequest& request) {
  std::vector<std::optional<Date>> days(frame.size(), request.effective);
  const Column* column = frame.find(kEffectiveDate);
  for (size_t row = 0; column && row < frame.size(); ++row) {
    if (!column->missing(row)) days[row] = parse_date(column->text(row));
  }
  return days;
}

// Rows whose effective_date is no day.
std::vector<RowFault> check_effective_dates(const Frame& frame, const std::string& file) {
  std::vector<RowFault> faults;
  const Column* column = frame.find(kEffectiveDate);
  for (size_t row = 0; column && row < frame.size(); ++row) {
    if (column->missing(row) || parse_date(column->text(row))) continue;
    const SourceSpan span{file, static_cast<int>(frame.rows[row]), 0, 0};
    faults.push_back({row, std::string(kEffectiveDate),
                      make_error("bad-date", span, {std::string(column->text(row)), "effective_date"})});
  }
  return faults;
}

void drop_column(Frame& frame, std::string_view name) {
  frame.columns.erase(
      std::remove_if(frame.columns.begin(), frame.columns.end(), [&](const Column& c) { return c.name == name; }),
      frame.columns.end());
}

void count_changes(store::Source& source, const std::vector<Change>& changes) {
  for (const Change change : changes) {
    source.rows_new += change == Change::added;
    source.rows_changed += change == Change::changed;
    source.rows_unchanged += change == Change::unchanged;
  }
}

std::vector<uint8_t> mask_of_news(const std::vector<Change>& changes) {
  std::vector<uint8_t> mask(changes.size());
  for (size_t i = 0; i < changes.size(); ++i) mask[i] = changes[i] != Change::unchanged;
  return mask;
}

// `current` of key results is a check-in on the day of the import, when it says something new.
void append_current_checkins(const Import& import, uint32_t source, const Frame& frame,
                             const std::vector<Change>& changes, const RecordIndex& index) {
  const Column* current = frame.find("current");
  if (!current || !current->carried) return;
  Frame checkins = facts::make_frame(TableId::checkins);
  for (size_t row = 0; row < frame.size(); ++row) {
    if (changes[row] == Change::unchanged || current->missing(row)) continue;
    const RecordIndex::Place old = index.find(frame, row);
    const Column* before = old.frame ? old.frame->find("current") : nullptr;
    if (before && same_cell(*current, row, *before, old.row)) continue;
    checkins.rows.push_back(frame.rows[row]);
    for (Column& c : checkins.columns) {
      if (c.name == "key_result")
        c.append(frame.find("key_result")->text(row));
      else if (c.name == "date")
        c.append(date_of(import.who_when.now));
      else if (c.name == "value")
        c.append(current->decimals[row]);
      else
        c.append_missing();
    }
  }
  if (checkins.size() > 0) import.store.append_records(TableId::checkins, source, checkins);
}

std::vector<std::string> missing_people(const std::vector<Frame>& stored, const Frame& incoming) {
  std::unordered_set<std::string_view> there;
  const Column& ids = *incoming.find("employee_id");
  for (size_t row = 0; row < incoming.size(); ++row) there.insert(ids.text(row));
  std::vector<std::string> missing;
  for (const Frame& frame : stored) {
    const Column& id = *frame.find("employee_id");
    for (size_t row = 0; row < frame.size(); ++row) {
      if (!there.count(id.text(row))) missing.emplace_back(id.text(row));
    }
  }
  std::sort(missing.begin(), missing.end());
  return missing;
}

void store_records(const Import& import, ImportedFile& file, Frame& frame,
                   const std::vector<std::optional<Date>>& effective) {
  const TableId table = import.request.table;
  const std::vector<Frame> stored = import.store.records(table, store::kNow);
  const RecordIndex index(table, stored);
  const std::vector<Change> changes = reconcile(index, frame);
  count_changes(file.source, changes);
  if (table == TableId::employees) {
    if (import.request.list_missing) file.missing = missing_people(stored, frame);
    const std::vector<Frame> assignments = import.store.records(TableId::assignments, store::kNow);
    const AssignmentChanges follow = assignment_changes(frame, changes, effective, index, assignments);
    for (const Frame& rows : follow.rows) import.store.append_records(TableId::assignments, file.source.id, rows);
    file.corrected = follow.corrected;
  }
  if (table == TableId::key_results) append_current_checkins(import, file.source.id, frame, changes, index);
  keep_rows(frame, mask_of_news(changes));
  if (frame.size() > 0) import.store.append_records(table, file.source.id, frame);
}

// The period itself and every shorter one inside it.
std::vector<Period> periods_within(const Period& whole) {
  std::vector<Period> all{whole};
  for (const PeriodKind kind :
       {PeriodKind::half, PeriodKind::quarter, PeriodKind::month, PeriodKind::week, PeriodKind::day}) {
    for (const Period& p : periods_of(whole.range(), kind)) {
      const DateRange r = p.range();
      if (!(p == whole) && r.from >= whole.range().from && r.to <= whole.range().to) all.push_back(p);
    }
  }
  return all;
}

void store_facts(const Import& import, ImportedFile& file, Frame& frame, const InputFile& input,
                 const ingest::ReadOptions& options) {
  std::vector<Period> replace;
  if (import.request.replace) replace = periods_within(*import.request.replace);
  const store::FactsAppended result = import.store.append_facts(file.source.id, frame, replace);
  file.source.rows_new = result.added;
  file.source.rows_changed = result.changed;
  file.source.rows_unchanged = result.unchanged;
  file.withdrawn = result.withdrawn;
  std::vector<RowFault> faults;
  for (const uint32_t row : result.overlapping) {
    const SourceSpan span{input.name, static_cast<int>(frame.rows[row]), 0, 0};
    faults.push_back(
        {row, "period",
         make_error("overlapping-period", span,
                    {std::string(frame.find("period")->text(row)), std::string(frame.find("subject")->text(row)),
                     std::string(frame.find("kpi")->text(row))})});
  }
  set_aside(file, frame, faults, input, options);
}

std::vector<store::QuarantinedRow> quarantined_rows(const ImportedFile& file) {
  std::vector<store::QuarantinedRow> rows;
  for (const ingest::RejectedRow& r : file.rejected) {
    std::string message = r.reason.message;
    for (const std::string& arg : r.reason.args) message += '\x1f' + arg;
    std::string fields;
    for (size_t i = 0; i < r.fields.size(); ++i) {
      fields +=
          (i ? "\x1f" : "") + (i < file.headings.size() ? file.headings[i] : std::string()) + "\x1e" + r.fields[i];
    }
    rows.push_back({file.source.id, r.line, r.column, r.value, r.reason.code, message, fields});
  }
  return rows;
}

// Rows that wait in quarantine already are not put there a second time.
std::vector<store::QuarantinedRow> not_there_yet(store::Store& store, std::vector<store::QuarantinedRow> rows) {
  if (rows.empty()) return rows;
  const auto same_row = [](const store::QuarantinedRow& row) {
    return row.code + '\x1d' + row.column + '\x1d' + row.value + '\x1d' + row.fields;
  };
  std::unordered_set<std::string> waiting;
  for (const store::QuarantinedRow& row : store.quarantine()) waiting.insert(same_row(row));
  rows.erase(
      std::remove_if(rows.begin(), rows.end(), [&](const auto& row) { return waiting.count(same_row(row)) > 0; }),
      rows.end());
  return rows;
}

ImportedFile import_file(const Import& import, const InputFile& input, const References& references) {
  const ingest::ReadOptions options = read_options(import);
  ingest::ReadResult read = ingest::read_table(input.bytes, input.name, options);
  ImportedFile file;
  file.headings = std::move(read.headings);
  file.ignored_headings = std::move(read.ignored_headings);
  file.rejected = std::move(read.rejected);
  file.diagnostics = std::move(read.diagnostics);
  file.source = {0,
                 import.request.table,
                 input.name,
                 sha256(input.bytes),
                 import.request.mapping,
                 import.time,
                 import.who_when.who,
                 read.rows_read,
                 0,
                 0,
                 0,
                 0};
  if (has_errors(file.diagnostics)) return file;

  const bool is_assignments = import.request.table == TableId::assignments;
  const uint64_t void_rows = is_assignments ? drop_empty_twins(read.frame) : 0;
  set_aside(file, read.frame, check_rows(read.frame, import.request.table, input.name, references, import.definitions),
            input, options);
  std::vector<std::optional<Date>> effective;
  if (import.request.table == TableId::employees) {
    set_aside(file, read.frame, check_effective_dates(read.frame, input.name), input, options);
    effective = effective_days(read.frame, import.request);
    drop_column(read.frame, kEffectiveDate);
  }

  file.source.id = import.store.append_source(file.source);
  if (import.request.table == TableId::facts)
    store_facts(import, file, read.frame, input, options);
  else
    store_records(import, file, read.frame, effective);
  file.source.rows_unchanged += void_rows;
  file.source.rows_quarantined = file.rejected.size();
  import.store.append_quarantine(not_there_yet(import.store, quarantined_rows(file)));
  import.store.finish_source(file.source);
  return file;
}

// Why the import as a whole is refused; sets nothing when it is not.
void judge(ImportOutcome& outcome, const ImportRequest& request) {
  uint64_t read = 0;
  uint64_t taken = 0;
  uint64_t doubts = count(outcome.doubts, Severity::warning);
  bool file_fault = false;
  for (const ImportedFile& file : outcome.files) {
    read += file.source.rows_read;
    taken += file.source.rows_new + file.source.rows_changed + file.source.rows_unchanged;
    file_fault = file_fault || has_errors(file.diagnostics);
    doubts += count(file.diagnostics, Severity::warning);
  }
  const uint64_t rejected = outcome.rejected_rows();
  outcome.refused_args = {std::to_string(rejected),
                          request.max_quarantine ? std::to_string(*request.max_quarantine) : ""};
  if (file_fault) {
    outcome.refused = "import-refused/file";
  } else if (request.strict && rejected > 0) {
    outcome.refused = "import-refused/strict";
  } else if (request.strict && doubts > 0) {
    outcome.refused = "import-refused/strict-doubts";
    outcome.refused_args = {std::to_string(doubts)};
  } else if (request.max_quarantine && rejected > *request.max_quarantine) {
    outcome.refused = "import-refused/max-quarantine";
  } else if (read > 0 && taken == 0) {
    outcome.refused = "import-refused/none-taken";
  }
}

bool is_organisation(TableId table) {
  return table == TableId::employees || table == TableId::assignments || table == TableId::org_units;
}

}  // namespace

ImportOutcome import_files(store::Store& store, const std::vector<InputFile>& files, const ImportRequest& request,
                           const model::Definitions* definitions, const WhoWhen& who_when, const Progress& progress) {
  ImportOutcome outcome;
  const std::unique_ptr<store::Transaction> transaction = store.begin();
  Import import{store, request, definitions, who_when, store.next_timestamp(who_when.now)};
  for (size_t i = 0; i < files.size(); ++i) {
    report(progress, "progress/import", i, files.size());
    outcome.files.push_back(import_file(import, files[i], load_references(store, request.table, definitions)));
  }
  report(progress, "progress/import", files.size(), files.size());
  if (is_organisation(request.table)) {
    std::vector<std::string> names;
    for (const InputFile& file : files) names.push_back(file.name);
    outcome.doubts = doubts_about(store, names, date_of(who_when.now));
  }
  judge(outcome, request);
  if (request.before_commit) request.before_commit(outcome);
  if (!request.dry_run && outcome.refused.empty()) {
    transaction->commit();
    outcome.stored = true;
  }
  return outcome;
}

}  // namespace hr::engine
