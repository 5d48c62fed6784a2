// Some records, found without reading all. What they are is said by records(); rows are picked by hand.
#include <random>

#include "store_fixture.h"

namespace hr::store {

using model::TableId;

namespace {

std::vector<uint32_t> numbers_of(FewRecords& few, TableId table, const char* column, const Lines& names) {
  return few.find(table, column, names);
}

Lines few_lines(FewRecords& few, TableId table, const char* key, const Lines& names, const Lines& columns) {
  Lines lines;
  for (const facts::Frame& frame : few.records({table, key, numbers_of(few, table, key, names)}, {})) {
    const Lines more = lines_of(frame, columns);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

}  // namespace

TEST_CASE("some records are as all of them are, of several imports") {
  const auto store = open_store(":memory:");
  import_records(*store, 10,
                 frame_of(TableId::key_results, {"key_result", "objective", "owner", "title"},
                          {{"K1", "O1", "E1", "one"}, {"K2", "O1", "E1", "two"}, {"K3", "O2", "E2", "three"}}),
                 TableId::key_results);
  import_records(
      *store, 20,
      frame_of(TableId::key_results, {"key_result", "objective", "owner"}, {{"K2", "O2", "E2"}, {"K4", "O3", "E3"}}),
      TableId::key_results);
  const auto few = store->few_records(kNow);
  const Lines columns{"key_result", "objective", "owner", "title"};
  CHECK(few_lines(*few, TableId::key_results, "key_result", {"K2", "K4", "K9"}, columns) ==
        Lines{"K2|O2|E2|two", "K4|O3|E3|"});
  CHECK(few_lines(*few, TableId::key_results, "key_result", {}, columns).empty());
  const auto of = [&](const char* column, const char* name) {
    return FewRecords::Where{TableId::key_results, column, numbers_of(*few, TableId::key_results, column, {name})};
  };
  const auto named = [&](const char* column, const char* name, const char* wanted) {
    return few->names(TableId::key_results, wanted, few->named(of(column, name), wanted));
  };
  CHECK(named("owner", "E1", "key_result") == Lines{"K1", "K2"});  // what an earlier import said, too
  CHECK(named("owner", "E2", "key_result") == Lines{"K2", "K3"});
  CHECK(named("objective", "O1", "owner") == Lines{"E1"});
  CHECK(few->pairs(TableId::key_results, "key_result", "objective").size() == 5);
  const auto earlier = store->few_records(15);
  CHECK(few_lines(*earlier, TableId::key_results, "key_result", {"K2", "K4"}, columns) == Lines{"K2|O1|E1|two"});
}

TEST_CASE("a file of which nothing is wanted still says which columns there are") {
  const auto store = open_store(":memory:");
  import_records(*store, 10, frame_of(TableId::employees, {"employee_id", "attr.city"}, {{"E1", "Ulm"}}),
                 TableId::employees);
  import_records(*store, 20,
                 frame_of(TableId::assignments, {"employee_id", "from", "job"}, {{"E1", "2026-01-01", "Rep"}}),
                 TableId::assignments);
  import_records(*store, 30,
                 frame_of(TableId::assignments, {"employee_id", "from", "grade"}, {{"E2", "2026-01-01", "P1"}}),
                 TableId::assignments);
  const auto few = store->few_records(kNow);
  const auto numbers = numbers_of(*few, TableId::employees, "employee_id", {"E2"});
  const auto people = few->records({TableId::employees, "employee_id", numbers}, {});
  REQUIRE(people.size() == 1);
  CHECK(people[0].size() == 0);
  REQUIRE(people[0].find("attr.city") != nullptr);
  CHECK(people[0].find("attr.city")->carried);
  const auto spells = few->records({TableId::assignments, "employee_id", numbers}, {});
  REQUIRE(spells.size() == 2);
  CHECK(spells[0].size() == 0);
  CHECK(spells[0].find("job")->carried);
  CHECK(lines_of(spells[1], {"employee_id", "grade"}) == Lines{"E2|P1"});
}

TEST_CASE("records of one person, wherever their rows lie among many blocks") {
  const auto store = open_store(":memory:");
  std::mt19937 random(5);
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 70'000; ++i)
    rows.push_back({"E" + std::to_string(random() % 20'000), "R" + std::to_string(i), std::to_string(i % 5)});
  const auto frame = frame_of(TableId::feedback, {"employee_id", "rater_id", "rating"}, rows);
  import_records(*store, 10, frame, TableId::feedback);
  const auto few = store->few_records(kNow);
  for (const char* person : {"E0", "E77", "E19999"}) {
    Lines expected;
    for (const auto& row : rows) {
      if (row[0] == person) expected.push_back(row[0] + "|" + row[1] + "|" + row[2]);
    }
    CHECK(few_lines(*few, TableId::feedback, "employee_id", {person}, {"employee_id", "rater_id", "rating"}) ==
          expected);
  }
}

TEST_CASE("facts of some subjects say whose they are") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "k", "2026-01", "1"}, {"E2", "k", "2026-01", "2"}, {"E3", "a", "2026-01", "3"}});
  import_facts(*store, 20, {{"E1", "k", "2026-01", "5"}, {"unit:U", "k", "2026-02", "7"}});
  const auto few = store->few_records(kNow);
  const auto subjects = numbers_of(*few, TableId::targets, "subject", {"unit:U", "E1", "E3"});
  Lines lines;
  for (const auto& [place, cell] : few->facts(subjects, {kFarPast, kFarFuture}))
    lines.push_back(std::to_string(place) + " " + cell.kpi + " " + to_string(cell.period) + " " +
                    to_string(cell.value));
  CHECK(lines == Lines{"2 a 2026-01 3", "1 k 2026-01 5", "0 k 2026-02 7"});
}

}  // namespace hr::store
