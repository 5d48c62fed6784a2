// Records of imported tables. Expected frames are worked out by hand from the rules in store.h.
#include <SQLiteCpp/SQLiteCpp.h>

#include "base/parallel.h"
#include "store_fixture.h"

namespace hr::store {

using model::TableId;

TEST_CASE("an empty store has one frame of a table with no rows and its canonical columns") {
  const auto store = open_store(":memory:");
  const auto frames = store->records(TableId::employees, kNow);
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].size() == 0);
  CHECK(frames[0].find("hire_date") != nullptr);
  CHECK_FALSE(frames[0].find("hire_date")->carried);
  CHECK(store->records(TableId::assignments, kNow).empty());
}

TEST_CASE("records come back in order of first appearance with lines and sources") {
  const auto store = open_store(":memory:");
  const auto first = import_records(*store, 10,
                                    frame_of(TableId::employees, {"employee_id", "name", "fte", "hire_date"},
                                             {{"E2", "李娜", "0.5", "2020-02-29"}, {"E1", "Bo", "", ""}}),
                                    TableId::employees);
  const auto second =
      import_records(*store, 20, frame_of(TableId::employees, {"employee_id", "name"}, {{"E3", "Cy"}, {"E1", "Bob"}}),
                     TableId::employees);
  const auto frames = store->records(TableId::employees, kNow);
  REQUIRE(frames.size() == 1);
  CHECK(lines_of(frames[0], {"employee_id", "name", "fte", "hire_date"}) ==
        Lines{"E2|李娜|0.5|2020-02-29", "E1|Bob||", "E3|Cy||"});
  CHECK(frames[0].rows == std::vector<uint32_t>{2, 3, 2});
  CHECK(frames[0].sources == std::vector<uint32_t>{first, second, second});
}

TEST_CASE("files that left records are told from those that said nothing new") {
  const auto store = open_store(":memory:");
  const auto one = [](const char* id) { return frame_of(TableId::employees, {"employee_id"}, {{id}}); };
  import_records(*store, 10, one("E1"), TableId::employees);
  const auto second = import_records(*store, 20, one("E2"), TableId::employees);
  import_records(*store, 30, facts::make_frame(TableId::leaves), TableId::leaves);
  import_facts(*store, 40, {{"E1", "a", "2026-01", "1"}});
  const auto ids = [&](Timestamp earlier) {
    std::vector<uint32_t> found;
    for (const Source& source : store->sources_of_records(earlier)) found.push_back(source.id);
    return found;
  };
  CHECK(ids(0).size() == 2);
  CHECK(ids(10) == std::vector<uint32_t>{second});
  CHECK(ids(20).empty());
}

TEST_CASE("whether any record says something in a column") {
  const auto store = open_store(":memory:");
  const auto import = [&](Timestamp at, const char* kpi) {
    import_records(*store, at, frame_of(TableId::key_results, {"key_result", "objective", "kpi"}, {{"K1", "O", kpi}}),
                   TableId::key_results);
  };
  CHECK_FALSE(store->says_any(TableId::key_results, "kpi"));
  import(10, "");
  CHECK_FALSE(store->says_any(TableId::key_results, "kpi"));
  CHECK(store->says_any(TableId::key_results, "objective"));
  import(20, "sales");
  import(30, "");
  CHECK(store->says_any(TableId::key_results, "kpi"));
  CHECK_FALSE(store->says_any(TableId::objectives, "kpi"));
}

TEST_CASE("whether any record says something is known at the first one that does") {
  const TemporaryFolder folder;
  {
    const auto store = open_store(folder / "hr.db");
    for (const Timestamp at : {10, 20}) {
      const auto frame = frame_of(TableId::key_results, {"key_result", "objective", "kpi"}, {{"K1", "O", "sales"}});
      import_records(*store, at, frame, TableId::key_results);
    }
  }
  SQLite::Database(folder / "hr.db", SQLite::OPEN_READWRITE)
      .exec("UPDATE record_block SET cells = x'00' WHERE block_id = 2");
  const auto store = open_store(folder / "hr.db");
  CHECK(store->says_any(TableId::key_results, "kpi"));  // the damaged block is not read
}

