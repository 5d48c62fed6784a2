// What each rule finds in small made-up facts, and what it leaves alone.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "analytics/groups.h"
#include "analytics/history.h"
#include "analytics/raters.h"
#include "analytics/repeats.h"
#include "analytics/series.h"

using namespace hr;
using namespace hr::analytics;
using doctest::Approx;
using model::CheckRule;

namespace {

constexpr DateRange kAlways{kFarPast, kFarFuture};

Period month(int m) {
  return {PeriodKind::month, *make_date(2026, m, 1)};
}

KpiRules all_rules() {
  return rules_of("sales", nullptr);
}

// Facts of one period of subjects 0, 1, 2 …, all of one group.
struct Facts {
  std::vector<double> values;
  std::vector<uint32_t> subjects, groups;
  std::vector<uint8_t> partial;
  Period period;

  Facts(int m, std::vector<double> v, uint32_t group = 0) : values(std::move(v)), period(month(m)) {
    for (uint32_t i = 0; i < values.size(); ++i) subjects.push_back(i);
    groups.assign(values.size(), group);
    partial.assign(values.size(), 0);
  }
  FactsOfPeriod view() const { return {period, subjects, values, groups, partial}; }
};

std::vector<Finding> found_in_groups(const std::vector<Facts>& periods, const KpiRules& rules = all_rules()) {
  Findings findings(rules);
  GroupChecks checks(findings, kAlways, 1);
  for (const Facts& facts : periods) checks.add(facts.view());
  checks.finish();
  keep_most_telling(findings.kept());
  return findings.kept();
}

std::vector<Finding> found_in_group(const Facts& facts, const KpiRules& rules = all_rules()) {
  return found_in_groups({facts}, rules);
}

// 21 values around 1000: deviations from it are 0, 10, 10, 20, 20 … 100, 100; their median is 50.
std::vector<double> around_1000() {
  std::vector<double> values{1000};
  for (int i = 1; i <= 10; ++i) values.insert(values.end(), {1000.0 + 10 * i + 0.01, 1000.0 - 10 * i});
  return values;
}

// Facts by subject and month; NAN = none.
struct Table {
  std::vector<std::vector<double>> rows;

