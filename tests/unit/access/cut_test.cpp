// Of every figure whether it goes with the field that it belongs to, and with no other. Who sees whom:
// tests/policy/access.yaml.
#include "access/cut.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace hr;
using access::Sight;
using model::AccessField;
using model::AccessFields;

namespace {

AccessFields only(AccessField field) {
  return model::fields_of({field});
}

// Rows of E1, E2 and E3 with something in every column.
facts::Frame run_rows() {
  facts::Frame frame;
  for (const char* name : {"employee_id", "name", "org_unit", "status", "reasons", "flags", "band", "rank_group"}) {
    facts::Column& column = frame.columns.emplace_back();
    column.name = name;
    for (const char* id : {"E1", "E2", "E3"}) column.append(std::string_view(id));
  }
  for (const char* name : {"kpi", "okr", "feedback", "kpi_coverage", "okr_coverage", "feedback_coverage", "coverage",
                           "raw_score", "score_exact", "score", "coefficient", "rank", "percentile", "decimals"}) {
    facts::Column& column = frame.columns.emplace_back();
    column.name = name;
    column.storage = facts::Storage::decimal;
    for (int i = 1; i <= 3; ++i) column.append(make_decimal(i));
  }
  frame.rows = {1, 2, 3};
  return frame;
}

// Names of the columns in which a row has nothing.
std::string missing(const facts::Frame& frame, size_t row) {
  std::string names;
  for (const facts::Column& column : frame.columns) {
    if (column.missing(row)) names += column.name + " ";
  }
  return names;
}

std::string nodes(const model::Derivation& d) {
  std::string text = d.node + "=" + d.value + (d.rule == "cut" ? "!" : "") + " ";
  for (const model::Derivation& part : d.parts) text += nodes(part);
  return text;
}

model::Derivation step(const char* node, const char* value, std::vector<model::Derivation> parts = {}) {
  model::Derivation d;
  d.node = node;
  d.rule = "said";
  d.value = value;
  d.parts = std::move(parts);
  return d;
}

model::Derivation tree() {
  return step("score", "1",
              {step("service", "180", {step("service/leave/2026-01-01", "")}),
               step("components", "",
                    {step("kpi@1", "2", {step("kpi@1/revenue", "3")}), step("okr", "4", {step("okr/o-a", "5")}),
                     step("feedback", "6", {step("feedback/peer", "7")})}),
               step("coverage", "8", {step("coverage/kpi", "9")}), step("raw", "10"),
               step("adjustments", "11", {step("adjustments/patent", "12")}), step("limits", "13"),
               step("vetoes", "14", {step("vetoes/accident", "15")}), step("rounding", "16"), step("band", "B"),
               step("rank", "17"), step("distribution", "A"), step("calibration", "C")});
}

std::string nodes_for(std::initializer_list<AccessField> fields) {
  return nodes(access::cut_derivation(tree(), model::fields_of(fields)));
}

}  // namespace

TEST_CASE("each figure of a run is seen with its field, and who it is with any") {
  const struct {
    AccessField field;
    const char* seen;  // of those below
  } kSeen[] = {{AccessField::score, "raw_score score_exact score rank percentile "},
               {AccessField::band, "band coefficient "},
               {AccessField::kpi, "kpi "},
               {AccessField::okr, "okr "},
               {AccessField::feedback, "feedback "},
               {AccessField::coverage, "kpi_coverage okr_coverage feedback_coverage coverage "},
               {AccessField::reasons, "reasons flags "},
               {AccessField::recognitions, ""},
               {AccessField::pay, ""}};
  const std::string all =
      "reasons flags band kpi okr feedback kpi_coverage okr_coverage feedback_coverage coverage raw_score score_exact "
      "score coefficient rank percentile ";
  for (const auto& one : kSeen) {
    Sight sight;
    sight.people["E2"] = only(one.field);
    const facts::Frame cut = access::cut_scores(run_rows(), sight);
    REQUIRE(cut.size() == 1);
    CHECK(cut.find("employee_id")->text(0) == "E2");
    CHECK(cut.rows == std::vector<uint32_t>{2});
    std::string hidden = all;
    for (std::string_view left = one.seen; !left.empty(); left.remove_prefix(left.find(' ') + 1)) {
      const std::string name = std::string(left.substr(0, left.find(' ') + 1));
      const size_t at = hidden.rfind(name, 0) == 0 ? 0 : hidden.find(" " + name) + 1;
      hidden.erase(at, name.size());
    }
    CHECK(missing(cut, 0) == hidden);
  }
}