TEST_CASE("a file that carries few columns changes only those") {
  const auto store = open_store(":memory:");
  import_records(*store, 10,
                 frame_of(TableId::employees, {"employee_id", "name", "job", "attr.city"}, {{"E1", "Li", "Rep", "沪"}}),
                 TableId::employees);
  import_records(*store, 20, frame_of(TableId::employees, {"employee_id", "job"}, {{"E1", "Lead"}}),
                 TableId::employees);
  import_records(*store, 30, frame_of(TableId::employees, {"employee_id", "attr.city"}, {{"E1", ""}}),
                 TableId::employees);
  const Lines columns{"employee_id", "name", "job", "attr.city"};
  CHECK(lines_of(store->records(TableId::employees, 19)[0], columns) == Lines{"E1|Li|Rep|沪"});
  CHECK(lines_of(store->records(TableId::employees, 20)[0], columns) == Lines{"E1|Li|Lead|沪"});
  CHECK(lines_of(store->records(TableId::employees, kNow)[0], columns) == Lines{"E1|Li|Lead|"});  // carried and empty
  CHECK(store->records(TableId::employees, 9)[0].size() == 0);
  CHECK(store->records(TableId::employees, 9)[0].find("attr.city") == nullptr);
}

TEST_CASE("an optional key that is missing is one key whether the file has the column or not") {
  const auto store = open_store(":memory:");
  import_records(*store, 10, frame_of(TableId::org_units, {"org_unit", "name"}, {{"U", "a"}}), TableId::org_units);
  import_records(*store, 20,
                 frame_of(TableId::org_units, {"org_unit", "name", "from"}, {{"U", "b", ""}, {"U", "c", "2026-01-01"}}),
                 TableId::org_units);
  CHECK(lines_of(store->records(TableId::org_units, kNow)[0], {"org_unit", "name", "from"}) ==
        Lines{"U|b|", "U|c|2026-01-01"});
}

TEST_CASE("keys of five columns keep records apart") {
  const auto store = open_store(":memory:");
  const Lines columns{"employee_id", "rater_id", "relation", "competency", "rating", "date"};
  import_records(*store, 10,
                 frame_of(TableId::feedback, columns,
                          {{"A", "B", "peer", "x", "3", "2026-01-01"},
                           {"A", "B", "peer", "y", "4", "2026-01-01"},
                           {"B", "A", "peer", "x", "5", "2026-01-01"}}),
                 TableId::feedback);
  import_records(*store, 20, frame_of(TableId::feedback, columns, {{"A", "B", "peer", "y", "2", "2026-01-01"}}),
                 TableId::feedback);
  CHECK(lines_of(store->records(TableId::feedback, kNow)[0], {"employee_id", "competency", "rating"}) ==
        Lines{"A|x|3", "A|y|2", "B|x|5"});
}

TEST_CASE("assignments have one timeline for each set of carried columns") {
  const auto store = open_store(":memory:");
  import_records(*store, 10,
                 frame_of(TableId::assignments, {"employee_id", "from", "job"}, {{"E1", "2026-01-01", "Rep"}}),
                 TableId::assignments);
  import_records(*store, 20,
                 frame_of(TableId::assignments, {"employee_id", "from", "grade"}, {{"E1", "2026-01-01", "P5"}}),
                 TableId::assignments);
  import_records(*store, 30,
                 frame_of(TableId::assignments, {"employee_id", "from", "job"}, {{"E1", "2026-01-01", "Lead"}}),
                 TableId::assignments);
  const auto frames = store->records(TableId::assignments, kNow);
  REQUIRE(frames.size() == 2);
  CHECK(lines_of(frames[0], {"employee_id", "from", "job"}) == Lines{"E1|2026-01-01|Lead"});
  CHECK_FALSE(frames[0].find("grade")->carried);
  CHECK(frames[0].find("job")->carried);
  CHECK(lines_of(frames[1], {"employee_id", "from", "grade"}) == Lines{"E1|2026-01-01|P5"});
  CHECK(store->records(TableId::assignments, 15).size() == 1);
}

TEST_CASE("restatements of records tell old and new cell and where both came from") {
  const auto store = open_store(":memory:");
  import_records(*store, 10, frame_of(TableId::employees, {"employee_id", "grade"}, {{"E0", "P4"}, {"E1", "P5"}}),
                 TableId::employees);
  import_records(
      *store, 20,
      frame_of(TableId::employees, {"employee_id", "grade", "job"}, {{"E1", "P6", "Rep"}, {"E0", "P4", "Rep"}}),
      TableId::employees);
  import_records(*store, 30, frame_of(TableId::employees, {"employee_id", "job"}, {{"E1", ""}}), TableId::employees);
  const auto all = store->restatements();
  REQUIRE(all.size() == 2);  // job was not there before import 2: that is news, not a change
  CHECK(all[0].table == "employees");
  CHECK(all[0].key == "E1");
  CHECK(all[0].column == "grade");
  CHECK(all[0].old_value == "P5");
  CHECK(all[0].new_value == "P6");
  CHECK(all[0].old_source == 1);
  CHECK(all[0].old_row == 3);
  CHECK(all[0].new_source == 2);
  CHECK(all[0].new_row == 2);
  CHECK(all[0].changed_at == 20);
  CHECK(all[1].column == "job");
  CHECK(all[1].old_value == "Rep");
  CHECK(all[1].new_value.empty());
}

