#include <doctest/doctest.h>

#include "render/render.h"
#include "unit/render/made_column.h"

using namespace hr;
using table::Column;
using table::Kind;
using table::Show;
using table::Table;

namespace {

std::string rendered(const Table& t, const render::RenderOptions& options) {
  std::string all;
  render::render(t, options, [&](std::string_view bytes) { all += bytes; });
  return all;
}

std::string text(const Table& t, size_t width, i18n::Language language = i18n::Language::en) {
  render::RenderOptions options;
  options.width = width;
  options.language = language;
  return rendered(t, options);
}

Table tree() {
  Table t;
  t.columns = {column("node", "Node", Kind::text, Show::key), column("step", "Step", Kind::text, Show::main),
               column("value", "Value", Kind::text, Show::key), column("weight", "Weight", Kind::number, Show::main)};
  t.columns[0].tree = true;
  for (Column& c : t.columns) {
    c.remark = true;
    c.below = c.key == "step" || c.key == "weight";
  }
  t.columns[0].add("score");
  t.columns[0].add("kpi/conversion/value/won_deals");
  t.columns[1].add("a sentence that is a good deal longer than the terminal is wide");
  t.columns[1].add("42 facts");
  t.columns[2].add("106.39");
  t.columns[2].add("0.276315789");
  t.columns[3].add_missing();
  t.columns[3].add(make_decimal(50));
  t.depth = {0, 1};
  return t;
}

}  // namespace

TEST_CASE("a row that does not fit stands in two lines and nothing of it is lost") {
  CHECK(text(tree(), 48) ==
        "Node                              Value\n"
        "    Step\n"
        "────────────────────────────────────────────────\n"
        "score                             106.39\n"
        "    a sentence that is a good deal longer than\n"
        "    the terminal is wide\n"
        "  kpi/conversion/value/won_deals  0.276315789\n"
        "      42 facts · weight 50\n");
  // Narrower than the id: it takes a line of its own, and the value keeps its column.
  CHECK(text(tree(), 36) ==
        "Node                     Value\n"
        "    Step\n"
        "────────────────────────────────────\n"
        "score                    106.39\n"
        "    a sentence that is a good deal\n"
        "    longer than the terminal is wide\n"
        "  kpi/conversion/value/won_deals\n"
        "                         0.276315789\n"
        "      42 facts · weight 50\n");
}

TEST_CASE("columns without any value are left out for people and for them alone") {
  Table t;
  t.columns = {column("id", "Id", Kind::text, Show::key), column("pay", "Pay", Kind::number, Show::main),
               column("score", "Score", Kind::number, Show::main), column("flags", "Flags", Kind::list, Show::main),
               column("interim", "Interim", Kind::boolean, Show::main)};
  t.columns[4].remark = true;
  for (const char* id : {"E1", "E2"}) {
    t.columns[0].add(std::string(id));
    t.columns[1].add_missing();
    t.columns[3].add_list({});
    t.columns[4].add_flag(false);
  }
  t.columns[2].add(make_decimal(9));
  t.columns[2].add_missing();
  CHECK(text(t, 80) ==
        "Id  Score\n"
        "─────────\n"
        "E1      9\n"
        "E2      -\n");
  render::RenderOptions csv;
  csv.format = render::Format::csv;
  CHECK(rendered(t, csv) == "id,pay,score,flags,interim\nE1,,9,,false\nE2,,,,false\n");
}

TEST_CASE("a list has labels for people and codes for programs") {
  Table t;
  t.columns = {column("reasons", "Reasons", Kind::list, Show::main)};
  t.columns[0].labels = {{"no_data", {"no data", "无数据"}}, {"coverage", {"coverage too low", "覆盖率不足"}}};
  t.columns[0].add_list({"coverage", "no_data", "other"});
  CHECK(text(t, 0).find("coverage too low, no data, other\n") != std::string::npos);
  CHECK(text(t, 0, i18n::Language::zh).find("覆盖率不足、无数据、other\n") != std::string::npos);
  render::RenderOptions json;
  json.format = render::Format::jsonl;
  CHECK(rendered(t, json) == "{\"reasons\":[\"coverage\",\"no_data\",\"other\"]}\n");
}

TEST_CASE("a sheet is a line a column for people and one row for programs") {
  Table t;
  t.sheet = true;
  t.columns = {column("run", "Run", Kind::number, Show::key), column("hash", "Hash", Kind::text, Show::programs),
               column("plan", "Plan", Kind::text, Show::main)};
  t.columns[0].add(make_decimal(3));
  t.columns[1].add(std::string("abc"));
  t.columns[2].add_missing();
  CHECK(text(t, 80) ==
        "Field  Value\n"
        "────────────\n"
        "Run    3\n"
        "Hash   abc\n"
        "Plan   -\n");
  render::RenderOptions json;
  json.format = render::Format::jsonl;
  CHECK(rendered(t, json) == "{\"run\":3,\"hash\":\"abc\",\"plan\":null}\n");
}

TEST_CASE("what stands above a table says numbers shortly to people and whole to programs") {
  Table t;
  t.facts = {{"elapsed", "65.555555556"}, {"status", "not_rated"}, {"band", ""}, {"interim", "true"}};
  t.bare_facts = {"elapsed", "interim"};
  t.nullable_facts = {"band"};
  t.columns = {column("id", "Id", Kind::text, Show::key)};
  CHECK(text(t, 0) == "65.56 % of the time gone by · not rated · interim\n\nNo rows.\n");
  render::RenderOptions json;
  json.format = render::Format::json;
  CHECK(rendered(t, json) ==
        "{\"schema\":\"\",\"elapsed\":65.555555556,\"status\":\"not_rated\",\"band\":null,\"interim\":true,\"rows\":[],"
        "\"notes\":[]}\n");
}
