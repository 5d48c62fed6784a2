// The store over one SQLite connection: says which verb may run when, and remembers the names of subjects. What each
// verb does stands in the file of its subject. Internal to the store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/review.h"
#include "store/store.h"
#include "store/stored_names.h"

namespace hr::store {

class SqliteStore final : public Store, public ReviewQueue {
 public:
  explicit SqliteStore(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  std::unique_ptr<Transaction> begin() override;
  std::string path() const override { return database_->path(); }
  std::unique_ptr<Store> copy(Timestamp known) override;
  Timestamp next_timestamp(Timestamp now) override;

  DefinitionsVersion append_definitions(const std::vector<DefinitionFile>& files,
                                        const DefinitionsVersion& version) override;
  std::optional<DefinitionsVersion> latest_definitions(Timestamp known) override;
  std::optional<DefinitionsVersion> definitions_version(int64_t id) override;
  std::vector<DefinitionFile> definition_files(int64_t version) override;

  uint32_t append_source(const Source& source) override;
  void finish_source(const Source& source) override;
  std::vector<Source> sources(Timestamp known) override;
  std::vector<Source> sources_of_records(Timestamp earlier) override;
  bool says_any(model::TableId table, std::string_view column) override;
  void append_quarantine(const std::vector<QuarantinedRow>& rows) override;
  std::vector<QuarantinedRow> quarantine() override;
  std::vector<QuarantinedRow> quarantine_of(std::span<const std::string_view> fields) override;

  ReviewQueue& review() override { return *this; }
  void append_findings(const std::vector<Finding>& findings) override;
  std::vector<Finding> findings(Timestamp known) override;
  uint32_t append_decision(const Decision& decision) override;
  std::vector<Decision> decisions(Timestamp known) override;
  void append_row_uses(const std::vector<RowUse>& uses) override;
  std::vector<RowUse> row_uses() override;

  void append_records(model::TableId table, uint32_t source, const facts::Frame& frame) override;
  void read_records(model::TableId table, Timestamp known, std::span<const std::string_view> columns, int threads,
                    const facts::TakeRows& take) override;
  std::vector<facts::Frame> records(model::TableId table, Timestamp known,
                                    std::span<const std::string_view> columns) override;
  std::unique_ptr<FewRecords> few_records(Timestamp known) override;

  std::unique_ptr<FactsImport> import_facts(int threads) override;
  bool withdraw_fact(uint32_t source, std::string_view subject, std::string_view kpi, const Period& period) override;
  facts::SharedDictionary subjects() override;
  std::unique_ptr<StoredFacts> facts(DateRange range, Timestamp known) override;
  std::vector<FactCell> facts_of(std::string_view subject, DateRange range, Timestamp known) override;
  std::vector<FactChange> fact_changes(DateRange range, Timestamp earlier, Timestamp later) override;
  std::vector<uint32_t> subjects_of_new_facts(DateRange range, Timestamp earlier, Timestamp later) override;
  facts::Frame all_facts(Timestamp known) override;

  std::vector<Restatement> restatements() override;

  void append_cycle_event(const CycleEvent& event) override;
  std::vector<CycleEvent> cycle_events(Timestamp known) override;
  void append_target_changes(const std::vector<TargetChange>& changes) override;
  std::vector<TargetChange> target_changes(Timestamp known) override;

  AppendedRun append_run(const Run& run, const RunRows& rows, const std::vector<CalibrationMove>& moves) override;
  std::vector<Run> runs() override;
  std::optional<Run> run(int64_t id) override;
  facts::Frame run_scores(int64_t id, std::span<const std::string_view> columns) override;
  std::unique_ptr<RunBlocks> run_blocks(int64_t id, std::span<const std::string_view> columns) override;
  facts::Frame run_numbers(int64_t id, std::span<const std::string_view> columns, uint32_t first_block,
                           uint32_t end_block) override;
  std::vector<CalibrationMove> calibration_moves(int64_t run) override;

  Health health() override;

 private:
  class OpenTransaction;

  Database& writing();  // std::logic_error outside a transaction

  std::unique_ptr<Database> database_;
  AllNames names_;
  bool in_transaction_ = false;
  Timestamp latest_before_ = 0;  // the newest time recorded when the transaction began
};

}  // namespace hr::store