TEST_CASE("a table of more rows than a block comes back whole") {
  const auto store = open_store(":memory:");
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 65'537 + 10; ++i) rows.push_back({"E" + std::to_string(i), i % 3 ? "x" : ""});
  import_records(*store, 10, frame_of(TableId::employees, {"employee_id", "name"}, rows), TableId::employees);
  const auto frames = store->records(TableId::employees, kNow);
  REQUIRE(frames[0].size() == rows.size());
  for (const size_t row : {size_t{0}, size_t{65'535}, size_t{65'536}, rows.size() - 1}) {
    CHECK(frames[0].find("employee_id")->text(row) == rows[row][0]);
    CHECK(frames[0].find("name")->missing(row) == rows[row][1].empty());
    CHECK(frames[0].rows[row] == row + 2);
  }
}

TEST_CASE("texts of any bytes survive") {
  const auto store = open_store(":memory:");
  const std::string odd("a\0b\xff\xf0\x9f\x98\x80\"'\n", 11);
  import_records(*store, 10, frame_of(TableId::employees, {"employee_id", "name"}, {{"E1", odd}}), TableId::employees);
  CHECK(store->records(TableId::employees, kNow)[0].find("name")->text(0) == odd);
}

TEST_CASE("a column that two imports hold in different ways is read as text") {
  const auto store = open_store(":memory:");
  facts::Frame frame = frame_of(TableId::employees, {"employee_id"}, {{"E1"}, {"E2"}});
  facts::Column number;
  number.name = "attr.level";
  number.storage = facts::Storage::decimal;
  number.append(*parse_decimal("2.50"));
  number.append_missing();
  frame.columns.push_back(number);
  import_records(*store, 10, frame, TableId::employees);
  import_records(*store, 20, frame_of(TableId::employees, {"employee_id", "attr.level"}, {{"E2", "high"}}),
                 TableId::employees);
  import_records(*store, 30, frame, TableId::employees);
  CHECK(lines_of(store->records(TableId::employees, 20)[0], {"employee_id", "attr.level"}) ==
        Lines{"E1|2.5", "E2|high"});
  CHECK(lines_of(store->records(TableId::employees, kNow)[0], {"employee_id", "attr.level"}) == Lines{"E1|2.5", "E2|"});
}

TEST_CASE("only the columns asked for that a file carried") {
  const auto store = open_store(":memory:");
  import_records(
      *store, 10,
      frame_of(TableId::employees, {"employee_id", "name", "grade"}, {{"E1", "Li", "P1"}, {"E2", "Bo", "P2"}}),
      TableId::employees);
  const std::vector<std::string_view> columns{"grade", "job"};
  facts::Frame frame = store->records(TableId::employees, kNow, columns)[0];
  REQUIRE(frame.columns.size() == 1);
  CHECK(lines_of(frame, {"grade"}) == Lines{"P1", "P2"});
  import_records(*store, 20, frame_of(TableId::employees, {"employee_id", "grade"}, {{"E2", "P3"}}),
                 TableId::employees);
  frame = store->records(TableId::employees, kNow, columns)[0];  // put together by keys that nobody asked for
  REQUIRE(frame.columns.size() == 1);
  CHECK(lines_of(frame, {"grade"}) == Lines{"P1", "P3"});
  CHECK(frame.sources == std::vector<uint32_t>{1, 2});
  import_records(*store, 30,
                 frame_of(TableId::assignments, {"employee_id", "from", "job"}, {{"E1", "2026-01-01", "x"}}),
                 TableId::assignments);
  import_records(*store, 40,
                 frame_of(TableId::assignments, {"employee_id", "from", "grade"}, {{"E1", "2026-01-01", "y"}}),
                 TableId::assignments);
  const std::vector<std::string_view> job{"job"};
  CHECK(store->records(TableId::assignments, kNow, job).size() == 2);
}

