#include "facts/run_results.h"

#include <random>

#include "facts/run_scores.h"
#include "frames.h"

using namespace hr;
using namespace hr::test;
using model::TableId;

namespace {

model::Definitions two_plans() {
  model::Definitions definitions;
  for (const char* id : {"first", "second"}) {
    model::Plan& plan = definitions.plans.emplace_back();
    plan.id = id;
    plan.scale = id;
  }
  for (const auto& [id, bands] : {std::pair{"first", "AB"}, {"second", "BCA"}}) {
    model::Scale& scale = definitions.scales.emplace_back();
    scale.id = id;
    for (const char* band = bands; *band != '\0'; ++band) scale.bands.emplace_back().id = std::string(1, *band);
  }
  return definitions;
}

class Random {
 public:
  uint32_t below(uint32_t n) { return static_cast<uint32_t>(engine_() % n); }
  OptionalFigure figure() {
    static constexpr int64_t kUnits[] = {1, 1'000, 10'000'000, 1'000'000'000, 100'000'000'000};
    if (below(5) == 0) return {};
    return Figure{(static_cast<int64_t>(below(2'001)) - 1'000) * kUnits[below(5)] + (below(2) != 0 ? 0 : below(1'000))};
  }

  model::PersonResult result(const model::Definitions& definitions) {
    model::PersonResult r;
    r.status = below(4) == 0 ? model::Status::not_rated : model::Status::rated;
    r.reasons = static_cast<uint8_t>(below(1U << std::size(model::kReasonNames)));
    r.flags = below(1U << std::size(model::kFlagNames)) & below(1U << std::size(model::kFlagNames));
    r.plan = below(5) == 0 ? model::kNoBand : below(2);
    const auto bands = static_cast<uint32_t>(r.plan < 2 ? definitions.scales[r.plan].bands.size() : 0);
    if (bands > 0 && below(4) != 0) r.band = below(bands);
    r.rank = below(3) == 0 ? 0 : below(1'000'000);
    for (OptionalFigure* figure :
         {&r.component[0], &r.component[1], &r.component[2], &r.component_coverage[0], &r.component_coverage[1],
          &r.component_coverage[2], &r.coverage, &r.raw_score, &r.exact, &r.score, &r.percentile})
      *figure = this->figure();
    return r;
  }

 private:
  std::mt19937 engine_{5};
};

}  // namespace

TEST_CASE("a run's row says again what it was made of") {
  auto input = first_half_2026();
  std::vector<std::string> lines{"employee_id"};
  for (int i = 100; i < 600; ++i) lines.push_back("E" + std::to_string(i));
  input.employees = {frame(TableId::employees, lines)};
  const facts::Dataset dataset = build(input);
  const model::Definitions definitions = two_plans();
  Random random;
  std::vector<model::PersonResult> results;
  for (size_t p = 0; p < dataset.people.size(); ++p) results.push_back(random.result(definitions));
  results[7].status = model::Status::not_in_cycle;  // has no row
  const facts::Frame rows = facts::RunScores(dataset, definitions, results).all(1, facts::RunResults::columns());
  results.erase(results.begin() + 7);
  REQUIRE(rows.size() == results.size());
  const facts::RunResults read(rows, definitions);
  for (size_t row = 0; row < rows.size(); ++row) {
    CAPTURE(row);
    const model::PersonResult again = read.result(row);
    const model::PersonResult& made = results[row];
    CHECK(again.status == made.status);
    CHECK(again.reasons == made.reasons);
    CHECK(again.flags == made.flags);
    CHECK(again.plan == made.plan);
    CHECK(again.band == made.band);
    CHECK(again.rank == 0);
    CHECK(again.component == made.component);
    CHECK(again.component_coverage == made.component_coverage);
    CHECK(again.coverage == made.coverage);
    CHECK(again.raw_score == made.raw_score);
    CHECK(again.exact == made.exact);
    CHECK(again.score == made.score);
    CHECK_FALSE(again.percentile.has_value());
  }
}
