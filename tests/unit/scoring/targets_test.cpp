// Which target is in force for whom: dated values, per period or year, bulk rows, those of units.
#include <doctest/doctest.h>

#include "unit/scoring/world.h"

using namespace world;

TEST_CASE("E45: a target per period with a raise at mid-year") {
  World w = additive_world("employee_id\nE1\n", "100");
  w.scorecard().kpis[0].per = model::TargetPer::period;
  w.scorecard().kpis[0].target = {{kFarPast, dec("100"), {}}, {day("2025-07-01"), dec("150"), {}}};
  w.monthly("E1", "rev", 2025, 1, 12, 110);
  CHECK(target_of(w.run()) == "1500.00");
  CHECK(at(w.run().of("E1").score) == "88.00");  // 1320/1500
  // The same by periods: six months at 110, six at 73.33.
  w.plan().kpi_score = model::KpiScore::periods;
  CHECK(at(w.run().of("E1").score) == "91.67");
}

TEST_CASE("per year shares a target by the days of each year") {
  World w = additive_world("employee_id\nE1\n", "36600");
  w.cycle("2023-07-01", "2024-06-30");
  w.scorecard().kpis[0].per = model::TargetPer::year;
  w.fact("E1", "rev", "2024-01", 1);
  // 36,600 × 184/365 + 36,600 × 182/366 = 18450.410958904 + 18200
  CHECK(target_of(w.run()) == "36650.41");
}

TEST_CASE("dated targets: each period takes the value in force on its last day, a rate that of the last day") {
  World w = additive_world("employee_id\nE1\n", "1");
  w.cycle("2025-01-01", "2025-06-30");
  w.scorecard().kpis[0].target = {{kFarPast, dec("181"), {}}, {day("2025-03-31"), dec("362"), {}}};
  w.kpi("rate");
  w.entry("rate", "100", "1").target = {{kFarPast, dec("10"), {}}, {day("2025-04-01"), dec("8"), {}}};
  w.fact("E1", "rev", "2025-01", 1);
  w.fact("E1", "rate", "2025-01", 8);
  const Scored s = w.run();
  CHECK(target_of(s) == "303.00");  // 59 days of 181/181, 122 days of 362/181
  CHECK(target_of(s, "rate") == "8.00");
}

TEST_CASE("bulk targets: employee before job before unit before scorecard, cell by cell") {
  World w;
  w.people("employee_id,job,org_unit\nE1,Rep,U\nE2,Rep,U\nE3,Other,U\nE4,Other,V\n");
  w.kpi("k").curve.inline_curve.emplace();
  w.kpi("k").curve.inline_curve->form = model::TiersCurve{};
  model::ScorecardKpi& e = w.entry("k", "", "100");
  e.threshold = constant("50");
  e.stretch = constant("200");
  w.table(model::TableId::targets,
          "subject,kpi,from,to,weight,threshold,target,stretch\n"
          "E1,k,,,,,110,\njob:Rep,k,,,,60,120,\nunit:U,k,,,,70,130,300\n");
  for (int i = 1; i <= 4; ++i) w.fact("E" + std::to_string(i), "k", "2025", 100);
  const Scored s = w.run();
  const auto goal = [&](const char* id, const char* role) {
    return find(s.explain(id), std::string("kpi/k/") + role)->value;
  };
  CHECK(goal("E1", "target") == "110");
  CHECK(goal("E1", "threshold") == "60");
  CHECK(goal("E1", "stretch") == "300");
  CHECK(goal("E2", "target") == "120");
  CHECK(goal("E3", "target") == "130");
  CHECK(goal("E3", "threshold") == "70");
  CHECK(goal("E4", "target") == "100");
  CHECK(at(s.of("E1").score) == "90.00");  // 50 + 50 × (100 − 60)/(110 − 60)
  CHECK(at(s.of("E4").score) == "100.00");
}

TEST_CASE("bulk weights go before the scorecard's, and mixed ones stop the run") {
  World w;
  w.people("employee_id\nE1\nE2\n");
  for (const char* id : {"a", "b"}) w.kpi(id);
  w.entry("a", "50", "100");
  w.entry("b", "50", "100");
  w.table(model::TableId::targets, "subject,kpi,weight\nE1,a,75\nE1,b,25\n");
  for (const char* person : {"E1", "E2"}) {
    w.fact(person, "a", "2025", 100);
    w.fact(person, "b", "2025", 60);
  }
  CHECK(at(w.run().of("E1").score) == "90.00");
  CHECK(at(w.run().of("E2").score) == "80.00");
  World mixed = w;
  for (auto& e : mixed.scorecard().kpis) e.weight.reset();
  mixed.input.targets.clear();
  mixed.table(model::TableId::targets, "subject,kpi,weight\nE1,a,75\n");
  const Scored s = mixed.run();
  REQUIRE(s.said("weights-mixed"));
  CHECK(s.diagnostics[0].args == std::vector<std::string>{"all", "1", "E1"});
}

TEST_CASE("of unit: facts and targets of the nearest unit that has any") {
  World w;
  w.table(model::TableId::org_units, "org_unit,parent\nROOT,\nA,ROOT\nA1,A\nB,ROOT\n");
  w.people("employee_id,org_unit,hire_date\nE1,A1,2025-07-01\nE2,B,2020-01-01\n");
  w.additive("rev");
  w.entry("rev", "", "365").of = model::FactOwner::unit;
  w.table(model::TableId::targets, "subject,kpi,target\nunit:A,rev,730\n");
  w.monthly("unit:A", "rev", 2025, 1, 12, 60);
  const Scored s = w.run();
  CHECK(find(s.explain("E1"), "kpi/rev/target")->value == "368");  // 730 × 184/365: July to December
  CHECK(find(s.explain("E1"), "kpi/rev/value")->value == "360");
  CHECK(find(s.explain("E1"), "kpi/rev/fact/2025-07")->args[0] == "unit:A");
  CHECK(s.of("E2").status == model::Status::not_rated);  // neither B nor ROOT has facts
  CHECK(find(s.explain("E2"), "kpi/rev")->status == "no_unit");
}

TEST_CASE("a KPI without a target for someone is missing and said so") {
  World w = additive_world("employee_id\nE1\nE2\n", "100");
  w.scorecard().kpis[0].target.clear();
  w.table(model::TableId::targets, "subject,kpi,target\nE1,rev,100\n");
  w.fact("E1", "rev", "2025", 100);
  w.fact("E2", "rev", "2025", 100);
  const Scored s = w.run();
  CHECK(at(s.of("E1").score) == "100.00");
  CHECK(s.of("E2").status == model::Status::not_rated);
  REQUIRE(s.diagnostics.size() == 1);
  CHECK(s.diagnostics[0].message == "target-missing/people");
  CHECK(s.diagnostics[0].args == std::vector<std::string>{"rev", "1", "E2"});
}
