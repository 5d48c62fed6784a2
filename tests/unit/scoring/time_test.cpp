// Proration, spells, transfers, leave, periods, interim runs. Days were counted with `date -d`.
#include <doctest/doctest.h>

#include "unit/scoring/world.h"

using namespace world;

namespace {

// One additive KPI "rev" of weight 100 on a straight line without a cap in the way.
World additive_world(const std::string& people, const std::string& target) {
  World w;
  w.people(people);
  w.additive("rev");
  w.entry("rev", "100", target).cap = dec("1000");
  return w;
}

std::string target_of(const Scored& s, const std::string& kpi = "rev", const std::string& id = "E1") {
  const model::Derivation tree = s.explain(id);
  const model::Derivation* d = find(tree, "kpi/" + kpi + "/target");
  if (d->value.empty()) return "-";
  double value = std::stod(d->value);
  return at(snap(value), 2);
}

}  // namespace

TEST_CASE("E41: a joiner's additive target is prorated by days") {
  World w = additive_world("employee_id,hire_date\nE1,2025-04-01\n", "1200000");
  w.fact("E1", "rev", "2025-06", 950000);
  const Scored s = w.run();
  CHECK(target_of(s) == "904109.59");  // 1,200,000 × 275/365
  CHECK(at(s.of("E1").score) == "105.08");
  CHECK(s.of("E1").has(model::Flag::partial_data));
}

TEST_CASE("E42: a rate's target is never prorated") {
  World w;
  w.people("employee_id,hire_date\nE1,2025-04-01\n");
  w.kpi("nps");
  w.entry("nps", "", "50");
  w.fact("E1", "nps", "2025-06", 40);
  CHECK(target_of(w.run(), "nps") == "50.00");
  CHECK(at(w.run().of("E1").score) == "80.00");
}

TEST_CASE("E43: excluded leave shortens an additive target and short leave does not") {
  World w = additive_world("employee_id,hire_date\nE1,2020-01-01\n", "1200000");
  w.fact("E1", "rev", "2025", 877808);
  w.table(model::TableId::leaves, "employee_id,from,to,kind\nE1,2025-03-01,2025-06-06,maternity\n");  // 98 days
  CHECK(target_of(w.run()) == "1200000.00");  // no leave policy: no leave counts
  w.plan().leave.kinds = {"maternity"};
  w.plan().leave.min_days = 98;
  CHECK(target_of(w.run()) == "877808.22");  // 1,200,000 × 267/365
  w.plan().leave.min_days = 99;
  CHECK(target_of(w.run()) == "1200000.00");
  w.plan().leave = {{"sick"}, 0};
  CHECK(target_of(w.run()) == "1200000.00");
  // Overlapping records take a day away once.
  World twice = w;
  twice.plan().leave = {{"maternity"}, 0};
  twice.table(model::TableId::leaves, "employee_id,from,to,kind\nE1,2025-03-10,2025-06-06,maternity\n");
  CHECK(target_of(twice.run()) == "877808.22");
}

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

TEST_CASE("E46: someone who was rehired has one spell with both stretches") {
  World w = additive_world("employee_id\nE1\n", "365");
  w.table(model::TableId::assignments,
          "employee_id,from,to,job\nE1,2025-01-01,2025-03-31,Rep\nE1,2025-10-01,2025-12-31,Rep\n");
  w.monthly("E1", "rev", 2025, 1, 3, 30);
  w.monthly("E1", "rev", 2025, 10, 12, 30);
  const Scored s = w.run();
  CHECK(target_of(s) == "182.00");         // 365 × (90 + 92)/365
  CHECK(at(s.of("E1").score) == "98.90");  // 180/182
  CHECK_FALSE(s.of("E1").has(model::Flag::partial_data));
  CHECK_FALSE(has_node(s.explain("E1"), "kpi@2/rev"));
}

TEST_CASE("a fact of a period without a day in service is not counted and said so") {
  World w = additive_world("employee_id\nE1\n", "365");
  w.table(model::TableId::assignments,
          "employee_id,from,to,job\nE1,2025-01-01,2025-03-31,Rep\nE1,2025-10-01,2025-12-31,Rep\n");
  w.fact("E1", "rev", "2025-02", 91);
  w.fact("E1", "rev", "2025-06", 1000);
  const Scored s = w.run();
  CHECK(at(s.of("E1").score) == "50.00");
  CHECK(s.of("E1").has(model::Flag::out_of_service_facts));
  CHECK(find(s.explain("E1"), "kpi/rev/fact/2025-06")->status == "out_of_service");
}

