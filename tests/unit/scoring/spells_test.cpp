// Spells: transfers, rehires, facts that lie over several. Days were counted with `date -d`.
#include <doctest/doctest.h>

#include "unit/scoring/world.h"

using namespace world;

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
