// The store: one SQLite file with everything that was imported, applied and scored. The interface speaks HR words;
// SQL and SQLite types stay behind it. Append-only and with two kinds of time: every record knows when it was recorded
// (`known`), so that what was known at any time can be read again.
//
// Writes happen inside one Transaction and are durable when commit() returns; without commit() nothing has happened.
// Throws hr::Error(system) for a broken environment (locked, damaged, disk full, newer version).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/period.h"
#include "facts/frame.h"
#include "model/imported_table.h"

namespace hr::store {

using Timestamp = int64_t;  // UTC microseconds since 1970-01-01; handed in, strictly increasing within a store
inline constexpr Timestamp kNow = INT64_MAX;  // as `known`: everything recorded so far

struct DefinitionFile {
  std::string path;
  std::string text;
};
struct DefinitionsVersion {
  int64_t id = 0;  // 1, 2, 3 …
  std::string hash;
  Timestamp applied_at = 0;
  std::string applied_by;
  std::string reason;
};

// One imported file.
struct Source {
  uint32_t id = 0;  // 1, 2, 3 …
  model::TableId table = model::TableId::employees;
  std::string file;  // as named on the command line
  std::string sha256;
  std::string mapping;  // id, empty = none
  Timestamp imported_at = 0;
  std::string imported_by;
  uint64_t rows_read = 0;
  uint64_t rows_new = 0;
  uint64_t rows_changed = 0;
  uint64_t rows_unchanged = 0;
  uint64_t rows_quarantined = 0;
  bool wide = false;              // a column a KPI or competency
  std::optional<Date> effective;  // employees: the day from which changes hold
};

struct QuarantinedRow {
  uint32_t source = 0;
  uint32_t line = 0;
  std::string column;
  std::string value;
  std::string code;
  std::string message;  // key and arguments of the message table, '\x1f' separated
  std::string fields;   // the row as read, see ingest::row_text()
  uint32_t id = 0;      // 1, 2, 3 …, given when it is appended
};

// Subject numbers lie in blocks of 65,536.
inline constexpr uint32_t kBlockBits = 16;

// Facts of one KPI, period and block of subjects: subjects are numbers of subjects(); a later record of the same
// subject has won.
struct FactBlock {
  std::string_view kpi;  // one and the same string for all blocks of a KPI
  Period period;
  std::span<const uint32_t> subjects;  // ascending
  std::span<const double> values;
  size_t worker = 0;  // in [0, threads)
};

struct FactCell {
  std::string kpi;
  Period period;
  Decimal value;
  uint32_t source = 0;
  uint32_t row = 0;
};

// A fact that stood otherwise at an earlier time, or not at all.
struct FactChange {
  std::string subject;
  std::string kpi;
  Period period;
  std::optional<Decimal> before, after;  // none = no fact
  uint32_t before_source = 0, before_row = 0;
  uint32_t after_source = 0, after_row = 0;  // a withdrawal has no row
};

// A stored value that a later import changed.
struct Restatement {
  std::string table;
  std::string key;  // key columns joined by " · "
  std::string column;
  std::string old_value;
  std::string new_value;
  uint32_t old_source = 0, old_row = 0;
  uint32_t new_source = 0, new_row = 0;
  Timestamp changed_at = 0;
};

// A fact that is not stored because its period overlaps, without being equal to, that of a stored or other incoming
// fact of the same subject and KPI.
struct OverlappingFact {
  uint32_t line = 0;
  std::string subject;
  std::string kpi;
  Period period;
  Decimal value;
};
// A fact that is not stored because the file has another one of the same subject, KPI and period. Of facts that are
// equal in all columns the first is stored; of facts that differ none.
struct DuplicateFact {
  uint32_t line = 0;
  uint32_t other = 0;  // line of the first, or of the second where this is the first
  bool differs = false;
};
struct FactsAppended {
  uint64_t added = 0;
  uint64_t changed = 0;
  uint64_t unchanged = 0;
  uint64_t withdrawn = 0;
  std::vector<DuplicateFact> duplicates;     // by line
  std::vector<OverlappingFact> overlapping;  // by line
  std::map<Period, uint64_t> news;           // facts that say something new, stored or overlapping, and withdrawn ones
};

// Facts of one file, on their way into the store.
class FactsImport {
 public:
  virtual ~FactsImport() = default;
  // Takes rows: a frame with the columns of the facts table, each row with a subject, KPI, period and value. Calls with
  // different workers in [0, threads) may run at once. A worker's dictionaries only grow from call to call. Rows of one
  // line come in one call.
  virtual void add(size_t worker, const facts::Frame& rows) = 0;
  // Stores what is new or changed against what is stored. `replace`: of these periods, and of the KPIs that occur in
  // the file, stored facts that the file does not have are withdrawn. Periods count as they are written: 2026Q1 does
  // not stand for its months. What is stored does not depend on how rows were spread over calls and workers.
  virtual FactsAppended finish(uint32_t source, std::span<const Period> replace) = 0;
};

// What happened to a cycle; its stage follows from all of them.
enum class CycleAction : uint8_t { open, freeze, close, reopen };
struct CycleEvent {
  std::string cycle;
  CycleAction action = CycleAction::open;
  int64_t run = 0;  // with close: the official run
  Timestamp at = 0;
  std::string by;
  std::string reason;
};

// A target that moved after its cycle had begun.
struct TargetChange {
  Timestamp at = 0;
  std::string by;
  std::string reason;
  std::string cycle;
  std::string stage;    // of the cycle then
  std::string subject;  // scorecard:ID, an employee, job:ID, unit:ID, key_result:ID
  std::string kpi;
  std::string field;  // target, threshold, …
  std::string before;
  std::string after;
  int64_t definitions_version = 0;  // that brought it; 0 = an import did
  uint32_t source = 0, row = 0;     // of that import
};

// One person's band, moved by people after scoring.
struct CalibrationMove {
  std::string employee;
  std::string before;  // bands
  std::string after;
  std::string who;
  std::string why;
};

struct Run {
  int64_t id = 0;        // 1, 2, 3 …
  int64_t base_run = 0;  // the run that calibration moves were laid on; 0 = scored, not calibrated
  std::string cycle;
  int64_t definitions_version = 0;
  Date as_of;
  Timestamp known = 0;
  Timestamp created_at = 0;
  std::string created_by;
  std::string plan;  // --plan; empty = the cycle's plans. With cycle, as_of and known: all that it depends on
  std::string program_version;
  std::string input_hash;   // SHA-256 over the sources known
  std::string result_hash;  // SHA-256 over the encoded results: the same inputs give the same
  uint64_t rated = 0;
  uint64_t not_rated = 0;
};

// The rows of a run, made when they are written.
struct RunRows {
  size_t size = 0;
  std::function<facts::Frame(size_t begin, size_t end)> make;  // of a block of 65,536, or the last; called by `threads`
                                                               // threads at once
  int threads = 1;
  int64_t before = 0;                            // a run whose cells serve again where they are the same; 0 = none
  std::vector<std::string_view> as_before = {};  // columns that are known to be the same there: make() leaves them out
};
struct AppendedRun {
  int64_t id = 0;
  std::string result_hash;
};

// The scores of a run, block by block: for what looks at one row after the other. The store outlives it.
class RunBlocks {
 public:
  virtual ~RunBlocks() = default;
  virtual size_t count() const = 0;             // at least one
  virtual facts::Frame read(size_t block) = 0;  // for several threads at once
};

// Some of what was known at a time, found without reading all of it: for a look at one person. Names of people and
// units (of objectives, of key results) go by number. Sees one state of the store; lives no longer than it.
class FewRecords {
 public:
  virtual ~FewRecords() = default;