TEST_CASE("E47: joined on a leap day") {
  World w = additive_world("employee_id,hire_date\nE1,2024-02-29\n", "366");
  w.cycle("2024-01-01", "2024-12-31");
  w.fact("E1", "rev", "2024-12", 307);
  CHECK(target_of(w.run()) == "307.00");  // of 366 days
  CHECK(at(w.run().of("E1").score) == "100.00");
}

TEST_CASE("E48: left on day 40 with 90 days asked") {
  World w = additive_world("employee_id,hire_date,termination_date\nE1,2020-01-01,2025-02-09\n", "1000");
  w.fact("E1", "rev", "2025-01", 100);
  w.plan().eligibility.min_service_days = 90;
  const Scored s = w.run();
  CHECK(s.of("E1").status == model::Status::not_rated);
  CHECK(model::reason_names(s.of("E1").reasons) == std::vector<std::string>{"min_service"});
  CHECK(s.of("E1").component[0].has_value());
  CHECK(s.of("E1").coverage == make_figure(100));
  w.plan().eligibility.min_service_days = 40;
  CHECK(w.run().of("E1").status == model::Status::rated);
}

TEST_CASE("E44: a transfer counts by days, or the last spell alone") {
  World w;
  w.people("employee_id\nE1\n");
  w.table(model::TableId::assignments,
          "employee_id,from,to,job\nE1,2025-01-01,2025-05-31,Rep\nE1,2025-06-01,,Lead\n");  // 151 and 214 days
  w.kpi("k");
  w.entry("k", "", "100");
  w.scorecard().applies_to = expression("job == \"Rep\"");
  model::Scorecard lead;
  lead.id = "lead";
  lead.applies_to = expression("job == \"Lead\"");
  w.entry_in(lead, "k", "", "100");
  w.d.scorecards.push_back(lead);
  w.fact("E1", "k", "2025-05", 90);
  w.fact("E1", "k", "2025-12", 70);
  const Scored s = w.run();
  CHECK(at(s.of("E1").score) == "78.27");  // (151 × 90 + 214 × 70)/365
  CHECK(find(s.explain("E1"), "kpi@1/k")->value == "90");
  CHECK(find(s.explain("E1"), "kpi@2/k")->value == "70");
  w.plan().transfers = model::Transfers::last;
  CHECK(at(w.run().of("E1").score) == "70.00");
  // A spell without data gives its days away; coverage says so.
  w.plan().transfers = model::Transfers::by_days;
  w.facts.resize(1);
  CHECK(at(w.run().of("E1").score) == "90.00");
  CHECK(at(w.run().of("E1").coverage) == "41.37");  // 151/365
}

TEST_CASE("a transfer within a month: the month belongs to the last spell, with all its days") {
  World w;
  w.people("employee_id\nE1\n");
  w.table(model::TableId::assignments, "employee_id,from,to,job\nE1,2025-01-01,2025-03-14,Rep\nE1,2025-03-15,,Lead\n");
  w.cycle("2025-01-01", "2025-06-30");  // 181 days
  w.additive("rev");
  w.entry("rev", "", "181").cap = dec("1000");
  w.scorecard().applies_to = expression("job == \"Rep\"");
  model::Scorecard lead;
  lead.id = "lead";
  lead.applies_to = expression("job == \"Lead\"");
  w.entry_in(lead, "rev", "", "362").cap = dec("1000");
  w.d.scorecards.push_back(lead);
  w.monthly("E1", "rev", 2025, 1, 6, 59);
  const Scored s = w.run();
  const model::Derivation tree = s.explain("E1");
  CHECK(find(tree, "kpi@1/rev/target")->value == "59");   // January and February
  CHECK(find(tree, "kpi@2/rev/target")->value == "244");  // 2 × (31 + 30 + 31 + 30)
  CHECK(find(tree, "kpi@2/rev/value")->value == "236");
  CHECK(find(tree, "kpi@1")->weight == "73");
  CHECK(find(tree, "kpi@2")->weight == "108");
}

TEST_CASE("assignments that change nothing that is scored are one spell") {
  World w = additive_world("employee_id\nE1\n", "365");
  w.table(model::TableId::assignments,
          "employee_id,from,to,job,manager_id\nE1,2025-01-01,2025-05-31,Rep,M1\nE1,2025-06-01,,Lead,M2\n");
  w.fact("E1", "rev", "2025", 365);
  CHECK_FALSE(has_node(w.run().explain("E1"), "kpi@2"));
  // Bulk targets of the two jobs part them; equal ones do not.
  World same = w;
  same.table(model::TableId::targets, "subject,kpi,target\njob:Rep,rev,400\njob:Lead,rev,400\n");
  CHECK_FALSE(has_node(same.run().explain("E1"), "kpi@2"));
  CHECK(target_of(same.run()) == "400.00");
  World other = w;
  other.table(model::TableId::targets, "subject,kpi,target\njob:Rep,rev,400\njob:Lead,rev,500\n");
  CHECK(has_node(other.run().explain("E1"), "kpi@2"));
}

