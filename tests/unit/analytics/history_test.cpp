// What stands out beside the own past: another sign, another power of ten, a jump.
#include "made_up_facts.h"

namespace hr::analytics {

TEST_CASE("history: ten times as much, the other sign, a jump") {
  const std::vector<double> usual{100.5, 110, 90, 100, 105, 95, 102, 98};
  Table table{{usual, usual, usual, usual}};
  table.rows[0][6] = 1020;
  table.rows[1][3] = -100;
  table.rows[2][5] = 480;
  const auto found = found_in_history(table);
  REQUIRE(found.size() == 3);
  CHECK(found[0].rule == CheckRule::magnitude);
  CHECK(found[0].power == 1);
  CHECK(*found[0].period == month(7));
  CHECK(*found[0].expected == Approx(100.25));  // the middle of 100 and 100.5
  CHECK(found[0].n == 7);
  CHECK(found[1].rule == CheckRule::sign);
  CHECK(found[1].subject == 1);
  CHECK(found[2].rule == CheckRule::jump);
  CHECK(*found[2].value == 480);
}

TEST_CASE("history: what moves with everybody's is no jump") {
  Table table;
  const KpiRules rules = all_rules();
  Findings of_groups(rules);
  GroupChecks checks(of_groups, kAlways, 1);
  SeriesBuilder builder;
  for (int m = 1; m <= 8; ++m) {
    std::vector<double> values;
    for (int i = 0; i < 6; ++i) values.push_back((m == 8 ? 10 : 1) * (100.0 + 3 * i + (i * m) % 5 + 0.25));
    const Facts facts(m, values);
    checks.add(facts.view());
    builder.add(facts.view());
  }
  const GroupMedians medians = checks.finish();
  const Series series = builder.take(0, 6).at(0);
  Findings alone(rules);
  check_history(series, {}, kAlways, alone);
  CHECK(alone.kept().size() == 6);
  Findings together(rules);
  check_history(series, medians, kAlways, together);
  CHECK(together.kept().empty());
}

TEST_CASE("history: too short to say") {
  const Table table{{{100.5, 110, 480}, {101.5, 99, 104}}};
  CHECK(found_in_history(table).empty());
}

TEST_CASE("history: a limit below what is suspicious otherwise") {
  const Table table{{{90.5, 95, 98, 100, 102, 105, 113}}};
  KpiRules rules = all_rules();
  CHECK(found_in_history(table, rules).empty());
  rules.thresholds[static_cast<size_t>(CheckRule::jump)].limit = 1.5;
  const auto found = found_in_history(table, rules);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::jump);
  CHECK(*found[0].value == 113);
  // the median is 100, the middle one of |ln x/100| is ln 1.05; 90.5 lies −9.5 / (1.4826 × 5) = −1.28 off
  CHECK(*found[0].deviation == Approx(std::log(1.13) / (1.4826 * std::log(1.05))));
}

TEST_CASE("history: a value that does not count itself has all counted ones as others") {
  const auto found = found_in_history({{{100.5, 98.25, 104, -100}}});  // sign wants three other periods
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::sign);
  CHECK(found[0].n == 3);
  CHECK(found_in_history({{{100.5, 98.25, -100}}}).empty());
}

}  // namespace hr::analytics
