#include "facts/run_scores.h"

#include "frames.h"

using namespace hr;
using namespace hr::test;
using model::TableId;

namespace {

model::Definitions one_plan() {
  model::Definitions definitions;
  model::Plan plan;
  plan.id = "standard";
  plan.scale = "ab";
  plan.decimals = 1;
  plan.rank_by = "unit_level_1";
  definitions.plans = {plan};
  model::Scale scale;
  scale.id = "ab";
  scale.bands.resize(2);
  scale.bands[0].id = "A";
  scale.bands[0].coefficient = Decimal{12, 1};
  scale.bands[1].id = "B";
  definitions.scales = {scale};
  return definitions;
}

facts::Frame all_rows(const facts::Dataset& d, std::span<const model::PersonResult> results) {
  const model::Definitions definitions = one_plan();
  return facts::RunScores(d, definitions, results).all(1);
}

}  // namespace

TEST_CASE("a run lists who has a day in the cycle with the attributes of the last spell in it") {
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees, {"employee_id,name", "E1,Li", "E2,Wu", "E3,Xi"})};
  input.assignments = {
      frame(TableId::assignments,
            {"employee_id,from,to,org_unit,job", "E1,2026-01-01,2026-05-31,U,Rep", "E1,2026-06-01,2026-06-30,V,Lead",
             "E1,2026-07-01,,W,Boss", "E2,2026-01-01,2026-02-28,U,Rep", "E3,2027-01-01,,U,Rep"})};
  input.org_units = {frame(TableId::org_units, {"org_unit,parent", "T,", "U,T", "V,T", "W,T"})};
  const auto d = build(input);
  std::vector<model::PersonResult> results(3);
  results[0].status = model::Status::rated;
  results[0].band = 0;
  results[0].rank = 1;
  results[0].component[1] = Figure{70'500'000'000};
  results[0].component_coverage[1] = make_figure(100);
  results[0].coverage = make_figure(40);
  results[0].score = Figure{70'500'000'000};
  results[0].set(model::Flag::reweighted);
  results[0].set(model::Flag::missed);
  results[1].status = model::Status::not_rated;
  results[1].plan = model::kNoBand;
  results[1].set(model::Reason::not_eligible);
  const auto f = all_rows(d, results);
  REQUIRE(f.size() == 2);
  const auto cell = [&](const char* name, size_t row) {
    REQUIRE(f.find(name) != nullptr);
    REQUIRE(f.find(name)->size() == 2);
    return facts::cell_text(*f.find(name), row);
  };
  CHECK(cell("employee_id", 0) == "E1");
  CHECK(cell("name", 0) == "Li");
  CHECK(cell("org_unit", 0) == "V");
  CHECK(cell("job", 0) == "Lead");
  CHECK(cell("plan", 0) == "standard");
  CHECK(cell("scale", 0) == "ab");
  CHECK(cell("status", 0) == "rated");
  CHECK(cell("flags", 0) == "missed;reweighted");
  CHECK(cell("kpi", 0) == "");
  CHECK(cell("okr", 0) == "70.5");
  CHECK(cell("okr_coverage", 0) == "100");
  CHECK(cell("coverage", 0) == "40");
  CHECK(cell("score", 0) == "70.5");
  CHECK(cell("band", 0) == "A");
  CHECK(cell("coefficient", 0) == "1.2");
  CHECK(cell("rank", 0) == "1");
  CHECK(cell("decimals", 0) == "1");
  CHECK(cell("rank_group", 0) == "T");
  CHECK(cell("status", 1) == "not_rated");
  CHECK(cell("reasons", 1) == "not_eligible");
  CHECK(cell("org_unit", 1) == "U");
  CHECK(cell("plan", 1) == "");
  CHECK(cell("score", 1) == "");
  CHECK(cell("band", 1) == "");
  CHECK(cell("rank_group", 1) == "");
}

TEST_CASE("before the end of the cycle the last spell is that of the day") {
  auto input = first_half_2026();
  input.as_of = day("2026-05-31");
  input.assignments = {
      frame(TableId::assignments, {"employee_id,from,org_unit", "E1,2026-01-01,U", "E1,2026-06-01,V"})};
  const auto d = build(input);
  std::vector<model::PersonResult> results(1);
  results[0].status = model::Status::rated;
  const auto f = all_rows(d, results);
  CHECK(facts::cell_text(*f.find("org_unit"), 0) == "U");
}

TEST_CASE("any part of a run's rows and columns is that part of all of them") {
  constexpr uint32_t kPeople = 20'000;  // more than a thread fills at once
  auto input = first_half_2026();
  std::vector<std::string> lines{"employee_id,name,org_unit"};
  for (uint32_t p = 0; p < kPeople; ++p) {
    const std::string number = std::to_string(10'000 + p);
    lines.push_back("E" + number + ",N" + number + (p % 3 == 0 ? ",U" : ",V"));
  }
  input.employees = {frame(TableId::employees, lines)};
  const auto d = build(input);
  const model::Definitions definitions = one_plan();
  std::vector<model::PersonResult> results(kPeople);
  for (uint32_t p = 0; p < kPeople; ++p) {
    if (p % 7 == 0) continue;  // is not listed
    results[p].status = p % 11 == 0 ? model::Status::not_rated : model::Status::rated;
    results[p].band = p % 2;
    results[p].score = Figure{int64_t{p} * 1'234'567};
    if (p % 5 == 0) results[p].set(model::Flag::missed);
  }
  const facts::RunScores scores(d, definitions, results, 3);
  const facts::Frame all = scores.all(3);
  REQUIRE(scores.size() == kPeople - 2'858);
  for (size_t row = 0; row < all.size(); ++row) {  // of seven people the first is not listed
    const std::string id = "E" + std::to_string(10'001 + row / 6 * 7 + row % 6);
    if (facts::cell_text(*all.find("employee_id"), row) != id) CHECK(row == all.size());
  }
  CHECK(scores.rated() == kPeople - 2'858 - 1'559);
  REQUIRE(all.size() == scores.size());
  const std::vector<std::string_view> wanted{"score", "employee_id", "band"};
  for (const auto& [begin, end] : {std::pair<size_t, size_t>{0, 0},
                                   {0, 1},
                                   {1'000, 2'100},
                                   {2'141, 2'142},
                                   {16'000, 16'900},
                                   {0, scores.size()}}) {
    const facts::Frame some = scores.rows(begin, end);
    const facts::Frame few = scores.rows(begin, end, wanted);
    REQUIRE(some.columns.size() == all.columns.size());
    REQUIRE(few.columns.size() == wanted.size());
    for (size_t row = begin; row < end; row += 13) {
      CHECK(some.rows[row - begin] == row + 1);
      for (size_t c = 0; c < all.columns.size(); ++c)
        CHECK(facts::cell_text(some.columns[c], row - begin) == facts::cell_text(all.columns[c], row));
      for (const facts::Column& column : few.columns)
        CHECK(facts::cell_text(column, row - begin) == facts::cell_text(*all.find(column.name), row));
    }
  }
  CHECK(facts::cell_text(*scores.of_person(8).find("employee_id"), 0) == "E10008");
  CHECK(scores.of_person(7).size() == 0);
  CHECK(scores.of_person(kPeople).size() == 0);
}