  Series series(uint32_t group = facts::kNone) const {
    SeriesBuilder builder;
    for (size_t m = 0; m < rows[0].size(); ++m) {
      Facts facts(static_cast<int>(m) + 1, {}, group);
      for (uint32_t i = 0; i < rows.size(); ++i) {
        if (std::isnan(rows[i][m])) continue;
        facts.subjects.push_back(i);
        facts.values.push_back(rows[i][m]);
        facts.groups.push_back(group);
        facts.partial.push_back(0);
      }
      builder.add(facts.view());
    }
    return builder.take(0, rows.size()).at(0);
  }
};

std::vector<Finding> found_in_history(const Table& table, const KpiRules& rules = all_rules()) {
  Findings findings(rules);
  check_history(table.series(), {}, kAlways, findings);
  return findings.kept();
}

std::vector<Finding> found_repeats(const Table& table, uint32_t group = 0) {
  const KpiRules rules = all_rules();
  Findings findings(rules);
  check_repeats(table.series(group), kAlways, findings);
  return findings.kept();
}

// 40 subjects, 8 months, no value twice in a row.
Table lively() {
  Table table;
  for (uint64_t i = 0; i < 40; ++i) {
    std::vector<double> row;
    for (uint64_t m = 0; m < 8; ++m) row.push_back(1000 + static_cast<double>((i * 131 + m * 57 + i * m * 17) % 211));
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace

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

TEST_CASE("impossible: by the bounds") {
  KpiRules rules = all_rules();
  rules.min = 0;
  rules.max = 1;
  const auto found = found_in_group({1, {0.5, 1, 1.01, -0.2}}, rules);
  REQUIRE(found.size() == 2);
  CHECK(found[0].subject == 2);
  CHECK(*found[0].limit == 1);
  CHECK(found[0].severity == model::CheckSeverity::error);
  CHECK(*found[1].limit == 0);
  rules = all_rules();
  rules.integer = true;
  CHECK(found_in_group({1, {3, 3.5}}, rules).size() == 1);
}

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

TEST_CASE("stuck: the same where values hardly ever repeat") {
  Table table = lively();
  CHECK(found_repeats(table).empty());
  for (size_t m = 2; m < 8; ++m) table.rows[5][m] = 1077;
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::stuck);
  CHECK(found[0].subject == 5);
  CHECK(found[0].n == 6);
  CHECK(*found[0].other_period == month(3));
  // 40 subjects have 7 pairs each; without the run's own 5 no pair of the other 275 repeats, and nobody else has 1077
  CHECK(*found[0].chance == Approx(40 * std::pow(1.0 / 277, 5)));
  for (auto& row : table.rows) row.assign(8, row[0]);
  CHECK(found_repeats(table).empty());  // here it is usual
}

TEST_CASE("stuck: a run ends where a period is missing") {
  // Months that do not follow one another are no pairs: of seven values in a row six pairs, none of which repeats, so
  // p = (0 + 1) / (6 + 2), and even three repeats would be no finding: 2 p³ = 0.0039.
  const double none = NAN;
  Table table{{{77.7, none, 77.7, none, 77.7, none, 77.7}, {10.1, 11.2, 12.3, 13.4, 14.5, 15.6, 16.7}}};
  CHECK(found_repeats(table).empty());
  Table longer = lively();
  for (size_t m = 0; m < 8; ++m) longer.rows[5][m] = m == 3 ? none : 1077;
  const auto found = found_repeats(longer);
  REQUIRE(found.size() == 1);
  CHECK(found[0].n == 4);  // months 5 to 8; three before the gap are too few
  CHECK(*found[0].other_period == month(5));
  // 39 subjects have 7 pairs each, subject 5 has 2 before the gap, which repeat, and the run's own 3
  CHECK(*found[0].chance == Approx(40 * std::pow(3.0 / 277, 3)));
}

TEST_CASE("duplicate: one run of values of two subjects") {
  Table table = lively();
  for (size_t m = 2; m < 7; ++m) table.rows[30][m] = table.rows[3][m];
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::duplicate);
  CHECK(found[0].subject == 30);
  CHECK(*found[0].other == 3);
  CHECK(found[0].n == 5);
  CHECK(*found[0].period == month(7));
  // 40 × 39 / 2 pairs × 8 periods; each of five values has one of the 40 others in its month
  CHECK(*found[0].chance == Approx(780 * 8 * std::pow(1.0 / 40, 5)));
  CHECK(found_repeats(table, facts::kNone).empty());  // units
  for (size_t i = 0; i < 40; i += 2) table.rows[i + 1] = table.rows[i];
  CHECK(found_repeats(table).empty());  // people share this KPI
}

TEST_CASE("duplicate: a run of two subjects in which values repeat is told once, from its beginning") {
  const std::vector<std::vector<double>> runs{{1500, 1500, 1500, 1601, 1702, 1803, 1904},   // no two changes at first
                                              {1500, 1601, 1702, 1702, 1702, 1803, 1904}};  // nor here in the middle
  for (const std::vector<double>& run : runs) {
    for (const int first : {0, 1}) {
      Table table = lively();
      for (const size_t i : {size_t{3}, size_t{30}}) std::copy(run.begin(), run.end(), table.rows[i].begin() + first);
      const auto found = found_repeats(table);
      REQUIRE(found.size() == 1);
      CHECK(found[0].rule == CheckRule::duplicate);
      CHECK(found[0].subject == 30);
      CHECK(*found[0].other == 3);
      CHECK(found[0].n == 7);
      CHECK(*found[0].other_period == month(first + 1));
      // a value that repeats tells nothing new: five do
      CHECK(*found[0].chance == Approx(780 * 8 * std::pow(1.0 / 40, 5)));
    }
  }
}

TEST_CASE("duplicate: two of three subjects with one run share more of it") {
  Table table = lively();
  for (const size_t i : {size_t{11}, size_t{30}}) std::copy_n(table.rows[3].begin(), 4, table.rows[i].begin());
  CHECK(found_repeats(table).empty());  // 780 × 8 × (2/40)^4 = 0.04: three times four values may be chance
  std::copy_n(table.rows[11].begin(), 7, table.rows[30].begin());
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 1);
  CHECK(found[0].subject == 30);
  CHECK(*found[0].other == 11);
  CHECK(found[0].n == 7);
  CHECK(*found[0].chance == Approx(780 * 8 * std::pow(2.0 / 40, 4) * std::pow(1.0 / 40, 3)));
}

