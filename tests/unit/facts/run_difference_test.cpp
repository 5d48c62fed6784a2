// Two runs split by cause. Expected figures by hand.
#include "facts/run_difference.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hr;
using facts::Cause;

namespace {

struct Row {
  std::string employee, status, band;
  std::optional<Decimal> score, coefficient;
};

// A frame as RunScores gives it, with what matters here filled.
facts::Frame scores(const std::vector<Row>& rows) {
  facts::Frame frame;
  for (const char* name : {"employee_id", "name", "plan", "status", "reasons", "flags", "band"})
    frame.columns.emplace_back().name = name;
  for (const char* name :
       {"kpi", "okr", "feedback", "coverage", "score_exact", "score", "coefficient", "rank", "percentile"}) {
    frame.columns.emplace_back().name = name;
    frame.columns.back().storage = facts::Storage::decimal;
  }
  for (const Row& row : rows) {
    for (facts::Column& c : frame.columns) {
      const bool figure = c.storage == facts::Storage::decimal;
      const auto value = c.name == "score" || c.name == "score_exact" ? row.score
                         : c.name == "coefficient"                    ? row.coefficient
                                                                      : std::optional<Decimal>{};
      const std::string text = c.name == "employee_id" ? row.employee
                               : c.name == "status"    ? row.status
                               : c.name == "band"      ? row.band
                                                       : std::string();
      if (figure && value)
        c.append(*value);
      else if (figure || text.empty())
        c.append_missing();
      else
        c.append(text);
    }
    frame.rows.push_back(static_cast<uint32_t>(frame.rows.size()) + 1);
  }
  return frame;
}

facts::Frame one(const char* band, int64_t score, int64_t tenths) {
  return scores({{"E1", "rated", band, make_decimal(score), make_decimal(tenths, 1)}});
}

std::optional<Decimal> part(const facts::Parts& parts, Cause cause) {
  return parts[static_cast<size_t>(cause)];
}

}  // namespace

TEST_CASE("each step's change is its cause's part, and the parts add up") {
  const facts::Frame before = one("B", 80, 10);
  const facts::Frame data = one("A", 91, 12);
  const facts::Frame definition = one("A", 91, 12);
  const facts::Frame policy = one("B", 85, 10);
  const facts::Frame after = one("C", 70, 8);
  const auto d = facts::difference_of(before, after, {&before, &data, &definition, &policy, &after});
  REQUIRE(d.people.size() == 1);
  const facts::PersonDifference& p = d.people[0];
  CHECK(p.score == make_decimal(-10));
  CHECK(part(p.score_parts, Cause::data) == make_decimal(11));
  CHECK(part(p.score_parts, Cause::definition) == make_decimal(0));
  CHECK(part(p.score_parts, Cause::policy) == make_decimal(-6));
  CHECK(part(p.score_parts, Cause::organisation) == make_decimal(-15));
  CHECK(part(p.score_parts, Cause::calibration) == make_decimal(0));
  CHECK(part(p.coefficient_parts, Cause::data) == make_decimal(2, 1));
  CHECK(part(p.coefficient_parts, Cause::organisation) == make_decimal(-2, 1));
  CHECK(p.coefficient == make_decimal(-2, 1));
  CHECK(p.has(Cause::data));
  CHECK_FALSE(p.has(Cause::definition));
  CHECK(p.has(Cause::organisation));
  CHECK_FALSE(p.has(Cause::calibration));
}

TEST_CASE("calibration is what the steps leave of the coefficient") {
  const facts::Frame scored_before = one("B", 80, 10);
  const facts::Frame scored_after = one("B", 82, 10);
  const facts::Frame before = one("C", 80, 8);  // moved down
  const facts::Frame after = one("A", 82, 12);  // moved up
  const auto d =
      facts::difference_of(before, after, {&scored_before, &scored_after, &scored_after, &scored_after, &scored_after});
  REQUIRE(d.people.size() == 1);
  CHECK(part(d.people[0].score_parts, Cause::data) == make_decimal(2));
  CHECK(part(d.people[0].score_parts, Cause::calibration) == make_decimal(0));
  CHECK(part(d.people[0].coefficient_parts, Cause::data) == make_decimal(0));
  CHECK(part(d.people[0].coefficient_parts, Cause::calibration) == make_decimal(4, 1));
  CHECK(d.people[0].has(Cause::calibration));
}

TEST_CASE("a step that cannot be scored counts with the next that can") {
  const facts::Frame before = one("B", 80, 10);
  const facts::Frame policy = one("B", 86, 10);
  const auto d = facts::difference_of(before, policy, {&before, &before, nullptr, &policy, &policy});
  REQUIRE(d.people.size() == 1);
  CHECK(d.merged == 1U << static_cast<unsigned>(Cause::definition));
  CHECK(part(d.people[0].score_parts, Cause::definition) == make_decimal(0));
  CHECK(part(d.people[0].score_parts, Cause::policy) == make_decimal(6));
}

TEST_CASE("without a score on one side there is no whole and there are no parts") {
  const facts::Frame before = scores({{"E1", "not_rated", "", std::nullopt, std::nullopt}});
  const facts::Frame after = one("A", 91, 12);
  const auto d = facts::difference_of(before, after, {&before, &after, &after, &after, &after});
  REQUIRE(d.people.size() == 1);
  CHECK_FALSE(d.people[0].score.has_value());
  CHECK_FALSE(part(d.people[0].score_parts, Cause::data).has_value());
  CHECK(d.people[0].has(Cause::data));
}

TEST_CASE("not rated on the way: what follows counts where somebody is rated again") {
  const facts::Frame before = one("B", 80, 10);
  const facts::Frame none = scores({{"E1", "not_rated", "", std::nullopt, std::nullopt}});
  const facts::Frame after = one("B", 83, 10);
  const auto d = facts::difference_of(before, after, {&before, &none, &after, &after, &after});
  REQUIRE(d.people.size() == 1);
  CHECK(part(d.people[0].score_parts, Cause::data) == make_decimal(0));
  CHECK(part(d.people[0].score_parts, Cause::definition) == make_decimal(3));
}

TEST_CASE("people of one run only, of both, and of whom the rank alone moved") {
  facts::Frame before = scores(
      {{"E1", "rated", "B", make_decimal(80), std::nullopt}, {"E2", "rated", "B", make_decimal(70), std::nullopt}});
  facts::Frame after = scores(
      {{"E2", "rated", "B", make_decimal(70), std::nullopt}, {"E3", "rated", "B", make_decimal(60), std::nullopt}});
  after.find("rank")->decimals[0] = make_decimal(1);
  before.find("rank")->decimals[1] = make_decimal(2);
  const auto d = facts::difference_of(before, after, {&before, &before, &before, &before, &after});
  CHECK(d.compared == 3);
  CHECK(d.rank_only == 1);
  REQUIRE(d.people.size() == 2);
  CHECK(d.people[0].employee == "E1");
  CHECK_FALSE(d.people[0].after.listed);
  CHECK(d.people[1].employee == "E3");
  CHECK_FALSE(d.people[1].before.listed);
  CHECK(d.people[1].has(Cause::organisation));
}
