// Who is scored, by which plan and by which scorecard. Days were counted with `date -d`.
#include <doctest/doctest.h>

#include "unit/scoring/world.h"

using namespace world;

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
