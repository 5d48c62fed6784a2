#include "store/sqlite_store.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "store/copy_database.h"
#include "store/cycle_history.h"
#include "store/definition_versions.h"
#include "store/fact_append.h"
#include "store/fact_intake.h"
#include "store/fact_read.h"
#include "store/few_records.h"
#include "store/health.h"
#include "store/imported_sources.h"
#include "store/migrations.h"
#include "store/open_database.h"
#include "store/record_blocks.h"
#include "store/review_queue.h"
#include "store/scoring_runs.h"
#include "store/store_state.h"

namespace hr::store {

class SqliteStore::OpenTransaction final : public Transaction {
 public:
  explicit OpenTransaction(SqliteStore& store) : store_(store), scope_(*store.database_) {
    store.latest_before_ = latest_time(*store.database_);
    store.in_transaction_ = true;
  }
  ~OpenTransaction() override {
    if (committed_) return;
    store_.in_transaction_ = false;
    store_.names_.forget();  // numbers given to names that are now not there
  }
  void commit() override {
    if (committed_) throw std::logic_error("committed twice");
    scope_.commit();
    store_.in_transaction_ = false;
    committed_ = true;
    store_.names_.forget_okrs();
  }

 private:
  SqliteStore& store_;
  WriteScope scope_;
  bool committed_ = false;
};

std::unique_ptr<Transaction> SqliteStore::begin() {
  if (in_transaction_) throw std::logic_error("a transaction inside a transaction");
  return std::make_unique<OpenTransaction>(*this);
}

Database& SqliteStore::writing() {
  // After a full disk SQLite has ended the transaction by itself: what follows must not be written one by one.
  if (!in_transaction_ || !database_->in_transaction())
    throw std::logic_error("the store is written to outside a transaction");
  return *database_;
}

Timestamp SqliteStore::next_timestamp(Timestamp now) {
  return std::max(now, latest_time(*database_) + 1);
}

std::unique_ptr<Store> SqliteStore::copy(Timestamp known) {
  return std::make_unique<SqliteStore>(copy_database(*database_, known));
}

DefinitionsVersion SqliteStore::append_definitions(const std::vector<DefinitionFile>& files,
                                                   const DefinitionsVersion& version) {
  record_time(writing(), version.applied_at, latest_before_);
  return store::append_definitions(*database_, files, version);
}

std::optional<DefinitionsVersion> SqliteStore::latest_definitions(Timestamp known) {
  return read_latest_definitions(*database_, known);
}

std::optional<DefinitionsVersion> SqliteStore::definitions_version(int64_t id) {
  return read_definitions_version(*database_, id);
}

std::vector<DefinitionFile> SqliteStore::definition_files(int64_t version) {
  return read_definition_files(*database_, version);
}

uint32_t SqliteStore::append_source(const Source& source) {
  record_time(writing(), source.imported_at, latest_before_);
  return store::append_source(*database_, source);
}

void SqliteStore::finish_source(const Source& source) {
  record_time(writing(), source.imported_at, latest_before_);
  store::finish_source(*database_, source);
}

std::vector<Source> SqliteStore::sources(Timestamp known) {
  return read_sources(*database_, known);
}

std::vector<Source> SqliteStore::sources_of_records(Timestamp earlier) {
  const ReadScope scope(*database_);
  return read_sources_of_records(*database_, earlier);
}

bool SqliteStore::says_any(model::TableId table, std::string_view column) {
  const ReadScope scope(*database_);
  return any_record_says(*database_, table, column);
}

void SqliteStore::append_quarantine(const std::vector<QuarantinedRow>& rows) {
  store::append_quarantine(writing(), rows);
}

std::vector<QuarantinedRow> SqliteStore::quarantine() {
  return read_quarantine(*database_);
}

std::vector<QuarantinedRow> SqliteStore::quarantine_of(std::span<const std::string_view> fields) {
  return read_quarantine_of(*database_, fields);
}

void SqliteStore::append_findings(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) record_time(writing(), finding.found_at, latest_before_);
  store::append_findings(*database_, findings);
}

std::vector<Finding> SqliteStore::findings(Timestamp known) {
  return read_findings(*database_, known);
}

uint32_t SqliteStore::append_decision(const Decision& decision) {
  record_time(writing(), decision.at, latest_before_);
  return store::append_decision(*database_, decision);
}

std::vector<Decision> SqliteStore::decisions(Timestamp known) {
  return read_decisions(*database_, known);
}

void SqliteStore::append_row_uses(const std::vector<RowUse>& uses) {
  store::append_row_uses(writing(), uses);
}

std::vector<RowUse> SqliteStore::row_uses() {
  return read_row_uses(*database_);
}

void SqliteStore::append_records(model::TableId table, uint32_t source, const facts::Frame& frame) {
  store::append_records(writing(), names_, table, source, frame);
}

std::vector<facts::Frame> SqliteStore::records(model::TableId table, Timestamp known,
                                               std::span<const std::string_view> columns) {
  return store::read_records(*database_, names_, table, known, columns);
}

void SqliteStore::read_records(model::TableId table, Timestamp known, std::span<const std::string_view> columns,
                               int threads, const facts::TakeRows& take) {
  read_record_parts(*database_, names_, table, known, columns, threads, take);
}