TEST_CASE("FTE changes a target only when the plan says so") {
  World w = additive_world("employee_id,fte\nE1,0.5\n", "1000");
  w.fact("E1", "rev", "2025", 500);
  CHECK(target_of(w.run()) == "1000.00");
  w.plan().prorate_fte = true;
  CHECK(target_of(w.run()) == "500.00");
  CHECK(at(w.run().of("E1").score) == "100.00");
}

TEST_CASE("a fact longer than a period is spread by eligible days, a rate stands for each") {
  World w;
  w.people("employee_id\nE1\n");
  w.table(model::TableId::assignments, "employee_id,from,to,job\nE1,2025-01-01,2025-01-31,Rep\nE1,2025-02-01,,Lead\n");
  w.cycle("2025-01-01", "2025-03-31");
  w.additive("rev");
  w.kpi("rate").aggregate = model::Aggregate::mean;
  for (const char* job : {"Rep", "Lead"}) {
    model::Scorecard card;
    card.id = job;
    card.applies_to = expression("job == \"" + std::string(job) + "\"");
    w.entry_in(card, "rev", "50", "90").cap = dec("1000");
    w.entry_in(card, "rate", "50", "10");
    w.d.scorecards.push_back(card);
  }
  w.d.scorecards.erase(w.d.scorecards.begin());
  w.fact("E1", "rev", "2025Q1", 180);
  w.fact("E1", "rate", "2025Q1", 8);
  const model::Derivation tree = w.run().explain("E1");
  CHECK(find(tree, "kpi@1/rev/value")->value == "62");   // 180 × 31/90
  CHECK(find(tree, "kpi@2/rev/value")->value == "118");  // 180 × 59/90
  CHECK(find(tree, "kpi@1/rate/value")->value == "8");
  CHECK(find(tree, "kpi@2/rate/value")->value == "8");
  CHECK(find(tree, "kpi@2/rev/fact/2025Q1")->args ==
        std::vector<std::string>{"E1", "rev", "2025Q1", "180", "59", "90"});
}

TEST_CASE("days on excluded leave take no part of a long fact") {
  World w = additive_world("employee_id\nE1\n", "90");
  w.cycle("2025-01-01", "2025-03-31");
  w.plan().kpi_score = model::KpiScore::periods;
  w.plan().leave.kinds = {"sick"};
  w.table(model::TableId::leaves, "employee_id,from,to,kind\nE1,2025-02-01,2025-02-28,sick\n");
  w.fact("E1", "rev", "2025Q1", 62);
  const Scored s = w.run();  // February has no eligible day: 31 for January and for March
  CHECK(at(s.of("E1").score) == "100.00");
  CHECK(find(s.explain("E1"), "kpi/2025-01/rev/value")->value == "31");
  CHECK_FALSE(has_node(s.explain("E1"), "kpi/2025-02"));
}

TEST_CASE("facts by the day add up to their month") {
  World w = additive_world("employee_id,hire_date\nE1,2025-01-16\n", "1");
  w.cycle("2025-01-01", "2025-01-31");
  w.fact("E1", "rev", "2025-01-10", 5);  // before the first day
  w.fact("E1", "rev", "2025-01-16", 2);
  w.fact("E1", "rev", "2025-01-31", 3);
  const Scored s = w.run();
  CHECK(find(s.explain("E1"), "kpi/rev/value")->value == "5");
  CHECK(s.of("E1").has(model::Flag::out_of_service_facts));
}

TEST_CASE("aggregates of a rate over the periods") {
  const std::pair<model::Aggregate, const char*> rows[] = {{model::Aggregate::sum, "12"},
                                                           {model::Aggregate::mean, "4"},
                                                           {model::Aggregate::last, "5"},
                                                           {model::Aggregate::min, "1"},
                                                           {model::Aggregate::max, "6"}};
  for (const auto& [aggregate, value] : rows) {
    World w;
    w.one_person();
    w.kpi("k").aggregate = aggregate;
    w.entry("k", "", "10");
    w.fact("E1", "k", "2025-02", 6);
    w.fact("E1", "k", "2025-05", 1);
    w.fact("E1", "k", "2025-11", 5);
    const Scored s = w.run();
    CHECK(find(s.explain("E1"), "kpi/k/value")->value == value);
    CHECK_FALSE(s.of("E1").has(model::Flag::partial_data));  // no target of a rate is kept for a month without a fact
  }
}

