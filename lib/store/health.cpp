#include "store/health.h"

#include <fmt/format.h>

#include <functional>

#include "store/column_codec.h"
#include "store/fact_segments.h"
#include "store/imported_sources.h"
#include "store/record_blocks.h"
#include "store/result_hash.h"
#include "store/run_columns.h"
#include "store/scoring_runs.h"
#include "store/stored_names.h"

namespace hr::store {

namespace {

struct TableShape {
  std::string_view name;
  std::string_view number;  // the column that counts 1, 2, 3 …; empty = none
};

constexpr TableShape kTables[] = {{"store_state", ""},
                                  {"definitions_version", "version_id"},
                                  {"definition_text", "text_id"},
                                  {"definition_file", ""},
                                  {"source", "source_id"},
                                  {"quarantined_row", "quarantine_id"},
                                  {"finding", "finding_id"},
                                  {"review_decision", "decision_id"},
                                  {"review_use", "use_id"},
                                  {"record_block", "block_id"},
                                  {"name_chunk", ""},
                                  {"kpi", "kpi_id"},
                                  {"fact_segment", "segment_id"},
                                  {"fact_origin", "segment_id"},
                                  {"run", "run_id"},
                                  {"run_score_column", ""},
                                  {"run_score_cells", ""},
                                  {"calibration_move", ""},
                                  {"cycle_event", "event_id"},
                                  {"target_change", "change_id"}};

// Findings, one a line; not more than a person would read.
class Findings {
 public:
  void add(const std::string& finding) {
    if (++count_ <= 20) text_ += (text_.empty() ? "" : "\n") + finding;
  }
  // Runs a check; what it throws about a damaged store is a finding, anything else is not ours.
  void run(const std::function<void()>& check) {
    try {
      check();
    } catch (const Error& e) {
      if (e.message() != "store-damaged" && e.message() != "store-not-a-store") throw;
      add(e.args().size() > 1 ? e.args()[1] : e.message());
    }
  }
  size_t count() const { return count_; }
  std::string text() const { return text_; }

 private:
  size_t count_ = 0;
  std::string text_;
};

void check_sqlite(Database& database, Findings& findings) {
  Statement integrity(database, "PRAGMA integrity_check(20)");
  while (integrity.step()) {
    if (integrity.text(0) != "ok") findings.add(integrity.string(0));
  }
  Statement references(database, "PRAGMA foreign_key_check");
  while (references.step()) findings.add("foreign_key_check " + references.string(0));
}

void check_rows(Database& database, const TableShape& table, Findings& findings) {
  const auto columns =
      static_cast<int>(database.integer(fmt::format("SELECT count(*) FROM pragma_table_info('{}')", table.name)));
  if (columns == 0) return findings.add(fmt::format("{}: no such table", table.name));
  int64_t rows = 0;
  Statement all(database, fmt::format("SELECT * FROM {} NOT INDEXED", table.name));
  while (all.step()) {
    ++rows;
    findings.run([&] { all.check_row(table.name, columns - 1); });
  }
  if (table.number.empty()) return;
  const int64_t last = database.integer(fmt::format("SELECT coalesce(max({}), 0) FROM {}", table.number, table.name));
  if (rows != last) findings.add(fmt::format("{}: {} rows, the last is {}", table.name, rows, last));
}

// A run's cells are those that its digests and its hash were made of.
void check_run(Database& database, AllNames& names, const Run& run) {
  const std::string where = "run_score_column " + std::to_string(run.id);
  const std::vector<std::vector<RunColumn>> columns = read_run_columns(database, run.id);
  const std::unique_ptr<RunBlocks> blocks = read_run_blocks(database, names.of(NameKind::subjects), run.id, {});
  if (blocks->count() != columns.size()) database.damaged(where);
  std::vector<uint32_t> scratch;
  const facts::SharedDictionary subjects = names.of(NameKind::subjects).all(database);
  std::vector<bool> numbered;  // by column, in the first block: what is put together is held alike
  for (size_t block = 0; block < blocks->count(); ++block) {
    const facts::Frame rows = blocks->read(block);
    if (rows.columns.size() != columns[block].size()) database.damaged(where);
    for (size_t c = 0; c < rows.columns.size(); ++c) {
      if (block == 0) numbered.push_back(rows.columns[c].dictionary.same_as(subjects));
      if (numbered[c] != rows.columns[c].dictionary.same_as(subjects)) database.damaged(where);
      const ColumnCells cells = column_cells(rows.columns[c], 0, rows.size(), scratch);
      if (digest_of(cells) != columns[block][c].digest) database.damaged(where);
    }
  }
  if (hash_of(columns) != run.result_hash) database.damaged("run " + std::to_string(run.id));
}

// Everything can be decoded and fits together.
void check_content(Database& database, Findings& findings) {
  AllNames names;
  findings.run([&] {
    for (const model::ImportedTable& table : model::imported_tables()) {
      if (table.id != model::TableId::facts) read_records(database, names, table.id, kNow);
    }
  });
  findings.run([&] {
    const size_t subjects = names.of(NameKind::subjects).all(database).size();
    SegmentReader reader(database);
    SegmentCells cells;
    for (const SegmentKey& key : segment_keys(database)) {
      reader.read(key, cells);
      reader.lines(key);
      if ((key.block << kBlockBits | cells.offsets.back()) >= subjects)
        database.damaged("fact_segment " + std::to_string(key.id));
    }
  });
  findings.run([&] {
    for (const Run& run : read_runs(database)) findings.run([&] { check_run(database, names, run); });
  });
}

}  // namespace

Store::Health check_health(Database& database) {
  const ReadScope scope(database);
  Findings findings;
  findings.run([&] { check_sqlite(database, findings); });
  for (const TableShape& table : kTables) findings.run([&] { check_rows(database, table, findings); });
  check_content(database, findings);
  Store::Health health;
  health.integrity_ok = findings.count() == 0;
  health.detail = findings.text();
  health.schema_version = static_cast<int>(database.integer("PRAGMA user_version"));
  health.bytes = static_cast<uint64_t>(database.integer("PRAGMA page_count") * database.integer("PRAGMA page_size"));
  return health;
}

}  // namespace hr::store
