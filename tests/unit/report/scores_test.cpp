#include "../facts/frames.h"
#include "cells.h"
#include "facts/run_scores.h"

using namespace hr;
using namespace hr::test;
using model::TableId;

namespace {

const report::RunHeader kHeader{3, "2026H1", "2026-06-30", "2026-07-01T08:00:00Z", false};

struct Run {
  model::Definitions definitions;
  facts::Frame scores;
};

// Li 90.5 in the north, Wu 80.25 and Xi 80.25 in the south, Yu not rated.
Run small_run(const std::string& rank_by) {
  Run run;
  auto input = first_half_2026();
  input.employees = {frame(TableId::employees,
                           {"employee_id,name,region", "E1,Li,north", "E2,Wu,south", "E3,Xi,south", "E4,Yu,south"})};
  run.definitions.plans.emplace_back();
  run.definitions.plans[0].id = "p";
  run.definitions.plans[0].scale = "s";
  run.definitions.plans[0].rank_by = rank_by;
  run.definitions.scales.emplace_back();
  run.definitions.scales[0].id = "s";
  run.definitions.scales[0].bands.emplace_back();
  run.definitions.scales[0].bands[0].id = "A";
  run.definitions.scales[0].bands[0].name = {"Great", "优秀"};
  std::vector<model::PersonResult> results(4);
  const int64_t nano[] = {90'500'000'000, 80'250'000'000, 80'250'000'000};
  for (size_t i = 0; i < 3; ++i) {
    results[i].status = model::Status::rated;
    results[i].score = results[i].exact = results[i].raw_score = Figure{nano[i]};
    results[i].band = 0;
    results[i].coverage = make_figure(100);
  }
  results[0].rank = 1;
  results[1].rank = results[2].rank = rank_by.empty() ? 2 : 1;
  results[3].status = model::Status::not_rated;
  results[3].coverage = make_figure(0);
  results[3].set(model::Reason::no_data);
  results[3].set(model::Reason::coverage);
  const facts::Dataset dataset = build(input);
  run.scores = facts::RunScores(dataset, run.definitions, results).all(1);
  return run;
}

}  // namespace

TEST_CASE("the scores report has the public columns with the score at the plan's decimals") {
  const Run run = small_run("");
  const auto t = report::scores(run.scores, kHeader, run.definitions);
  CHECK(t.schema == "hrctl.scores/v1");
  CHECK(keys(t) == Lines{"employee_id", "name",       "org_unit",    "score",       "band",      "coverage",
                         "status",      "reasons",    "rank",        "percentile",  "kpi",       "okr",
                         "feedback",    "raw_score",  "score_exact", "flags",       "job",       "grade",
                         "region",      "manager_id", "plan",        "coefficient", "rank_group"});
  CHECK(lines(t, {"employee_id", "score", "score_exact", "band", "coverage", "status", "reasons", "rank", "flags",
                  "region"}) == Lines{"E1 90.50 90.5 A 100 rated  1  north", "E2 80.25 80.25 A 100 rated  2  south",
                                      "E3 80.25 80.25 A 100 rated  2  south",
                                      "E4 - - - 0 not_rated coverage;no_data -  south"});
  REQUIRE(t.find("band")->labels.size() == 1);
  CHECK(t.find("band")->labels[0].second.zh == "A 优秀");  // the id is what --where takes
  CHECK(t.facts == std::vector<std::pair<std::string, std::string>>{{"run", "3"},
                                                                    {"cycle", "2026H1"},
                                                                    {"as_of", "2026-06-30"},
                                                                    {"known", "2026-07-01T08:00:00Z"},
                                                                    {"interim", "false"}});
  CHECK(t.notes.empty());
}

TEST_CASE("a run that is not stored has no number and an interim one says so") {
  const Run run = small_run("");
  const auto t = report::scores(run.scores, {0, "2026H1", "2026-03-31", "", true}, run.definitions);
  CHECK(t.facts[0].second.empty());
  CHECK(t.facts[4].second == "true");
  REQUIRE(t.notes.size() == 1);
  CHECK(t.notes[0].en.find("2026-03-31") != std::string::npos);
}

TEST_CASE("the ranking has the rated people best first") {
  const Run run = small_run("");
  const auto t = report::ranking(run.scores, kHeader, run.definitions);
  CHECK(lines(t, {"rank", "employee_id", "score"}) == Lines{"1 E1 90.50", "2 E2 80.25", "2 E3 80.25"});
  CHECK(t.find("rank_group")->show == table::Show::programs);
  REQUIRE(t.notes.size() == 1);
  CHECK(t.notes[0].en == "not rated and so without a rank: 1");
}

TEST_CASE("a ranking within groups keeps groups together") {
  const Run run = small_run("region");
  const auto t = report::ranking(run.scores, kHeader, run.definitions);
  CHECK(lines(t, {"rank_group", "rank", "employee_id"}) == Lines{"north 1 E1", "south 1 E2", "south 1 E3"});
  CHECK(t.find("rank_group")->show == table::Show::main);
}