TEST_CASE("an interim run counts only periods that have ended, in value and in target") {
  World w = additive_world("employee_id\nE1\n", "365");
  w.monthly("E1", "rev", 2025, 1, 4, 60);
  w.as_of = "2025-04-15";
  const Scored s = w.run();
  CHECK(target_of(s) == "90.00");  // January to March
  CHECK(at(s.of("E1").score) == "200.00");
  CHECK(s.of("E1").has(model::Flag::interim));
  w.as_of = "2025-04-30";
  CHECK(target_of(w.run()) == "120.00");
  w.as_of = "2025-01-15";
  CHECK(w.run().of("E1").status == model::Status::not_rated);
  CHECK(w.run().of("E1").has(model::Flag::interim));
  w.as_of = "2025-12-31";
  CHECK_FALSE(w.run().of("E1").has(model::Flag::interim));
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

TEST_CASE("two scorecards or plans that fit one person are an error naming both") {
  World w;
  w.people("employee_id,job\nE1,Rep\nE2,Lead\n");
  model::Scorecard second;
  second.id = "second";
  second.applies_to = expression("job == \"Rep\"");
  w.d.scorecards.push_back(second);
  const Scored s = w.run();
  REQUIRE(s.diagnostics.size() == 1);
  CHECK(s.diagnostics[0].code == "two-scorecards");
  CHECK(s.diagnostics[0].args == std::vector<std::string>{"all", "second", "E1", "1"});

  World plans;
  plans.people("employee_id,job\nE1,Rep\nE2,Lead\n");
  model::Plan other = plans.plan();
  other.id = "q";
  other.applies_to = expression("job == \"Lead\"");
  plans.d.plans.push_back(other);
  plans.d.cycles[0].plans.push_back({"q", {}});
  REQUIRE(plans.run().said("two-plans"));
  plans.plan().applies_to = expression("job == \"Nobody\"");
  const Scored none = plans.run();
  CHECK_FALSE(none.said("two-plans"));
  CHECK(model::reason_names(none.of("E1").reasons) == std::vector<std::string>{"not_eligible"});
  CHECK(none.of("E2").plan == 1);
}

TEST_CASE("eligibility: in service on a day and by expression") {
  World w;
  w.people(
      "employee_id,job,hire_date,termination_date\nE1,Rep,2020-01-01,2025-12-31\nE2,Rep,2020-01-01,\n"
      "E3,Rep,2020-01-01,2025-12-30\nE4,Temp,2020-01-01,\nE5,Rep,2020-01-01,2024-12-31\nE6,Rep,2026-01-01,\n");
  w.kpi("k");
  w.entry("k", "", "100");
  for (int i = 1; i <= 6; ++i) w.fact("E" + std::to_string(i), "k", "2025", 100);
  const auto rated = [](const Scored& s) {
    std::string ids;
    for (size_t p = 0; p < s.results.size(); ++p) {
      if (s.results[p].status == model::Status::rated) ids += s.dataset->people.id[p];
    }
    return ids;
  };
  CHECK(rated(w.run()) == "E1E2E3E4");
  CHECK(w.run().of("E5").status == model::Status::not_in_cycle);
  CHECK(w.run().of("E6").status == model::Status::not_in_cycle);
  w.plan().eligibility.in_service_on = model::InServiceOn::cycle_end;
  CHECK(rated(w.run()) == "E1E2E4");
  w.plan().eligibility.in_service_on = model::InServiceOn::after_cycle;
  CHECK(rated(w.run()) == "E2E4");
  CHECK(model::reason_names(w.run().of("E1").reasons) == std::vector<std::string>{"not_eligible"});
  w.plan().eligibility.in_service_on = model::InServiceOn::day;
  w.plan().eligibility.day = day("2025-12-31");
  w.plan().eligibility.when = expression("job != \"Temp\"");
  CHECK(rated(w.run()) == "E1E2");
}

TEST_CASE("any split of the people gives the same results") {
  World w = additive_world("employee_id,hire_date\nE1,2025-04-01\nE2,2020-01-01\nE3,2025-08-15\n", "1200");
  for (const char* id : {"E1", "E2", "E3"}) w.monthly(id, "rev", 2025, 1, 12, 97.3);
  const Scored s = w.run();
  std::vector<model::PersonResult> split(3);
  for (uint32_t p = 3; p-- > 0;) s.scorer->score_people(p, p + 1, split);
  for (size_t p = 0; p < 3; ++p) CHECK(split[p].exact == s.results[p].exact);
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
