// A damaged store is found out: whatever bit is flipped or wherever the file is cut, either everything reads as before,
// or there is an error, or health() tells. It never crashes.
#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "store/migrations.h"
#include "store/open_database.h"
#include "store/review.h"
#include "store_fixture.h"

namespace hr::store {

namespace {

using model::TableId;

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// A store with something of everything.
void fill(Store& store) {
  std::vector<std::vector<std::string>> people;
  std::vector<std::vector<std::string>> facts;
  for (int i = 0; i < 3000; ++i) {
    const std::string id = std::to_string(10'000 + i * 7);
    people.push_back(
        {id, "Name " + std::to_string(i * 31 % 1000), "", i % 3 ? "2020-01-01" : "", std::to_string(i % 100) + ".5"});
    facts.push_back(
        {id, i % 2 ? "revenue" : "cost", i % 5 ? "2026-01" : "2026-02", std::to_string(i * 977 % 5000) + ".25"});
  }
  import_records(store, 10, frame_of(TableId::employees, {"employee_id", "name", "job", "hire_date", "fte"}, people),
                 TableId::employees);
  import_records(store, 20, frame_of(TableId::employees, {"employee_id", "job"}, {{"10000", "Lead"}}),
                 TableId::employees);
  import_facts(store, 30, facts);
  import_facts(store, 40, {{"10000", "cost", "2026-02", "1"}, {"new", "cost", "2026-02", "2"}});
  const auto transaction = store.begin();
  DefinitionsVersion version;
  version.applied_at = 50;
  version.reason = "because";
  store.append_definitions({{"a.yaml", std::string(30'000, 'a')}, {"b.yaml", "b"}}, version);
  store.append_quarantine({{1, 2, "c", "v", "code", "m", "f"}});
  store.review().append_row_uses({{1, 2, 1, 1}});
  store.review().append_decision({0, ItemKind::row, 1, Verdict::correct, "c", 50, "li.na", "typo"});
  Finding finding;
  finding.rule = "jump";
  finding.found_at = 50;
  store.review().append_findings({finding});
  Run run;
  run.cycle = "2026H1";
  run.created_at = 50;
  store.append_run(run, rows_of(store.records(TableId::employees, kNow)[0]));
  transaction->commit();
}

void add_frame(std::string& to, const facts::Frame& frame) {
  for (const facts::Column& c : frame.columns) to += c.name + (c.carried ? "+" : "-");
  for (size_t row = 0; row < frame.size(); ++row) {
    for (const facts::Column& c : frame.columns) to += facts::cell_text(c, row) + "|";
    to += std::to_string(frame.rows[row]) + "," + std::to_string(frame.sources.empty() ? 0 : frame.sources[row]) + "\n";
  }
}

// Everything that can be read, as one text.
std::string content(Store& store) {
  std::string all;
  for (const Source& s : store.sources(kNow))
    all += std::to_string(s.id) + s.file + std::to_string(s.imported_at) + "\n";
  for (const model::ImportedTable& table : model::imported_tables()) {
    if (table.id == TableId::facts) continue;
    for (const facts::Frame& frame : store.records(table.id, kNow)) add_frame(all, frame);
  }
  add_frame(all, store.all_facts(kNow));
  add_frame(all, store.all_facts(35));
  store.facts({kFarPast, kFarFuture}, kNow)->read([&](const FactBlock& b) {
    all += std::string(b.kpi) + to_string(b.period);
    for (size_t i = 0; i < b.subjects.size(); ++i)
      all += std::to_string(b.subjects[i]) + "=" + std::to_string(b.values[i]) + ";";
  });
  for (const Restatement& r : store.restatements()) all += r.key + r.old_value + r.new_value;
  for (const FactCell& c : store.facts_of("10000", {kFarPast, kFarFuture}, kNow))
    all += c.kpi + to_string(c.value) + std::to_string(c.row);
  const auto version = store.latest_definitions(kNow);
  all += version ? version->reason + std::to_string(version->applied_at) : "none";
  for (const DefinitionFile& f : store.definition_files(1)) all += f.path + f.text;
  for (const QuarantinedRow& q : store.quarantine()) all += q.column + q.value + q.message + q.fields;
  for (const Decision& d : store.review().decisions(kNow)) all += d.by + d.reason + d.changes;
  for (const RowUse& u : store.review().row_uses()) all += std::to_string(u.line) + " " + std::to_string(u.decision);
  for (const Finding& f : store.review().findings(kNow)) all += f.rule + f.value;
  for (const Run& r : store.runs()) {
    all += r.cycle + std::to_string(r.created_at);
    add_frame(all, store.run_scores(r.id));
  }
  return all;
}

enum class Found { same, refused, told, silent };

// What comes of a store file: refused by an error of the store, told by health(), or read.
Found judge(const std::string& path, const std::string& expected) {
  try {
    const auto store = open_store(path);
    const bool same = content(*store) == expected;
    return same ? Found::same : store->health().integrity_ok ? Found::silent : Found::told;
  } catch (const Error& e) {
    CHECK_MESSAGE(e.kind() != ErrorKind::usage, e.message());
    CHECK_MESSAGE(e.message() != "store-busy", e.message());
    return Found::refused;
  }
}

}  // namespace

TEST_CASE("a flipped bit is never read silently") {
  const TemporaryFolder folder;
  { fill(*open_store(folder / "whole.db")); }
  const std::string whole = bytes_of(folder / "whole.db");
  const std::string expected = content(*open_store(folder / "whole.db"));
  const char* rounds = std::getenv("HRCTL_DAMAGE_ROUNDS");
  std::mt19937 random(42);
  int count[4] = {};
  for (int round = 0; round < (rounds ? std::atoi(rounds) : 150); ++round) {
    std::string damaged = whole;
    const size_t place = random() % damaged.size();
    damaged[place] = static_cast<char>(static_cast<unsigned char>(damaged[place]) ^ 1U << (random() % 8));
    write_bytes(folder / "damaged.db", damaged);
    const Found verdict = judge(folder / "damaged.db", expected);
    CHECK_MESSAGE(verdict != Found::silent, "byte " << place);
    ++count[static_cast<int>(verdict)];
  }
  MESSAGE(whole.size() << " bytes: " << count[0] << " flips without effect, " << count[1] << " refused, " << count[2]
                       << " told by health, " << count[3] << " silent");
  CHECK(count[0] + count[2] + count[1] > 0);
}

TEST_CASE("every flipped bit in a value is refused where it is read") {
  const TemporaryFolder folder;
  { fill(*open_store(folder / "hr.db")); }
  for (const auto& [table, column] : {std::pair{"fact_segment", "cells"},
                                      {"record_block", "cells"},
                                      {"run_score_column", "digest"},
                                      {"run_score_column", "cells_of"},
                                      {"run_score_cells", "cells"},
                                      {"name_chunk", "names"},
                                      {"definition_text", "text"},
                                      {"fact_origin", "lines"},
                                      {"source", "imported_at"},
                                      {"kpi", "name"},
                                      {"run", "cycle"},
                                      {"quarantined_row", "value"},
                                      {"review_decision", "reason"},
                                      {"review_use", "line"},
                                      {"finding", "rule"},
                                      {"definitions_version", "reason"},
                                      {"definition_file", "path"}}) {
    const std::string name = table;
    CAPTURE(name);
    std::filesystem::copy_file(folder / "hr.db", folder / "d.db", std::filesystem::copy_options::overwrite_existing);
    {  // another value of the same type and length, so that SQLite sees nothing
      SQLite::Database database(folder / "d.db", SQLite::OPEN_READWRITE);
      const std::string c = column;
      database.exec("UPDATE " + name + " SET " + c + " = CASE typeof(" + c + ") WHEN 'integer' THEN " + c +
                    " + 1 WHEN 'blob' THEN CAST(substr(" + c + ", 1, length(" + c +
                    ") - 1) || x'7e' AS BLOB) ELSE substr(" + c + ", 1, length(" + c + ") - 1) || '~' END");
    }
    const auto store = open_store(folder / "d.db");
    CHECK(error_of([&] { content(*store); }) == "store-damaged");
    const Store::Health health = store->health();
    CHECK_FALSE(health.integrity_ok);
    CHECK(health.detail.find(table) != std::string::npos);
  }
}

TEST_CASE("a row that is gone is missed") {
  const TemporaryFolder folder;
  { fill(*open_store(folder / "hr.db")); }
  for (const char* remove :
       {"DELETE FROM fact_segment WHERE segment_id = 1", "DELETE FROM record_block WHERE block_id = 1",
        "DELETE FROM run_score_column", "DELETE FROM run_score_cells WHERE position = 1",
        "DELETE FROM source WHERE source_id = 2", "DELETE FROM name_chunk", "DELETE FROM kpi",
        "DELETE FROM fact_origin WHERE segment_id = 2", "DELETE FROM definition_text WHERE text_id = 1",
        "DELETE FROM store_state"}) {
    CAPTURE(remove);
    std::filesystem::copy_file(folder / "hr.db", folder / "d.db", std::filesystem::copy_options::overwrite_existing);
    {
      SQLite::Database(folder / "d.db", SQLite::OPEN_READWRITE)
          .exec(std::string("PRAGMA foreign_keys = OFF; ") + remove);
    }
    bool found = false;
    try {
      found = !open_store(folder / "d.db")->health().integrity_ok;
    } catch (const Error& e) {
      found = e.message() == "store-damaged";
    }
    CHECK(found);
  }
}

TEST_CASE("cells that are not those that the run was hashed from are told, sound as they are") {
  const TemporaryFolder folder;
  { fill(*open_store(folder / "hr.db")); }
  {
    const auto store = open_store(folder / "hr.db");
    const auto transaction = store->begin();
    facts::Frame other = store->records(TableId::employees, kNow)[0];
    other.find("job")->codes[0] = facts::kMissingCode;
    Run run;
    run.created_at = 60;
    store->append_run(run, rows_of(other));
    transaction->commit();
  }
  const auto database = open_database(folder / "hr.db", {}, store_migrations());
  const std::string digest = database->string("SELECT digest FROM run_score_column WHERE run_id = 1 AND name = 'job'");
  const int64_t job = database->integer("SELECT position FROM run_score_column WHERE run_id = 1 AND name = 'job'");
  const int64_t rows = database->integer("SELECT row_count FROM run_score_column WHERE run_id = 1");
  WriteScope scope(*database);
  RowWriter(*database, "run_score_column", 7, true)
      .write({int64_t{1}, int64_t{0}, job, "job", rows, digest, int64_t{2}});
  scope.commit();
  const Store::Health health = open_store(folder / "hr.db")->health();
  CHECK_FALSE(health.integrity_ok);
  CHECK(health.detail.find("run_score_column 1") != std::string::npos);
}

TEST_CASE("a file cut anywhere is refused or told") {
  const TemporaryFolder folder;
  { fill(*open_store(folder / "whole.db")); }
  const std::string whole = bytes_of(folder / "whole.db");
  const std::string expected = content(*open_store(folder / "whole.db"));
  for (size_t size = 1; size < whole.size(); size += whole.size() / 37) {
    write_bytes(folder / "damaged.db", whole.substr(0, size));
    const Found verdict = judge(folder / "damaged.db", expected);
    CHECK_MESSAGE((verdict == Found::refused || verdict == Found::told), size);
  }
}

}  // namespace hr::store
