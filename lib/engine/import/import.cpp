#include "engine/import/import.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>

#include "base/timestamp.h"
#include "engine/import/checks.h"
#include "engine/import/closed_rows.h"
#include "engine/import/decided_facts.h"
#include "engine/import/decided_rows.h"
#include "engine/import/duplicates.h"
#include "engine/import/effective_dates.h"
#include "engine/import/facts.h"
#include "engine/import/goalposts.h"
#include "engine/import/organisation_doubts.h"
#include "engine/import/places.h"
#include "engine/import/possible_duplicates.h"
#include "engine/import/quarantine.h"
#include "engine/import/read_options.h"
#include "engine/import/row_columns.h"
#include "engine/import/steps.h"
#include "engine/import/sums.h"
#include "engine/import/suspicious_facts.h"
#include "ingest/row_given.h"

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

bool may_carry_parts(TableId table) {
  return table == TableId::assignments || table == TableId::org_units;
}

// Sets aside what cannot be taken, in the frames that are left.
std::vector<Frame> check_records(const Import& import, ImportedFile& file, Frame frame, const Reading& reading,
                                 const References& references, const RecordIndex& stored) {
  const TableId table = import.request.table;
  const std::string& name = reading.input.name;
  std::vector<Frame> frames;
  if (may_carry_parts(table)) {
    set_aside(file, frame, check_row_columns(frame, name), reading);
    frames = split_by_row_columns(std::move(frame));
  } else {
    frames.push_back(std::move(frame));
  }
  for (Frame& part : frames) {
    if (table == TableId::assignments) file.source.rows_unchanged += drop_empty_twins(part);
    set_aside(file, part, check_rows(part, table, name, references, import.definitions), reading);
    RowMoves moves = moved_by_rows(import, stored, part, name);
    set_aside(file, part, moves.faults, reading);
    file.moved = std::move(moves.moved);
    add_warnings(file, part, doubtful_rows(part, table, name, references, import.definitions), reading);
  }
  return frames;
}

void record_moves(const Import& import, ImportedFile& file) {
  for (store::TargetChange& move : file.moved) {
    move.at = import.time;
    move.source = file.source.id;
  }
  import.store.append_target_changes(file.moved);
}

// What reading a file gave, but for its rows.
ImportedFile read_file(const Import& import, Reading& reading, ingest::ReadResult& read) {
  report(import.progress, "progress/read", read.rows_read, read.rows_read);
  ImportedFile file;
  file.text = std::move(read.text);
  file.headings = read.headings;
  file.given = ingest::given_by(reading.options.mapping);
  file.rejected = std::move(read.rejected);
  file.diagnostics = std::move(read.diagnostics);
  file.wide = reading.options.wide || (reading.options.mapping && reading.options.mapping->unpivot);
  file.left_out = std::move(read.left_out);
  file.changes_fields = read.changes_fields;
  file.changed = read.changed;
  file.changes = std::move(read.changes);
  file.source = {0,
                 import.request.table,
                 read.sheet.empty() ? reading.input.name : reading.input.name + '#' + read.sheet,
                 read.sha256,
                 import.request.mapping,
                 import.time,
                 import.who_when.who,
                 read.rows_read,
                 0,
                 0,
                 0,
                 0,
                 reading.options.wide,
                 import.request.effective};
  reading.sheet = std::move(read.sheet);
  if (!reading.sha256.empty()) file.source.sha256 = reading.sha256;
  reading.headings = std::move(read.headings);
  reading.heading_of = std::move(read.heading_of);
  return file;
}

// Readers tell of more rows than are asked for: which, depends on chance.
void forget_untold(std::vector<ingest::RejectedRow>& rejected, size_t most_told) {
  for (size_t i = most_told; i < rejected.size(); ++i) {
    const uint32_t line = rejected[i].line;
    rejected[i] = {};
    rejected[i].line = line;
  }
}

void finish_file(const Import& import, ImportedFile& file, const DecidedRows& decided) {
  record_moves(import, file);
  file.source.rows_quarantined = file.rejected.size();
  decided.restore(file.rejected);
  decided.note_uses(file);
  import.store.review().append_row_uses(file.uses);
  if (import.request.most_told)
    forget_untold(file.rejected, *import.request.most_told);
  else
    append_quarantine_of(import.store, file);
  import.store.finish_source(file.source);
  const uint64_t stored = file.source.rows_new + file.source.rows_changed + file.source.rows_unchanged;
  report(import.progress, "progress/store", stored, stored);
}