  struct Where {  // rows that name one of `numbers` in `column`
    model::TableId table = model::TableId::employees;
    std::string_view column;
    std::vector<uint32_t> numbers;
  };
  // Numbers of those of `names` that the store has, of the kind that the column names; kMissingCode = has not.
  virtual std::vector<uint32_t> find(model::TableId table, std::string_view column,
                                     std::span<const std::string> names) = 0;
  virtual std::vector<std::string> names(model::TableId table, std::string_view column,
                                         std::span<const uint32_t> numbers) = 0;
  // What rows name in `column`, of any import, also where a later one says otherwise; ascending, each once.
  virtual std::vector<uint32_t> named(const Where& where, std::string_view column) = 0;
  // What each row of any import names in both; kMissingCode = nothing.
  virtual std::vector<std::pair<uint32_t, uint32_t>> pairs(model::TableId table, std::string_view first,
                                                           std::string_view second) = 0;
  // Store::records() of such rows alone; the columns of frames are the same, their dictionaries are their own.
  // `where.column` is part of the table's key.
  virtual std::vector<facts::Frame> records(const Where& where, std::span<const std::string_view> columns) = 0;
  // The facts of some subjects by KPI, period; of each the place among `subjects`.
  virtual std::vector<std::pair<uint32_t, FactCell>> facts(std::span<const uint32_t> subjects, DateRange range) = 0;
};

// The facts of periods that meet a range, as they were known at a time: which there are is looked up once. Lives no
// longer than the store; while it does, nothing is appended.
class StoredFacts {
 public:
  virtual ~StoredFacts() = default;
  // Calls `each` for every KPI, period, and block in [first_block, end_block). Blocks of one KPI come from one thread,
  // by period, then block; different KPIs may come at once, with one thread they come by id. Spans live for the call.
  virtual void read(const std::function<void(const FactBlock&)>& each, int threads = 1, uint32_t first_block = 0,
                    uint32_t end_block = UINT32_MAX) = 0;
};

class Transaction {
 public:
  virtual ~Transaction() = default;  // without commit(): rolled back
  virtual void commit() = 0;
};

class ReviewQueue;  // store/review.h

class Store {
 public:
  virtual ~Store() = default;

