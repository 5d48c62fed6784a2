// Trees drawn by hand beside each case.
#include <random>

#include "frames.h"

using namespace hr;
using namespace hr::test;
using model::TableId;

TEST_CASE("units named but not listed are roots and the tree is that of the day") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,org_unit", "E1,team", "E2,lost"})};
  // until March: team under old; from April: team under new; new under corp, which is not listed
  input.org_units = {
      frame(TableId::org_units, {"org_unit,name,parent,head_id,from,to", "team,Team,old,E1,2020-01-01,2026-03-31",
                                 "team,Team 2,new,E2,2026-04-01,", "old,Old,,,2020-01-01,2026-03-31",
                                 "new,New,corp,,2026-04-01,", "later,Later,,,2026-08-01,"})};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  CHECK(d.units.id.all() == Lines{"corp", "lost", "new", "team"});
  CHECK(d.units.parent == std::vector<uint32_t>{facts::kNone, facts::kNone, 0, 2});
  CHECK(d.units.depth == std::vector<uint32_t>{1, 1, 2, 3});
  CHECK(d.units.name[3] == "Team 2");
  CHECK(d.units.head[3] == "E2");
  CHECK(d.units.listed == std::vector<uint8_t>{0, 0, 1, 1});
  CHECK(d.spells.unit == std::vector<uint32_t>{3, 1});
  CHECK(messages(diagnostics) == Lines{"unknown-unit/parent", "unknown-unit"});
  CHECK(diagnostics[1].severity == Severity::note);
  CHECK(d.units.ancestor_at(3, 1) == 0);
  CHECK(d.units.ancestor_at(3, 2) == 2);
  CHECK(d.units.ancestor_at(0, 3) == 0);  // above the level: itself
  CHECK(d.units.is_within(3, 0));
  CHECK(d.units.is_within(3, 3));
  CHECK_FALSE(d.units.is_within(0, 3));
  CHECK_FALSE(d.units.is_within(3, 1));

  input.as_of = day("2026-03-31");
  diagnostics.clear();
  const auto march = build(input, diagnostics);
  CHECK(march.units.id.all() == Lines{"lost", "old", "team"});
  CHECK(march.units.parent == std::vector<uint32_t>{facts::kNone, facts::kNone, 1});
}

TEST_CASE("a closed unit that people name stands as it last was") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,org_unit", "E1,gone"})};
  input.org_units = {frame(TableId::org_units, {"org_unit,name,parent,from,to", "top,Top,,,",
                                                "gone,Gone,top,,2026-03-31", "closed,Closed,top,,2026-03-31"})};
  const auto d = build(input);
  CHECK(d.units.id.all() == Lines{"gone", "top"});
  CHECK(d.units.depth == std::vector<uint32_t>{2, 1});
  CHECK(d.units.listed == std::vector<uint8_t>{0, 1});
}

TEST_CASE("circles of units are printed and cut and those of managers printed") {
  auto input = first_half_2026();
  input.org_units = {frame(TableId::org_units, {"org_unit,parent", "c,b", "a,c", "b,a", "s,s", "x,c"}, 4)};
  input.employees = {
      frame(TableId::employees,
            {"employee_id,manager_id", "E1,E3", "E2,E1", "E3,E2", "E4,E4", "E5,E1", "E6,nobody", "E7,nobody"}, 5)};
  Diagnostics diagnostics;
  const auto d = build(input, diagnostics);
  CHECK(d.units.parent == std::vector<uint32_t>{facts::kNone, 0, 1, facts::kNone, 2});  // a b c s x
  CHECK(d.units.depth == std::vector<uint32_t>{1, 2, 3, 1, 4});
  REQUIRE(messages(diagnostics) ==
          Lines{"org-cycle", "org-cycle", "unknown-manager/spells", "manager-cycle", "manager-cycle"});
  CHECK(diagnostics[0].args == Lines{"a → c → b → a", "a"});
  CHECK(diagnostics[0].span == SourceSpan{"source:4", 3, 0, 0});
  CHECK(diagnostics[1].args == Lines{"s → s", "s"});
  CHECK(diagnostics[2].args == Lines{"nobody", "E6", "2"});
  CHECK(diagnostics[3].args == Lines{"E1 → E3 → E2 → E1"});
  CHECK(diagnostics[3].span == SourceSpan{"source:5", 2, 0, 0});
  CHECK(diagnostics[4].args == Lines{"E4 → E4"});
}