// Reads rows as somebody has decided them, instead of as they stand.
void read_decided(const DecidedRows& decided, const Reading& reading, ingest::ReadResult& read,
                  const std::function<ingest::ReadResult(const ingest::ReadOptions&)>& read_instead) {
  if (!decided.any_instead() || has_errors(read.diagnostics)) return;
  decided.leave_out(read.frame);
  decided.leave_out(read.rejected);
  ingest::ReadOptions options = reading.options;
  options.given = &decided.instead();
  ingest::ReadResult instead = read_instead(options);
  append_frame(read.frame, std::move(instead.frame));
  std::move(instead.rejected.begin(), instead.rejected.end(), std::back_inserter(read.rejected));
  std::stable_sort(read.rejected.begin(), read.rejected.end(),
                   [](const auto& a, const auto& b) { return a.line < b.line; });
}

// Bytes read at a time: what is made of them stays in the caches until it is taken.
constexpr size_t kFactsBlock = size_t{1} << 17U;
constexpr size_t kTableBlock = size_t{1} << 18U;

// Facts are checked and taken while the file is read: there may be more of them than memory holds as a frame.
ImportedFile import_facts_file(const Import& import, Reading& reading, const References& references) {
  report(import.progress, "progress/read", 0, 0);
  const DecidedRows decided(import, reading);
  if (decided.any_instead()) reading.options.most_told = SIZE_MAX;  // these are told by what they say
  const int threads = reading.options.threads;
  const int readers = decided.any_instead() ? threads + 1 : threads;
  reading.options.block = kFactsBlock;
  reading.options.known = {{"subject", import.store.subjects()}};
  DecidedFacts decided_facts(import, readers);
  FactChecks checks(references, import.definitions, readers, reading.options.most_told);
  const std::unique_ptr<store::FactsImport> intake = import.store.import_facts(readers);
  ingest::ReadResult read = ingest::read_batches(reading.input, reading.options, [&](ingest::Batch& batch) {
    decided.leave_out(batch.frame);
    decided_facts.use(batch);
    checks.filter(batch);
    intake->add(batch.worker, batch.frame);
  });
  read_decided(decided, reading, read, [&](const ingest::ReadOptions& options) {
    return ingest::read_batches(reading.input, options, [&](ingest::Batch& batch) {
      batch.worker = static_cast<size_t>(threads);  // whose dictionaries are its own
      decided_facts.use(batch);
      checks.filter(batch);
      intake->add(batch.worker, batch.frame);
    });
  });
  ImportedFile file = read_file(import, reading, read);
  if (has_errors(file.diagnostics)) return file;
  report(import.progress, "progress/store", 0, 0);
  file.source.id = import.store.append_source(file.source);
  store_facts(import, file, *intake, checks, references, reading);
  decided_facts.note_uses(import.store, file);
  finish_file(import, file, decided);
  return file;
}

// The table's records, without columns that no file has carried: there may be millions of rows. Where files bring
// columns of their own, what is not carried is somebody's question.
std::vector<Frame> records_so_far(const Import& import) {
  std::vector<Frame> records = import.store.records(import.request.table, store::kNow);
  for (Frame& frame : records) {
    if (frame.size() == 0 || model::imported_table(import.request.table).keeps_other_columns) continue;
    std::erase_if(frame.columns, [](const Column& column) { return !column.carried; });
  }
  return records;
}

// Texts that columns of the file most likely have: those that the stored ones have. The first file about people or
// units names them all anew.
std::map<std::string, facts::SharedDictionary> known_texts(const Import& import, const RecordIndex& stored) {
  std::map<std::string, facts::SharedDictionary> known;
  const TableId table = import.request.table;
  if (stored.empty() && (table == TableId::employees || table == TableId::org_units)) return known;
  for (const Frame& frame : stored.frames()) {
    for (const Column& column : frame.columns) {
      if (column.storage == facts::Storage::text && column.dictionary.size() > 0)
        known.emplace(column.name, column.dictionary);
    }
  }
  return known;
}

}  // namespace