  // Takes the one write lock (waits as long as open() was told). Everything that appends needs it; one at a time; the
  // store outlives it.
  virtual std::unique_ptr<Transaction> begin() = 0;
  virtual std::string path() const = 0;
  // A store in memory that holds what this one held at `known`: to try things on.
  virtual std::unique_ptr<Store> copy(Timestamp known) = 0;
  // A time not before `now` and after every time recorded in this store: ask inside the transaction that records it.
  // Whatever is appended must have a time after all that was recorded before its transaction began.
  virtual Timestamp next_timestamp(Timestamp now) = 0;

  // Definitions.
  virtual DefinitionsVersion append_definitions(const std::vector<DefinitionFile>& files,
                                                const DefinitionsVersion& version) = 0;
  virtual std::optional<DefinitionsVersion> latest_definitions(Timestamp known) = 0;
  virtual std::optional<DefinitionsVersion> definitions_version(int64_t id) = 0;
  virtual std::vector<DefinitionFile> definition_files(int64_t version) = 0;

  // Imports.
  virtual uint32_t append_source(const Source& source) = 0;  // gives it an id
  virtual void finish_source(const Source& source) = 0;      // writes its final counts
  virtual std::vector<Source> sources(Timestamp known) = 0;
  // Files imported after `earlier` that left records of any table but facts: all others said nothing new of them.
  virtual std::vector<Source> sources_of_records(Timestamp earlier) = 0;
  virtual void append_quarantine(const std::vector<QuarantinedRow>& rows) = 0;
  virtual std::vector<QuarantinedRow> quarantine() = 0;
  virtual std::vector<QuarantinedRow> quarantine_of(std::span<const std::string_view> fields) = 0;  // with any of these

  // Rows set aside, findings, and what was decided about them; of this store, and no longer there than it.
  virtual ReviewQueue& review() = 0;

  // Records of every table but facts: rows of `frame` become the newest version of their keys, of which each row has
  // another one.
  virtual void append_records(model::TableId table, uint32_t source, const facts::Frame& frame) = 0;
  // The newest version of each key recorded up to `known`, in order of first appearance, `rows` and `sources` filled.
  // One frame holding the union of columns (of org_units with Column::said); for assignments one frame per set of
  // carried columns (key: that set too). Columns that name people and units are codes of subjects(); objectives and key
  // results too have one dictionary in all tables, until a transaction is committed.
  // `columns`: only these, and of them only those that some file carried; empty = all.
  virtual std::vector<facts::Frame> records(model::TableId table, Timestamp known,
                                            std::span<const std::string_view> columns = {}) = 0;

  // The same records in the same order, in frames of some rows each, which live for the call: a large table need not
  // lie in memory as a whole. Calls of `take` come one after the other, from any of `threads` threads. Columns that
  // hold texts of their own have a dictionary a frame; what no file carried is in none. Several threads may read
  // records and subjects() at once, while nothing is appended.
  virtual void read_records(model::TableId table, Timestamp known, std::span<const std::string_view> columns,
                            int threads, const facts::TakeRows& take) = 0;

