// What an import of employees means for their assignments. Days and values worked out by hand from docs/spec/time.md.
#include "engine/import/effective_change.h"

#include <random>

#include "../facts/frames.h"
#include "engine/import/assignment_history.h"
#include "facts/timeline.h"

using namespace hr;
using namespace hr::engine;
using hr::test::day;
using model::TableId;
using Rows = std::vector<std::string>;

namespace {

// Stored employees and assignments, and one import after the other.
struct World {
  std::vector<facts::Frame> employees;
  std::vector<facts::Frame> assignments;

  AssignmentChanges import(facts::Frame& incoming, std::optional<Date> effective) {
    const RecordIndex index(TableId::employees, employees);
    const auto stored = index.find(incoming);
    return assignment_changes(incoming, reconcile(index, incoming, stored),
                              std::vector<std::optional<Date>>(incoming.size(), effective), stored, assignments);
  }
};

// "from column=value …" of the rows that follow, in order of day.
Rows shown(const AssignmentChanges& changes) {
  Rows rows;
  for (const facts::Frame& frame : changes.rows) {
    for (size_t row = 0; row < frame.size(); ++row) {
      std::string text = facts::cell_text(*frame.find("from"), row);
      for (const facts::Column& c : frame.columns) {
        if (c.carried && c.name != "employee_id" && c.name != "from" && c.name != "to")
          text += " " + c.name + "=" + facts::cell_text(c, row);
      }
      rows.push_back(text);
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

facts::Frame people(const Rows& lines) {
  return test::frame(TableId::employees, lines);
}

}  // namespace

TEST_CASE("a change from a day on opens a row there and keeps what was before") {
  World world{{people({"employee_id,job,grade,hire_date", "E1,Rep,G1,2020-01-01"})}, {}};
  facts::Frame incoming = people({"employee_id,job,grade,hire_date", "E1,Lead,G1,2020-01-01"});
  const AssignmentChanges changes = world.import(incoming, day("2026-07-01"));
  CHECK(shown(changes) == Rows{"2020-01-01 job=Rep", "2026-07-01 job=Lead"});
  CHECK(changes.changed == std::vector<uint8_t>{1});
  CHECK(changes.corrected == 0);
}

TEST_CASE("from before the first day of service it holds from that day") {
  World world{{people({"employee_id,job,hire_date", "E1,Rep,2020-01-01"})}, {}};
  facts::Frame incoming = people({"employee_id,job", "E1,Lead"});
  CHECK(shown(world.import(incoming, day("2019-01-01"))) == Rows{"2020-01-01 job=Lead"});
}

TEST_CASE("what was in force on the day is no change, and the employee keeps the newer value") {
  World world{{people({"employee_id,job,hire_date", "E1,Head,2020-01-01"})},
              {test::frame(TableId::assignments, {"employee_id,from,to,job", "E1,2020-01-01,,Rep",
                                                  "E1,2026-01-01,,Lead", "E1,2026-06-01,,Head"})}};
  facts::Frame same = people({"employee_id,job", "E1,Lead"});
  const AssignmentChanges nothing = world.import(same, day("2026-02-01"));
  CHECK(nothing.rows.empty());
  CHECK(nothing.changed == std::vector<uint8_t>{0});
  CHECK(same.find("job")->text(0) == "Head");
  facts::Frame other = people({"employee_id,job", "E1,Agent"});
  CHECK(shown(world.import(other, day("2026-02-01"))) == Rows{"2026-02-01 job=Agent"});
  CHECK(other.find("job")->text(0) == "Head");
  facts::Frame last = people({"employee_id,job", "E1,Boss"});
  CHECK(shown(world.import(last, day("2026-07-01"))) == Rows{"2026-07-01 job=Boss"});
  CHECK(last.find("job")->text(0) == "Boss");
}

TEST_CASE("where a newer roster has spoken without a change, an older one holds only until its day") {
  facts::Frame stored = people({"employee_id,job,name,hire_date", "E1,Rep,Li,2020-01-01"});
  add_last_effective(stored, {day("2026-03-01")}, {{}});
  World world{{stored}, {}};
  facts::Frame older = people({"employee_id,job,name,region", "E1,Agent,Lo,CN"});
  CHECK(shown(world.import(older, day("2026-02-01"))) ==
        Rows{"2020-01-01 job=Rep", "2020-01-01 region=", "2026-02-01 job=Agent", "2026-02-01 region=CN",
             "2026-03-01 job=Rep"});  // nobody has spoken of the region in March
  CHECK(older.find("job")->text(0) == "Rep");
  CHECK(older.find("name")->text(0) == "Li");
  CHECK(older.find("region")->text(0) == "CN");
}

TEST_CASE("the last day is kept for each column that was carried") {
  facts::Frame first = people({"employee_id,job", "E1,Rep", "E2,Rep"});
  CHECK(add_last_effective(first, {day("2026-01-01"), std::nullopt}, {{}, {}}) == std::vector<uint8_t>{1, 0});
  CHECK(first.find("_effective.job")->date(0) == day("2026-01-01"));
  CHECK_FALSE(first.find("_effective.job")->date(1));
  CHECK(first.find("_effective.name") == nullptr);
  CHECK(is_last_effective("_effective.job"));
  facts::Frame again = people({"employee_id,job", "E1,Rep"});
  CHECK(add_last_effective(again, {day("2025-01-01")}, {{&first, 0}}) == std::vector<uint8_t>{0});
  CHECK(again.find("_effective.job")->date(0) == day("2026-01-01"));
}

TEST_CASE("a correction changes the row that ends the timeline, all attributes of it at once") {
  World world{{people({"employee_id,job,grade,org_unit", "E1,Lead,G2,A"})},
              {test::frame(TableId::assignments,
                           {"employee_id,from,job,grade", "E1,2020-01-01,Rep,G1", "E1,2025-01-01,Lead,G2"}),
               test::frame(TableId::assignments, {"employee_id,from,to,org_unit", "E1,2020-01-01,2026-12-31,A"}, 2)}};
  facts::Frame incoming = people({"employee_id,job,grade,org_unit", "E1,Head,G3,B"});
  const AssignmentChanges changes = world.import(incoming, std::nullopt);
  CHECK(shown(changes) == Rows{"2020-01-01 org_unit=B", "2025-01-01 job=Head grade=G3"});
  CHECK(changes.corrected == 1);
  for (const facts::Frame& frame : changes.rows) {  // the same columns as before, so that it is the same record
    CHECK(frame.find("to")->carried == frame.find("org_unit")->carried);
    if (frame.find("org_unit")->carried) CHECK(frame.find("to")->date(0) == day("2027-01-01"));
  }
}

TEST_CASE("the row in force is the one that the spells follow") {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    Rows lines{"employee_id,from,to,job"};
    const size_t n = random() % 6;
    for (size_t i = 0; i < n; ++i) {
      const int from = 1 + static_cast<int>(random() % 20);
      const int to = from + static_cast<int>(random() % 8);
      const auto iso = [](int d) { return to_string(day("2026-01-01") + d); };
      lines.push_back("E1," + iso(from) + "," + (random() % 3 == 0 ? "" : iso(to)) + ",J" + std::to_string(i));
    }
    const std::vector<facts::Frame> frames{test::frame(TableId::assignments, lines)};
    const AssignmentHistory history(frames);
    const auto timeline = history.timeline("E1", "job");
    std::vector<facts::AssignmentRow> rows;
    std::vector<uint32_t> picked;
    for (const auto& r : timeline) {
      picked.push_back(static_cast<uint32_t>(rows.size()));
      rows.push_back({0, {0, static_cast<uint32_t>(r.row)}, {}, r.range, r.open});
    }
    const auto segments = facts::make_timeline(rows, picked, kFarFuture, [](uint32_t, uint32_t) {});
    for (int d = 0; d < 32; ++d) {
      const Date on = day("2026-01-01") + d;
      const auto* found = AssignmentHistory::in_force(timeline, on);
      std::string expected = "nothing";
      for (const facts::Segment& s : segments) {
        if (s.range.contains(on)) expected = facts::cell_text(*frames[0].find("job"), timeline[s.row].row);
      }
      CHECK((found ? facts::cell_text(found->column("job"), found->row) : "nothing") == expected);
    }
  }
}
