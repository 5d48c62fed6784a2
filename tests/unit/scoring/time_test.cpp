// Days in service and away, periods, interim runs. Days were counted with `date -d`.
#include <doctest/doctest.h>

#include "unit/scoring/world.h"

using namespace world;

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

TEST_CASE("FTE changes a target only when the plan says so") {
  World w = additive_world("employee_id,fte\nE1,0.5\n", "1000");
  w.fact("E1", "rev", "2025", 500);
  CHECK(target_of(w.run()) == "1000.00");
  w.plan().prorate_fte = true;
  CHECK(target_of(w.run()) == "500.00");
  CHECK(at(w.run().of("E1").score) == "100.00");
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

TEST_CASE("any split of the people gives the same results") {
  World w = additive_world("employee_id,hire_date\nE1,2025-04-01\nE2,2020-01-01\nE3,2025-08-15\n", "1200");
  for (const char* id : {"E1", "E2", "E3"}) w.monthly(id, "rev", 2025, 1, 12, 97.3);
  const Scored s = w.run();
  std::vector<model::PersonResult> split(3);
  for (uint32_t p = 3; p-- > 0;) s.scorer->score_people(p, p + 1, split);
  for (size_t p = 0; p < 3; ++p) CHECK(split[p].exact == s.results[p].exact);
}