  // Whether a record of any import, also one that a later one overwrote, has a text in `column`.
  virtual bool says_any(model::TableId table, std::string_view column) = 0;

  virtual std::unique_ptr<FewRecords> few_records(Timestamp known) = 0;

  // Begins an import of facts, which the transaction outlives.
  virtual std::unique_ptr<FactsImport> import_facts(int threads) = 0;
  // Withdraws one fact; false: there is none.
  virtual bool withdraw_fact(uint32_t source, std::string_view subject, std::string_view kpi, const Period& period) = 0;
  virtual facts::SharedDictionary subjects() = 0;  // code = subject number
  virtual std::unique_ptr<StoredFacts> facts(DateRange range, Timestamp known) = 0;
  virtual std::vector<FactCell> facts_of(std::string_view subject, DateRange range, Timestamp known) = 0;
  // The facts that meet `range` and are not what they were: known at `earlier` against known at `later`. By KPI,
  // period.
  virtual std::vector<FactChange> fact_changes(DateRange range, Timestamp earlier, Timestamp later) = 0;
  // Numbers of the subjects, ascending, of whom files imported after `earlier` and up to `later` say new, changed or
  // withdrawn facts that meet `range`.
  virtual std::vector<uint32_t> subjects_of_new_facts(DateRange range, Timestamp earlier, Timestamp later) = 0;
  virtual facts::Frame all_facts(Timestamp known) = 0;  // for export: ordered by kpi, period, subject

  virtual std::vector<Restatement> restatements() = 0;  // oldest first

  // Cycles and their targets; oldest first.
  virtual void append_cycle_event(const CycleEvent& event) = 0;
  virtual std::vector<CycleEvent> cycle_events(Timestamp known) = 0;
  virtual void append_target_changes(const std::vector<TargetChange>& changes) = 0;
  virtual std::vector<TargetChange> target_changes(Timestamp known) = 0;

  // Runs. `rows` is one row a listed person, columns as engine makes them; `moves` those that its bands already show.
  // run.id and run.result_hash are not looked at.
  virtual AppendedRun append_run(const Run& run, const RunRows& rows,
                                 const std::vector<CalibrationMove>& moves = {}) = 0;
  virtual std::vector<Run> runs() = 0;
  virtual std::optional<Run> run(int64_t id) = 0;
  // `columns`: only these; empty = all. Columns that name people and units are codes of subjects() where the frame that
  // was appended had that dictionary.
  virtual facts::Frame run_scores(int64_t id, std::span<const std::string_view> columns = {}) = 0;
  // The same in parts; the names of `columns` must outlive them.
  virtual std::unique_ptr<RunBlocks> run_blocks(int64_t id, std::span<const std::string_view> columns = {}) = 0;
  // The same of blocks [first_block, end_block) of 65,536 rows, without the names: columns of people and units hold
  // numbers that no dictionary knows.
  virtual facts::Frame run_numbers(int64_t id, std::span<const std::string_view> columns, uint32_t first_block = 0,
                                   uint32_t end_block = UINT32_MAX) = 0;
  virtual std::vector<CalibrationMove> calibration_moves(int64_t run) = 0;  // of that run alone, in order

  // Settings of the store itself, for doctor.
  struct Health {
    bool integrity_ok = false;
    std::string detail;  // technical, one finding a line: what SQLite's check says, rows whose checksum is wrong
    int schema_version = 0;
    uint64_t bytes = 0;
  };
  virtual Health health() = 0;
};

struct OpenOptions {
  bool create = true;        // make it when it is not there; else Error(rejected)
  double wait_seconds = 10;  // for another writer
  bool read_only = false;    // for commands that only read: nothing can be written, nothing is created
};

// Opens (and migrates, after a backup) the store at `path`; ":memory:" for one that is gone with the object.
std::unique_ptr<Store> open_store(const std::string& path, const OpenOptions& options = {});
// One that is gone with the object and may be large: what does not fit into a few MiB of memory lies in a nameless file
// in the folder for temporary files.
std::unique_ptr<Store> open_temporary_store();

}  // namespace hr::store