namespace {

// Cells, line and source of each row; columns that nobody carried are empty ones.
Lines rows_of(const facts::Frame& frame, const std::vector<std::string>& columns) {
  Lines out;
  for (size_t row = 0; row < frame.size(); ++row) {
    std::string line = std::to_string(frame.sources[row]) + ":" + std::to_string(frame.rows[row]);
    for (const std::string& name : columns) {
      const facts::Column* column = frame.find(name);
      line += "," + (column != nullptr ? facts::cell_text(*column, row) : std::string());
    }
    out.push_back(std::move(line));
  }
  return out;
}

}  // namespace

TEST_CASE("records in parts are the records whether one import brought them or several") {
  const std::vector<std::string> columns{"key_result", "owner", "type", "target", "title"};
  const std::vector<std::string_view> wanted(columns.begin(), columns.end());
  for (const bool twice : {false, true}) {
    const auto store = open_store(":memory:");
    std::vector<std::vector<std::string>> rows;
    for (int i = 0; i < 65'537 + 10; ++i)
      rows.push_back(
          {"KR" + std::to_string(i), "E" + std::to_string(i % 7), i % 3 ? "learning" : "", std::to_string(i) + ".5"});
    import_records(*store, 10, frame_of(TableId::key_results, {"key_result", "owner", "type", "target"}, rows),
                   TableId::key_results);
    rows = {{"KR5", "E1", "guardrail", ""}, {"new", "E1", "", "1"}};
    if (twice)
      import_records(*store, 20, frame_of(TableId::key_results, {"key_result", "owner", "type", "target"}, rows),
                     TableId::key_results);
    const auto whole = store->records(TableId::key_results, kNow, wanted);
    REQUIRE(whole.size() == 1);
    for (const int threads : {1, 3}) {
      Lines in_parts;
      size_t parts = 0;
      store->read_records(TableId::key_results, kNow, wanted, threads, [&](const facts::Frame& part, size_t all) {
        CHECK(all == whole[0].size());
        for (const facts::Column& column : part.columns) CHECK(column.size() == part.size());
        const Lines these = rows_of(part, columns);
        in_parts.insert(in_parts.end(), these.begin(), these.end());
        ++parts;
      });
      CHECK(parts == (twice ? 1 : 2));
      CHECK(in_parts == rows_of(whole[0], columns));
    }
  }
  const auto empty = open_store(":memory:");
  empty->read_records(TableId::feedback, kNow, {}, 2,
                      [](const facts::Frame& part, size_t) { CHECK(part.size() == 0); });
}

TEST_CASE("threads read several tables and the names at once, as one after the other") {
  const TemporaryFolder folder;
  constexpr size_t kRows = 150'000;  // three blocks
  const std::pair<TableId, std::vector<std::string>> tables[] = {{TableId::key_results, {"key_result", "owner"}},
                                                                 {TableId::checkins, {"key_result", "date", "value"}},
                                                                 {TableId::feedback, {"employee_id", "rater_id"}}};
  {
    const auto store = open_store(folder / "hrctl.db");
    Timestamp at = 10;
    for (const auto& [table, columns] : tables) {
      std::vector<std::vector<std::string>> rows;
      for (size_t i = 0; i < kRows; ++i) {
        const std::string kr = "KR" + std::to_string(i);
        const std::string person = "E" + std::to_string(i * 7919 % kRows);
        if (table == TableId::checkins)
          rows.push_back({kr, "2026-01-01", std::to_string(i)});
        else
          rows.push_back({table == TableId::key_results ? kr : "E1", person});
      }
      import_records(*store, at++, frame_of(table, columns, rows), table);
    }
  }
  const auto store = open_store(folder / "hrctl.db");  // knows no names yet
  Lines read[3];
  size_t names = 0;
  for_pieces(4, 4, [&](size_t piece, size_t) {
    if (piece == 3) {
      names = store->subjects().size();
      return;
    }
    store->read_records(tables[piece].first, kNow, {}, 2, [&](const facts::Frame& part, size_t) {
      const Lines these = rows_of(part, tables[piece].second);
      read[piece].insert(read[piece].end(), these.begin(), these.end());
    });
  });
  CHECK(names == kRows);
  for (size_t i = 0; i < 3; ++i) {
    const auto whole = store->records(tables[i].first, kNow);
    REQUIRE(whole.size() == 1);
    CHECK(read[i] == rows_of(whole[0], tables[i].second));
    CHECK(read[i].size() == kRows);
  }
}

}  // namespace hr::store
