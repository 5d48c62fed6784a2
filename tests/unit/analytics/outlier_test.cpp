// What stands out among people of one job, and what does not.
#include "made_up_facts.h"

namespace hr::analytics {

TEST_CASE("outlier: among people of one job") {
  auto values = around_1000();
  values.push_back(1700);
  const auto found = found_in_group({1, values});
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::outlier);
  CHECK(found[0].subject == 21);
  CHECK(found[0].n == 22);
  CHECK(*found[0].expected == Approx(1005.005));  // the middle of 1000 and 1010.01
  CHECK(*found[0].deviation == Approx(6.47132));  // by Python's statistics.median and math.log
  values.resize(15);
  values.push_back(1700);
  CHECK(found_in_group({1, values}).empty());  // too few to say
}

TEST_CASE("outlier: less in a month that somebody was there for a part of") {
  auto values = around_1000();
  values.push_back(200);
  Facts facts(1, values);
  CHECK(found_in_group(facts).size() == 1);
  facts.partial[21] = 1;
  KpiRules rules = all_rules();
  CHECK(found_in_group(facts, rules).size() == 1);
  rules.additive = true;
  CHECK(found_in_group(facts, rules).empty());
}

TEST_CASE("magnitude: ten thousand times as much as people of the job") {
  auto values = around_1000();
  values.push_back(10'200'000);
  const auto found = found_in_group({1, values});
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::magnitude);
  CHECK(found[0].power == 4);
}

TEST_CASE("outlier: not of somebody who is always so, nor of less where somebody came or went") {
  KpiRules rules = all_rules();
  rules.additive = true;
  Findings findings(rules);
  GroupChecks checks(findings, kAlways, 1);
  SeriesBuilder builder;
  for (int m = 1; m <= 6; ++m) {
    auto values = around_1000();
    for (double& value : values) value += m;
    values.push_back(2000 + 3 * m);                        // always
    values.push_back(m == 4 ? 2000 : 1000 - m);            // once
    if (m <= 5) values.push_back(m == 5 ? 200 : 990 + m);  // left in the fifth month
    const Facts facts(m, values);
    checks.add(facts.view());
    builder.add(facts.view());
  }
  const GroupMedians medians = checks.finish();
  CHECK(findings.kept().size() == 6 + 1 + 1);
  check_history(builder.take(0, 24).at(0), medians, kAlways, findings);
  keep_most_telling(findings.kept());
  REQUIRE(findings.kept().size() == 1);
  CHECK(findings.kept()[0].subject == 22);
  CHECK(*findings.kept()[0].period == month(4));
}

TEST_CASE("outlier: somebody without other periods is not excused by them") {
  const KpiRules rules = all_rules();
  Findings findings(rules);
  GroupChecks checks(findings, kAlways, 1);
  SeriesBuilder builder;
  auto values = around_1000();
  values.push_back(1700);
  const Facts facts(1, values);
  checks.add(facts.view());
  builder.add(facts.view());
  const GroupMedians medians = checks.finish();
  check_history(builder.take(0, 22).at(0), medians, kAlways, findings);
  REQUIRE(findings.kept().size() == 1);
  CHECK(findings.kept()[0].subject == 21);
}

}  // namespace hr::analytics