TEST_CASE("each attribute of a unit comes from the row that begins last of those whose file had it") {
  auto input = first_half_2026();
  // the heads are from a file of their own, as the store merges it: names and parents are not said there
  auto units = frame(TableId::org_units, {"org_unit,name,parent,head_id,from,to", "top,Top,,,,", "team,Team,top,,,",
                                          "team,,,E1,2020-01-01,2025-12-31", "team,,,E2,2026-03-01,"});
  units.find("name")->said = {1, 1, 0, 0};
  units.find("parent")->said = {1, 1, 0, 0};
  units.find("head_id")->said = {0, 0, 1, 1};
  input.org_units = {units};
  input.as_of = day("2026-06-30");
  const auto june = build(input);
  CHECK(june.units.id.all() == Lines{"team", "top"});
  CHECK(june.units.name[0] == "Team");
  CHECK(june.units.parent == std::vector<uint32_t>{1, facts::kNone});
  CHECK(june.units.head[0] == "E2");
  input.as_of = day("2026-02-01");
  const auto february = build(input);
  CHECK(february.units.name[0] == "Team");
  CHECK(february.units.head[0] == "");  // the one has gone, the other has not come
  // a cell that is said to be empty is empty
  units.find("parent")->said = {1, 1, 0, 1};
  input.org_units = {units};
  input.as_of = day("2026-06-30");
  CHECK(build(input).units.parent == std::vector<uint32_t>{facts::kNone, facts::kNone});
}

TEST_CASE("a tree is the same whether ids share one dictionary or not") {
  std::mt19937 random(3);
  const auto unit = [&] { return "u" + std::to_string(random() % 12); };
  const auto month = [&] { return std::to_string(1 + random() % 8); };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> units{"org_unit,name,parent,head_id,from,to"};
    for (auto n = random() % 20; n > 0; --n) {
      units.push_back(unit() + ",N" + month() + "," + (random() % 3 == 0 ? "" : unit()) + ",E" + month() + "," +
                      (random() % 2 == 0 ? "" : "2026-0" + month() + "-01") + "," +
                      (random() % 2 == 0 ? "" : "2026-0" + month() + "-15"));
    }
    std::vector<std::string> people{"employee_id,org_unit"};
    for (int p = 0; p < 4; ++p) people.push_back("E" + std::to_string(p) + "," + (random() % 4 == 0 ? "" : unit()));
    auto input = first_half_2026();
    input.employees = {frame(TableId::employees, people)};
    input.org_units = {frame(TableId::org_units, units)};
    Diagnostics plain_findings;
    const auto plain = build(input, plain_findings);
    share_dictionary({&input.org_units[0], &input.employees[0]},
                     {"org_unit", "parent", "head_id", "employee_id", "manager_id"});
    Diagnostics findings;
    const auto d = build(input, findings);
    REQUIRE(d.units.id.texts.same_as(d.people.id.texts));
    CHECK(d.units.id.all() == plain.units.id.all());
    CHECK(d.units.name.all() == plain.units.name.all());
    CHECK(d.units.head.all() == plain.units.head.all());
    CHECK(d.units.parent == plain.units.parent);
    CHECK(d.units.depth == plain.units.depth);
    CHECK(d.units.listed == plain.units.listed);
    CHECK(d.spells.unit == plain.spells.unit);
    CHECK(messages(findings) == messages(plain_findings));
    for (uint32_t u = 0; u < d.units.size(); ++u) CHECK(d.units.find(d.units.id[u]) == u);
  }
}