ImportedFile import_file(const Import& import, Reading& reading, const References& references) {
  if (import.request.table == TableId::facts) return import_facts_file(import, reading, references);
  report(import.progress, "progress/read", 0, 0);
  const DecidedRows decided(import, reading);
  if (decided.any_instead()) reading.options.most_told = SIZE_MAX;  // these are told by what they say
  Import with_reasons = import;
  with_reasons.reason_of_line = [&](uint32_t line) { return decided.reason(line); };
  const std::vector<Frame> records = records_so_far(import);
  const RecordIndex stored(import.request.table, records);
  reading.options.block = kTableBlock;
  reading.options.known = known_texts(import, stored);
  ingest::ReadResult read = ingest::read_table(reading.input, reading.options);
  read_decided(decided, reading, read,
               [&](const ingest::ReadOptions& options) { return ingest::read_table(reading.input, options); });
  ImportedFile file = read_file(import, reading, read);
  if (has_errors(file.diagnostics)) return file;

  report(import.progress, "progress/check", 0, 0);
  std::vector<Frame> frames = check_records(with_reasons, file, std::move(read.frame), reading, references, stored);
  std::vector<std::optional<Date>> effective;
  if (import.request.table == TableId::employees) {
    effective = take_effective_dates(file, frames[0], import.request, reading);
    add_warnings(file, frames[0], possible_duplicates(frames[0], reading.input.name, records), reading);
  }
  const Diagnostics late = rows_of_closed_cycles(with_reasons, stored, frames[0], reading.input.name);
  file.diagnostics.insert(file.diagnostics.end(), late.begin(), late.end());
  report(import.progress, "progress/store", 0, 0);
  file.source.id = import.store.append_source(file.source);
  store_records(with_reasons, file, stored, std::move(frames), effective);
  finish_file(with_reasons, file, decided);
  return file;
}

namespace {

// Steps that know a row and a column only name the file.
void name_sheets(ImportedFile& file, const Reading& reading) {
  for (Diagnostic& d : file.diagnostics) name_sheet(d, reading.input.name, reading.sheet);
  for (ingest::RejectedRow& row : file.rejected) name_sheet(row.reason, reading.input.name, reading.sheet);
}

// What the organisation as a whole leaves in doubt, with the places of the fields.
void add_doubts(const Import& import, const std::vector<Reading>& readings, ImportOutcome& outcome) {
  std::vector<store::Source> sources;
  for (const ImportedFile& file : outcome.files) sources.push_back(file.source);
  Doubts doubts = doubts_about(import.store, sources, date_of(import.who_when.now));
  outcome.doubts = std::move(doubts.here);
  outcome.earlier_doubts = std::move(doubts.earlier);
  for (size_t i = 0; i < readings.size(); ++i) {
    std::vector<Diagnostic*> of_file;
    for (Diagnostic& d : outcome.doubts) {
      if (d.span.file == sources[i].file && d.span.line > 0) of_file.push_back(&d);
    }
    if (!of_file.empty()) find_fields(of_file, readings[i]);
  }
}

uint64_t rows_given(const ImportedFile& file) {
  return file.source.rows_read - std::min(file.source.rows_read, file.decided.dropped);  // facts, several a row
}

uint64_t rows_taken(const ImportedFile& file) {
  return file.source.rows_new + file.source.rows_changed + file.source.rows_unchanged;
}

// Why the import as a whole is refused; sets nothing when it is not.
void judge(ImportOutcome& outcome, const ImportRequest& request) {
  uint64_t read = 0;
  uint64_t taken = 0;
  uint64_t doubts = count(outcome.doubts, Severity::warning) + count(outcome.earlier_doubts, Severity::warning);
  bool file_fault = false;
  for (const ImportedFile& file : outcome.files) {
    read += rows_given(file);
    taken += rows_taken(file);
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

}  // namespace

bool took_none(const ImportedFile& file) {
  return rows_given(file) > 0 && rows_taken(file) == 0;
}

ImportOutcome import_files(store::Store& store, const std::vector<ingest::Input>& files, const ImportRequest& request,
                           const model::Definitions* definitions, const WhoWhen& who_when, const Progress& progress) {
  ImportOutcome outcome;
  const std::unique_ptr<store::Transaction> transaction = store.begin();
  Import import{store, request, definitions, who_when, store.next_timestamp(who_when.now), progress};
  std::vector<Reading> readings;
  for (const ingest::Input& input : files) readings.push_back({input, read_options(import), {}, {}, {}});
  for (size_t i = 0; i < files.size(); ++i) {
    report(progress, "progress/check", 0, 0);
    outcome.files.push_back(import_file(import, readings[i], load_references(store, request.table, definitions)));
    ImportedFile& file = outcome.files.back();
    name_sheets(file, readings[i]);
    if (request.sums && !has_errors(file.diagnostics)) file.sums = sums_of(file, readings[i], store);
  }
  report(progress, "progress/check", 0, 0);
  if (is_organisation(request.table)) add_doubts(import, readings, outcome);
  if (request.table == TableId::facts) find_suspicious_facts(import, outcome);
  judge(outcome, request);
  if (request.before_commit) request.before_commit(outcome);
  if (!request.dry_run && outcome.refused.empty()) {
    report(progress, "progress/commit", 0, 0);
    transaction->commit();
    outcome.stored = true;
  }
  return outcome;
}

}  // namespace hr::engine