std::unique_ptr<FewRecords> SqliteStore::few_records(Timestamp known) {
  return store::few_records(*database_, known);
}

std::unique_ptr<FactsImport> SqliteStore::import_facts(int threads) {
  return std::make_unique<FactIntake>(writing(), names_.of(NameKind::subjects), threads);
}

bool SqliteStore::withdraw_fact(uint32_t source, std::string_view subject, std::string_view kpi, const Period& period) {
  const auto number = names_.of(NameKind::subjects).all(writing()).find(subject);
  return number && store::withdraw_fact(*database_, source, *number, kpi, period);
}

facts::SharedDictionary SqliteStore::subjects() {
  return names_.of(NameKind::subjects).all(*database_);
}

std::unique_ptr<StoredFacts> SqliteStore::facts(DateRange range, Timestamp known) {
  return stored_facts(*database_, range, known);
}

std::vector<FactCell> SqliteStore::facts_of(std::string_view subject, DateRange range, Timestamp known) {
  const ReadScope scope(*database_);
  const auto number = names_.of(NameKind::subjects).all(*database_).find(subject);
  if (!number) return {};
  std::vector<FactCell> cells;
  const uint32_t numbers[] = {*number};
  for (auto& [place, cell] : read_facts_of(*database_, numbers, range, known)) cells.push_back(std::move(cell));
  return cells;
}

std::vector<FactChange> SqliteStore::fact_changes(DateRange range, Timestamp earlier, Timestamp later) {
  const ReadScope scope(*database_);
  return read_fact_changes(*database_, names_.of(NameKind::subjects).all(*database_), range, earlier, later);
}

std::vector<uint32_t> SqliteStore::subjects_of_new_facts(DateRange range, Timestamp earlier, Timestamp later) {
  const ReadScope scope(*database_);
  return read_subjects_of_new_facts(*database_, range, earlier, later);
}

facts::Frame SqliteStore::all_facts(Timestamp known) {
  const ReadScope scope(*database_);
  return read_all_facts(*database_, names_.of(NameKind::subjects).all(*database_), known);
}

std::vector<Restatement> SqliteStore::restatements() {
  const ReadScope scope(*database_);
  std::vector<Restatement> all = record_restatements(*database_, names_);
  std::vector<Restatement> facts = fact_restatements(*database_, names_.of(NameKind::subjects).all(*database_));
  all.insert(all.end(), std::make_move_iterator(facts.begin()), std::make_move_iterator(facts.end()));
  std::stable_sort(all.begin(), all.end(), [](const Restatement& a, const Restatement& b) {
    return std::tie(a.new_source, a.table, a.new_row) < std::tie(b.new_source, b.table, b.new_row);
  });
  return all;
}

void SqliteStore::append_cycle_event(const CycleEvent& event) {
  record_time(writing(), event.at, latest_before_);
  store::append_cycle_event(*database_, event);
}

std::vector<CycleEvent> SqliteStore::cycle_events(Timestamp known) {
  return read_cycle_events(*database_, known);
}

void SqliteStore::append_target_changes(const std::vector<TargetChange>& changes) {
  for (const TargetChange& change : changes) record_time(writing(), change.at, latest_before_);
  store::append_target_changes(*database_, changes);
}

std::vector<TargetChange> SqliteStore::target_changes(Timestamp known) {
  return read_target_changes(*database_, known);
}

AppendedRun SqliteStore::append_run(const Run& run, const RunRows& rows, const std::vector<CalibrationMove>& moves) {
  record_time(writing(), run.created_at, latest_before_);
  return store::append_run(*database_, names_.of(NameKind::subjects), run, rows, moves);
}

std::vector<Run> SqliteStore::runs() {
  return read_runs(*database_);
}

std::optional<Run> SqliteStore::run(int64_t id) {
  return read_run(*database_, id);
}

facts::Frame SqliteStore::run_scores(int64_t id, std::span<const std::string_view> columns) {
  const ReadScope scope(*database_);
  return read_run_scores(*database_, names_.of(NameKind::subjects), id, columns);
}

std::unique_ptr<RunBlocks> SqliteStore::run_blocks(int64_t id, std::span<const std::string_view> columns) {
  const ReadScope scope(*database_);
  return read_run_blocks(*database_, names_.of(NameKind::subjects), id, columns);
}

facts::Frame SqliteStore::run_numbers(int64_t id, std::span<const std::string_view> columns, uint32_t first_block,
                                      uint32_t end_block) {
  const ReadScope scope(*database_);
  return read_run_numbers(*database_, id, columns, first_block, end_block);
}

std::vector<CalibrationMove> SqliteStore::calibration_moves(int64_t run) {
  return read_calibration_moves(*database_, run);
}

Store::Health SqliteStore::health() {
  return check_health(*database_);
}

std::unique_ptr<Store> open_store(const std::string& path, const OpenOptions& options) {
  return std::make_unique<SqliteStore>(open_database(path, options, store_migrations()));
}

std::unique_ptr<Store> open_temporary_store() {
  return std::make_unique<SqliteStore>(open_database(kTemporary, {}, store_migrations()));
}

}  // namespace hr::store