TEST_CASE("what is seen of everybody and of some adds up, person by person") {
  Sight sight;
  sight.everybody = only(AccessField::band);
  sight.people["E3"] = only(AccessField::score);
  const facts::Frame cut = access::cut_scores(run_rows(), sight);
  REQUIRE(cut.size() == 3);
  CHECK(cut.find("score")->missing(0));
  CHECK_FALSE(cut.find("score")->missing(2));
  CHECK_FALSE(cut.find("band")->missing(0));
  CHECK_FALSE(cut.find("band")->missing(2));
  CHECK(sight.of("nobody has heard of") == only(AccessField::band));
}

TEST_CASE("results are left of people of whom all that is needed is seen") {
  const std::vector<uint32_t> codes{0, 1, 2};
  facts::SharedDictionary texts;
  for (const char* id : {"E1", "E2", "E3"}) texts.add(id);
  facts::People people;
  people.id = facts::make_ids(codes, texts);
  std::vector<model::PersonResult> results(3);
  for (model::PersonResult& r : results) {
    r.status = model::Status::rated;
    r.score = r.exact = r.raw_score = r.percentile = r.coverage = snap(50);
    for (auto& component : r.component) component = snap(60);
    r.band = 1;
    r.rank = 1;
    r.flags = r.reasons = 1;
  }
  Sight sight;
  sight.people["E1"] = only(AccessField::score);
  sight.people["E2"] = only(AccessField::kpi);
  access::cut_results(people, sight, only(AccessField::score), results);
  CHECK(results[0].status == model::Status::rated);
  CHECK(results[0].score == snap(50));
  CHECK(results[0].rank == 1);
  CHECK(results[0].band == model::kNoBand);
  CHECK(results[0].flags == 0);
  CHECK(results[0].reasons == 0);
  CHECK_FALSE(results[0].coverage);
  for (const auto& component : results[0].component) CHECK_FALSE(component);
  CHECK(results[1].status == model::Status::not_in_cycle);
  CHECK_FALSE(results[1].component[0]);
  CHECK(results[2].status == model::Status::not_in_cycle);
}

TEST_CASE("each step of a derivation is seen with its field, and sentences that say other figures are cut") {
  CHECK(nodes_for({AccessField::recognitions}) == "score= components= ");
  CHECK(nodes_for({AccessField::kpi}) == "score= components= kpi@1=2 kpi@1/revenue=3 ");
  CHECK(nodes_for({AccessField::okr}) == "score= components= okr=4 okr/o-a=5 ");
  CHECK(nodes_for({AccessField::feedback}) == "score= components= feedback=6 feedback/peer=7 ");
  CHECK(nodes_for({AccessField::coverage}) == "score= components= coverage=8 coverage/kpi=9 ");
  CHECK(nodes_for({AccessField::reasons}) == "score= service=180 service/leave/2026-01-01= components= ");
  CHECK(nodes_for({AccessField::band}) == "score= components= band=B! distribution=A! calibration=C ");
  CHECK(nodes_for({AccessField::score}) ==
        "score=1 components= raw=10! adjustments=11 adjustments/patent=12! limits=13 rounding=16 rank=17 ");
  CHECK(nodes_for({AccessField::score, AccessField::band}) ==
        "score=1 components= raw=10! adjustments=11 adjustments/patent=12! limits=13 vetoes=14 vetoes/accident=15! "
        "rounding=16 band=B rank=17 distribution=A calibration=C ");
  CHECK(nodes(access::cut_derivation(tree(), model::kAllButPay)) == nodes(tree()));
}

TEST_CASE("a step that nobody has told of is for those who see all") {
  const model::Derivation odd = step("score", "1", {step("bonus", "2")});
  CHECK(nodes(access::cut_derivation(odd, model::fields_of({AccessField::score}))) == "score=1 ");
  CHECK(nodes(access::cut_derivation(odd, model::kAllButPay)) == "score=1 bonus=2 ");
}

TEST_CASE("how an OKR came to count names raw scores: without the score it names none") {
  model::Derivation okr = step("okr", "40");
  okr.rule = "okr-component-raises";
  okr.args = {"0.4", "81", "80"};
  const model::Derivation cut = access::cut_derivation(okr, model::fields_of({AccessField::okr}));
  CHECK(cut.rule == "okr-component");
  CHECK(cut.args == std::vector<std::string>{"0.4"});
  const model::Derivation whole = access::cut_derivation(okr, model::fields_of({AccessField::okr, AccessField::score}));
  CHECK(whole.args.size() == 3);
}