TEST_CASE("duplicate: three subjects with one run are two findings") {
  Table table = lively();
  for (const size_t i : {size_t{12}, size_t{30}}) table.rows[i] = table.rows[3];
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 2);
  CHECK(found[0].subject == 12);
  CHECK(*found[0].other == 3);
  CHECK(found[1].subject == 30);
  CHECK(*found[1].other == 3);
}

TEST_CASE("duplicate: the month before once more for neighbours") {
  Table table = lively();
  for (size_t i = 10; i < 25; ++i) table.rows[i][4] = table.rows[i][3];
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::duplicate);
  CHECK_FALSE(found[0].value);
  CHECK(found[0].subject == 10);
  CHECK(*found[0].other == 24);
  CHECK(*found[0].other_period == month(4));
  // 320 facts. In the other months 40 × 6 pairs, of which none repeats: 1/242 for 14 of them; subject 13's value is
  // that of subject 1, one of 40
  CHECK(*found[0].chance == Approx(320 * std::pow(1.0 / 242, 14) / 40));
}

TEST_CASE("rater: everybody the same") {
  facts::Feedback feedback;
  feedback.raters.add("r1");
  feedback.raters.add("r2");
  const auto rate = [&](uint32_t rater, int rating) {
    feedback.rater.push_back(rater);
    feedback.relation.push_back(facts::Relation::peer);
    feedback.rating.append(make_decimal(rating));
  };
  for (uint32_t person = 0; person < 10; ++person) {
    feedback.begin.push_back(static_cast<uint32_t>(feedback.rater.size()));
    rate(0, 5);
    rate(1, person % 2 == 0 ? 3 : 4);
    rate(1, 2);
  }
  feedback.begin.push_back(static_cast<uint32_t>(feedback.rater.size()));
  const KpiRules rules = rules_of("", nullptr);
  Findings findings(rules);
  check_raters(feedback, findings);
  REQUIRE(findings.kept().size() == 1);
  const Finding& f = findings.kept()[0];
  CHECK(f.subject == 0);
  CHECK(f.n == 10);
  CHECK(*f.expected == Approx(1.0 / 3));
  CHECK(*f.chance == Approx(2 * std::pow(1.0 / 3, 10)));
}

TEST_CASE("findings: the most telling of one fact, the first ones of many") {
  const KpiRules rules = all_rules();
  Findings findings(rules);
  for (const CheckRule rule : {CheckRule::outlier, CheckRule::jump, CheckRule::stuck}) {
    Finding f = findings.make(rule);
    f.period = month(1);
    f.subject = 7;
    findings.add(f);
  }
  keep_most_telling(findings.kept());
  REQUIRE(findings.kept().size() == 2);
  CHECK(findings.kept()[0].rule == CheckRule::jump);
  CHECK(findings.kept()[1].rule == CheckRule::stuck);
  NamedFinding named;
  named.finding = findings.kept()[0];
  named.subject = "unit:A";
  CHECK(named.key() == "jump:sales:2026-01:unit:A");
  for (size_t i = 0; i < Findings::kMostKept + 5; ++i) findings.add(findings.make(CheckRule::outlier));
  CHECK(findings.left_out() == 6);
}

TEST_CASE("thresholds: an entry for the KPI goes before one for all") {
  model::Definitions definitions;
  definitions.checks.resize(2);
  definitions.checks[0].rule = CheckRule::jump;
  definitions.checks[0].kpis = {"sales"};
  definitions.checks[0].limit = make_decimal(10);
  definitions.checks[1].rule = CheckRule::jump;
  definitions.checks[1].limit = make_decimal(9);
  definitions.checks[1].severity = model::CheckSeverity::ignore;
  CHECK(rules_of("sales", &definitions).of(CheckRule::jump).limit == 10);
  CHECK_FALSE(rules_of("sales", &definitions).looks(CheckRule::jump));
  CHECK(rules_of("other", &definitions).of(CheckRule::jump).limit == 9);
  CHECK(rules_of("other", nullptr).of(CheckRule::jump).limit == 8);
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
