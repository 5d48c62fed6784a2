// Too many round numbers.
#include <algorithm>

#include "made_up_facts.h"

namespace hr::analytics {

TEST_CASE("heaping: round numbers where others have none") {
  const KpiRules rules = all_rules();
  Findings findings(rules);
  GroupChecks checks(findings, kAlways, 1);
  std::vector<double> free;
  std::vector<double> round;
  for (int i = 0; i < 40; ++i) {
    free.push_back(500 + 13 * i);
    round.push_back(i < 28 ? 500 + 10 * i : 501 + 13 * i);  // 28 multiples of 10, and 3 by chance
  }
  checks.add(Facts(1, free).view());
  checks.add(Facts(2, round).view());
  checks.finish();
  REQUIRE(findings.kept().size() == 1);
  const Finding& f = findings.kept()[0];
  CHECK(f.rule == CheckRule::heaping);
  CHECK(*f.period == month(2));
  CHECK(f.group == 0);
  CHECK(*f.scale == 10);
  CHECK(*f.expected == Approx(0.1));
  CHECK(f.n == 40);
  // 29 of 40 where 4 would be: exp(−40 (0.725 ln 7.25 + 0.275 ln (0.275 / 0.9))) × 2 groups
  CHECK(*f.value == Approx(0.725));
  CHECK(*f.chance == Approx(2 * std::exp(-40 * (0.725 * 1.9810015 - 0.275 * 1.1856237))));
}

TEST_CASE("heaping: what has more than four decimals does not end in zeros") {
  std::vector<double> free;
  std::vector<double> nearly_round;
  std::vector<double> round;
  for (int i = 0; i < 40; ++i) {
    free.push_back(500 + 13 * i);
    nearly_round.push_back(i < 20 ? 501 + 13 * i : 100.00004 + 10 * i);
    round.push_back(i < 28 ? 500 + 10 * i : 501 + 13 * i);
  }
  round.push_back(123.456789);
  CHECK(found_in_groups({{1, free}, {2, nearly_round}}).empty());
  const auto found = found_in_groups({{1, free}, {2, round}});
  REQUIRE(found.size() == 1);
  CHECK(found[0].n == 40);  // 123.456789 is not counted
}

TEST_CASE("heaping: people of a job who always choose round numbers are as usual") {
  const KpiRules rules = all_rules();
  for (const DateRange told : {kAlways, month(3).range()}) {  // what is not told of counts as well
    Findings findings(rules);
    GroupChecks checks(findings, told, 2);
    for (int m = 1; m <= 3; ++m) {
      std::vector<double> values;
      for (int i = 0; i < 40; ++i) values.push_back(500 + 13 * i);                          // 4 multiples of 10
      for (int i = 0; i < 40; ++i) values.push_back(i < 28 ? 500 + 10 * i : 501 + 13 * i);  // 29
      Facts facts(m, values);
      std::fill(facts.groups.begin() + 40, facts.groups.end(), 1);
      checks.add(facts.view());
    }
    checks.finish();
    // Beside all others alone each month would be told: of 200 values 70 are round, and chance would make 29 of 40 at
    // most exp(−40 (0.725 ln (0.725 / 0.35) + 0.275 ln (0.275 / 0.65))) = 9e-6 times.
    CHECK(findings.kept().empty());
  }
}

}  // namespace hr::analytics
