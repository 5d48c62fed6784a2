// The quick look at a stored organisation beside building it: where it says that nothing is in doubt, nothing is found.
#include "engine/import/organisation_doubts.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

#include "../facts/frames.h"
#include "engine/cycle/data.h"

using namespace hr;
using namespace hr::engine;
using model::TableId;

namespace {

using Lines = std::vector<std::string>;

std::unique_ptr<store::Store> store_of(const std::vector<std::pair<TableId, Lines>>& files) {
  auto store = store::open_store(":memory:");
  const auto transaction = store->begin();
  for (const auto& [table, lines] : files) {
    store::Source source;
    source.table = table;
    source.imported_at = store->next_timestamp(1);
    const uint32_t id = store->append_source(source);
    if (lines.size() < 2) continue;
    facts::Frame frame = test::frame(table, lines);
    frame.sources.clear();
    store->append_records(table, id, frame);
  }
  transaction->commit();
  return store;
}

bool finds_any(store::Store& store) {
  bool any = false;
  for (const char* day : {"1990-01-01", "2026-06-30", "2100-01-01"})
    any = any || !organisation_findings(store, test::day(day)).empty();
  return any;
}

}  // namespace

TEST_CASE("where a look at the numbers leaves no doubt, the whole organisation has none") {
  std::mt19937 random(17);
  const auto one_of = [&](const Lines& of) { return of[random() % of.size()]; };
  int sound = 0;
  int doubtful = 0;
  for (int round = 0; round < 1500; ++round) {
    Lines units{"org_unit,parent,from,to"};
    Lines people{"employee_id,org_unit,manager_id,hire_date,termination_date"};
    Lines assignments{"employee_id,from,org_unit"};
    const auto odd = static_cast<unsigned>(1 + random() % 40);  // one cell in so many is any
    const auto cell = [&](const std::string& usual, const Lines& any) {
      return random() % odd == 0 ? one_of(any) : usual;
    };
    for (const char* id : {"U1", "U2", "U3"}) {
      if (random() % 8 == 0) continue;
      const std::string parent = id == std::string("U1") ? "" : "U1";
      units.push_back(std::string(id) + "," + cell(parent, {"", "U1", "U2", "U3", "U9"}) + "," +
                      cell("", {"", "2026-01-01", "2026-12-31"}) + "," + cell("", {"2026-12-31", "2030-01-01"}));
    }
    for (const char* id : {"E1", "E2", "E3", "E4"}) {
      if (random() % 8 == 0) continue;
      const std::string manager = id == std::string("E1") ? "" : "E1";
      people.push_back(std::string(id) + "," + cell("U1", {"", "U2", "U3", "U9"}) + "," +
                       cell(manager, {"", "E2", "E3", "E9"}) + "," + cell("2020-01-01", {"", "2026-07-01"}) + "," +
                       cell("", {"2019-01-01", "2026-01-01"}));
    }
    if (random() % 20 == 0) assignments.push_back("E1,2026-01-01,U1");
    const size_t half = random() % 3 == 0 ? 1 + random() % people.size() : people.size();
    Lines rest{people[0]};  // of which another import tells
    rest.insert(rest.end(), people.begin() + static_cast<std::ptrdiff_t>(half), people.end());
    people.resize(half);
    const auto store = store_of({{TableId::org_units, units},
                                 {TableId::employees, people},
                                 {TableId::employees, rest},
                                 {TableId::assignments, assignments}});
    const bool may = may_leave_doubts(*store);
    const bool any = finds_any(*store);
    INFO(units.size() << " units, " << people.size() << " people, round " << round);
    CHECK((may || !any));
    (may ? doubtful : sound) += 1;
  }
  CHECK(sound > 300);
  CHECK(doubtful > 300);
}

TEST_CASE("a unit that is in force on no day is not listed") {
  const auto store = store_of({{TableId::org_units, {"org_unit,from,to", "U1,2026-01-01,2025-12-31", "U2,,"}},
                               {TableId::employees, {"employee_id,org_unit", "E1,U1"}}});
  CHECK(finds_any(*store));
  CHECK(may_leave_doubts(*store));
}

TEST_CASE("later imports of the same people and units leave no doubt either") {
  const auto store = store_of({{TableId::org_units, {"org_unit,parent", "U1,", "U2,U1"}},
                               {TableId::employees, {"employee_id,org_unit,manager_id", "E1,U1,", "E2,U2,E1"}},
                               {TableId::employees, {"employee_id,manager_id", "E3,E2"}}});
  CHECK_FALSE(may_leave_doubts(*store));
  CHECK_FALSE(may_leave_doubts(*store_of({})));
}
