// Runs: their scores and calibration moves as they were put in, and the cells that several runs share.
#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <stdexcept>

#include "store/migrations.h"
#include "store/open_database.h"
#include "store_fixture.h"

namespace hr::store {

using model::TableId;

namespace {

facts::Frame scores() {
  facts::Frame frame;
  for (const auto& [name, storage] : {std::pair{"employee_id", facts::Storage::text},
                                      {"score", facts::Storage::decimal},
                                      {"day", facts::Storage::day}}) {
    frame.columns.emplace_back();
    frame.columns.back().name = name;
    frame.columns.back().storage = storage;
  }
  for (uint32_t i = 0; i < 70'000; ++i) {
    frame.columns[0].append("E" + std::to_string(i % 66'000));
    if (i % 5)
      frame.columns[1].append(make_decimal(i, 3));
    else
      frame.columns[1].append_missing();
    frame.columns[2].append(Date{static_cast<int32_t>(i)});
    frame.rows.push_back(i + 1);
  }
  frame.columns[1].carried = false;
  return frame;
}

int64_t count(const std::string& path, const std::string& what) {
  SQLite::Database database(path);
  return database.execAndGet("SELECT count(*) FROM " + what).getInt64();
}

void check_same_scores(const facts::Frame& read, const facts::Frame& expected) {
  REQUIRE(read.columns.size() == expected.columns.size());
  CHECK(read.rows == expected.rows);
  for (size_t c = 0; c < expected.columns.size(); ++c) {
    CHECK(read.columns[c].name == expected.columns[c].name);
    CHECK(read.columns[c].days == expected.columns[c].days);
    CHECK(read.columns[c].decimals == expected.columns[c].decimals);
    for (size_t row = 0; row < expected.size() && !expected.columns[c].codes.empty(); row += 97)
      CHECK(read.columns[c].text(row) == expected.columns[c].text(row));
  }
}

facts::Frame without(const facts::Frame& frame, const std::vector<std::string_view>& names) {
  facts::Frame out = frame;
  std::erase_if(out.columns,
                [&](const facts::Column& c) { return std::find(names.begin(), names.end(), c.name) != names.end(); });
  return out;
}

}  // namespace

TEST_CASE("a run and its scores come back identical") {
  const auto store = open_store(":memory:");
  const facts::Frame frame = scores();
  Run run;
  run.cycle = "2026H1";
  run.definitions_version = 3;
  run.as_of = *make_date(2026, 6, 30);
  run.known = 40;
  run.created_at = 50;
  run.created_by = "li.na";
  run.plan = "standard";
  run.program_version = "0.1.0";
  run.input_hash = "ab";
  run.rated = 60'000;
  run.not_rated = 10'000;
  std::string hash;
  {
    const auto transaction = store->begin();
    const AppendedRun appended = store->append_run(run, rows_of(frame));
    CHECK(appended.id == 1);
    hash = appended.result_hash;
    run.created_at = 51;
    run.base_run = 1;
    CHECK(
        store->append_run(run, rows_of(facts::make_frame(TableId::leaves)), {{"E1", "B", "A", "王芳", "led the move"}})
            .id == 2);
    transaction->commit();
  }
  const auto runs = store->runs();
  REQUIRE(runs.size() == 2);
  CHECK(runs[0].id == 1);
  CHECK(runs[0].cycle == "2026H1");
  CHECK(runs[0].definitions_version == 3);
  CHECK(runs[0].as_of == *make_date(2026, 6, 30));
  CHECK(runs[0].known == 40);
  CHECK(runs[0].created_at == 50);
  CHECK(runs[0].plan == "standard");
  CHECK(runs[0].program_version == "0.1.0");
  CHECK(runs[0].input_hash == "ab");
  CHECK(runs[0].result_hash.size() == 64);
  CHECK(runs[0].result_hash == hash);
  CHECK(runs[0].rated == 60'000);
  CHECK(runs[0].not_rated == 10'000);
  CHECK(runs[0].base_run == 0);
  CHECK(store->run(2)->base_run == 1);
  CHECK(store->calibration_moves(1).empty());
  const auto moves = store->calibration_moves(2);
  REQUIRE(moves.size() == 1);
  CHECK(moves[0].employee == "E1");
  CHECK(moves[0].before == "B");
  CHECK(moves[0].after == "A");
  CHECK(moves[0].who == "王芳");
  CHECK(moves[0].why == "led the move");
  CHECK(store->run(2)->created_at == 51);
  CHECK_FALSE(store->run(3).has_value());
  CHECK(error_of([&] { store->run_scores(3); }) == "store-no-run");
  CHECK(store->run_scores(2).columns.size() == facts::make_frame(TableId::leaves).columns.size());

  const facts::Frame back = store->run_scores(1);
  REQUIRE(back.columns.size() == 3);
  CHECK(back.rows == frame.rows);
  CHECK(back.sources == frame.sources);
  for (size_t c = 0; c < 3; ++c) {
    CHECK(back.columns[c].name == frame.columns[c].name);
    CHECK(back.columns[c].storage == frame.columns[c].storage);
    CHECK(back.columns[c].carried == frame.columns[c].carried);
    CHECK(back.columns[c].codes == frame.columns[c].codes);
    CHECK(back.columns[c].days == frame.columns[c].days);
    CHECK(back.columns[c].decimals == frame.columns[c].decimals);
    CHECK(back.columns[c].dictionary.size() == frame.columns[c].dictionary.size());
  }
  CHECK(back.columns[0].text(69'999) == "E3999");
}

TEST_CASE("of a run's scores only the columns asked for come back, ids with the numbers of subjects") {
  const auto store = open_store(":memory:");
  import_records(*store, 10, frame_of(TableId::employees, {"employee_id"}, {{"E3"}, {"E1"}, {"E2"}}),
                 TableId::employees);
  facts::Frame frame = scores();
  frame.columns.reserve(5);  // references stay
  facts::Column& unit = frame.columns.emplace_back();
  unit.name = "org_unit";
  for (size_t i = 0; i < frame.size(); ++i) unit.append(i < 65'536 ? "U1" : "U2");
  facts::Column& manager = frame.columns.emplace_back();
  manager.name = "manager_id";
  manager.dictionary = store->subjects();
  for (uint32_t i = 0; i < frame.size(); ++i) manager.codes.push_back(i % 4 == 3 ? facts::kMissingCode : i % 4);
  {
    const auto transaction = store->begin();
    Run run;
    run.created_at = 20;
    store->append_run(run, rows_of(frame));
    transaction->commit();
  }
  const std::vector<std::string_view> wanted{"org_unit", "manager_id", "day"};
  const facts::Frame read = store->run_scores(1, wanted);
  REQUIRE(read.columns.size() == 3);
  CHECK(read.rows == frame.rows);
  CHECK(read.find("day")->days == frame.columns[2].days);
  CHECK(read.find("manager_id")->codes == manager.codes);
  CHECK(read.find("manager_id")->dictionary.same_as(store->subjects()));
  for (const uint32_t row : {0U, 65'535U, 65'536U, 69'999U}) CHECK(read.find("org_unit")->text(row) == unit.text(row));
  const auto blocks = store->run_blocks(1, wanted);
  REQUIRE(blocks->count() == 2);
  for (const size_t block : {1U, 0U}) {
    const facts::Frame part = blocks->read(block);
    const size_t first = block * 65'536;
    REQUIRE(part.size() == (block == 0 ? 65'536 : 70'000 - 65'536));
    REQUIRE(part.columns.size() == 3);
    for (size_t row = 0; row < part.size(); row += 211) {
      CHECK(part.rows[row] == read.rows[first + row]);
      for (size_t c = 0; c < 3; ++c)
        CHECK(facts::cell_text(part.columns[c], row) == facts::cell_text(read.columns[c], first + row));
    }
  }
  CHECK(error_of([&] { store->run_blocks(3); }) == "store-no-run");
  const facts::Frame all = store->run_scores(1);
  REQUIRE(all.columns.size() == frame.columns.size());
  CHECK(all.find("score")->decimals == frame.columns[1].decimals);
  for (size_t row = 0; row < frame.size(); row += 997)
    CHECK(all.find("employee_id")->text(row) == frame.columns[0].text(row));
}

TEST_CASE("cells that the run before has are stored once, and read the same") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  const facts::Frame first = scores();
  facts::Frame second = first;
  second.columns[1].decimals[69'999] = make_decimal(7);  // in the second of two blocks
  facts::Frame shorter = part_of(second, 0, 69'000);
  facts::Frame renamed = first;
  renamed.columns[2].name = "from";
  std::string alone;  // hash of `second` where nothing stood before
  {
    const auto store = open_store(path);
    const auto transaction = store->begin();
    Timestamp now = 20;
    const auto append = [&](const facts::Frame& frame, int64_t before, std::vector<std::string_view> as_before) {
      Run run;
      run.created_at = now;
      RunRows rows = rows_of(without(frame, as_before));
      rows.before = before;
      rows.as_before = std::move(as_before);
      return store->append_run(run, rows).result_hash;
    };
    const std::string hash = append(first, 0, {});
    const std::string other = append(second, 1, {});
    CHECK(other != hash);
    CHECK(append(second, 2, {"employee_id", "day"}) == other);
    CHECK(append(first, 3, {"employee_id"}) == hash);
    CHECK(append(shorter, 4, {}) != other);
    CHECK(append(renamed, 4, {}) != hash);
    CHECK(append(second, 0, {}) == other);
    transaction->commit();
    const auto refused = [&](const facts::Frame& frame, int64_t before, std::vector<std::string_view> as_before) {
      const auto rolled_back = store->begin();  // some of its blocks may have been written
      ++now;
      return error_of([&] { append(frame, before, as_before); });
    };
    CHECK(refused(shorter, 4, {"day"}) == "store-damaged");               // other rows
    CHECK(refused(first, 6, {"employee_id", "day"}) == "store-damaged");  // has no such column
  }
  const auto cells = [&](int run) { return count(path, "run_score_cells WHERE run_id = " + std::to_string(run)); };
  CHECK(count(path, "run_score_column WHERE run_id = 3") == 6);
  CHECK(cells(1) == 6);
  CHECK(cells(2) == 1);
  CHECK(cells(3) == 0);
  CHECK(cells(4) == 1);  // what run 1 had: only the run before is looked at
  CHECK(cells(5) == 3);  // all of the second block
  CHECK(cells(6) == 2);
  CHECK(cells(7) == 6);
  CHECK(count(path, "run_score_column WHERE cells_of NOT IN (SELECT run_id FROM run_score_cells)") == 0);
  const auto store = open_store(path);
  int64_t run = 0;
  for (const facts::Frame* frame :
       std::vector<const facts::Frame*>{&first, &second, &second, &first, &shorter, &renamed, &second})
    check_same_scores(store->run_scores(++run), *frame);
  CHECK(store->health().integrity_ok);
  const auto known = store->copy(kNow);
  check_same_scores(known->run_scores(3), second);
}

TEST_CASE("blocks of a column that once named nobody and now names people are put together") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  auto store = open_store(path);
  import_records(*store, 10, frame_of(TableId::employees, {"employee_id"}, {{"E1"}, {"E2"}}), TableId::employees);
  facts::Frame nobody = scores();
  nobody.columns.emplace_back().name = "manager_id";  // of a dictionary of its own: no file had the column
  nobody.columns.back().codes.assign(nobody.size(), facts::kMissingCode);
  facts::Frame somebody = nobody;
  somebody.columns.back().dictionary = store->subjects();
  somebody.columns.back().codes[66'000] = 1;  // in the second of two blocks; the first says the same as before
  const std::vector<const facts::Frame*> frames{&nobody, &somebody, &nobody};
  {
    const auto transaction = store->begin();
    for (size_t i = 0; i < frames.size(); ++i) {
      Run run;
      run.created_at = 20;
      RunRows rows = rows_of(*frames[i]);
      rows.before = static_cast<int64_t>(i);
      store->append_run(run, rows);
    }
    transaction->commit();
  }
  for (size_t i = 0; i < frames.size(); ++i)
    check_same_scores(store->run_scores(static_cast<int64_t>(i) + 1), *frames[i]);
  CHECK(store->run_scores(2).find("manager_id")->text(66'000) == "E2");
  CHECK(store->health().integrity_ok);
  store.reset();
  {  // one block of the second run as the first one holds it: each can be read, not both together
    const auto database = open_database(path, {}, store_migrations());
    const std::string of_block = "FROM run_score_column WHERE run_id = 2 AND block_number = 0 AND position = 3";
    const std::string digest = database->string("SELECT digest " + of_block);
    WriteScope scope(*database);
    RowWriter(*database, "run_score_column", 7, true)
        .write({int64_t{2}, int64_t{0}, int64_t{3}, "manager_id", int64_t{65'536}, digest, int64_t{1}});
    scope.commit();
  }
  CHECK_FALSE(open_store(path)->health().integrity_ok);
}

TEST_CASE("cells that are damaged are not taken over from the run before") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  const facts::Frame frame = scores();
  const auto append = [&](int64_t before, std::vector<std::string_view> as_before) {
    const auto store = open_store(path);
    const auto transaction = store->begin();
    Run run;
    run.created_at = 20 + before;
    RunRows rows = rows_of(without(frame, as_before));
    rows.before = before;
    rows.as_before = std::move(as_before);
    store->append_run(run, rows);
    transaction->commit();
  };
  append(0, {});
  {
    SQLite::Database database(path, SQLite::OPEN_READWRITE);
    database.exec("UPDATE run_score_cells SET checksum = checksum + 1 WHERE block_number = 0 AND position = 1");
    database.exec("DELETE FROM run_score_cells WHERE block_number = 1 AND position = 2");
  }
  CHECK(error_of([&] { append(1, {"score"}); }) == "store-damaged");
  CHECK(error_of([&] { append(1, {"day"}); }) == "store-damaged");
  append(1, {});
  CHECK(count(path, "run_score_cells WHERE run_id = 2") == 2);
  const auto store = open_store(path);
  CHECK(error_of([&] { store->run_scores(1); }) == "store-damaged");
  check_same_scores(store->run_scores(2), frame);
}

}  // namespace hr::store
