// Several tables under one heading, in every format that can hold them.
#include <doctest/doctest.h>

#include "render/render.h"

using namespace hr;
using table::Chart;
using table::Kind;
using table::Report;
using table::Show;
using table::Table;

namespace {

Table scores() {
  Table t;
  t.title = {"Scores", "得分"};
  t.notes = {{"a note", "一条说明"}};
  for (const char* key : {"cycle", "score"}) {
    t.columns.emplace_back();
    t.columns.back().key = key;
    t.columns.back().title = {key, key};
    t.columns.back().show = Show::key;
  }
  t.columns[1].kind = Kind::number;
  for (const auto& [cycle, score] : {std::pair{"H1", 40}, {"H2", 80}}) {
    t.columns[0].add(cycle);
    t.columns[1].add(make_decimal(score));
  }
  t.charts.push_back({Chart::Kind::line, {"Trend", "走势"}, "cycle", {"score"}, {}, {}, {}});
  return t;
}

Report person() {
  Report report;
  report.schema = "hrctl.test/v1";
  report.title = {"One <person>", "一个人"};
  report.facts = {{"employee", "E1"}};
  report.notes = {{"not rated", "未评定"}};
  report.sections.push_back({"scores", scores()});
  Table nothing;
  nothing.title = {"Awards", "表彰"};
  nothing.empty = {"None recorded.", "没有记录。"};
  report.sections.push_back({"awards", std::move(nothing)});
  return report;
}

std::string rendered(render::Format format, i18n::Language language = i18n::Language::en, size_t width = 80) {
  render::RenderOptions options;
  options.format = format;
  options.language = language;
  options.width = width;
  std::string all;
  render::render(person(), options, [&](std::string_view bytes) { all += bytes; });
  return all;
}

bool has(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("sections in a terminal: heading, chart, rows, notes; and what there is none of") {
  CHECK(rendered(render::Format::table) ==
        "One <person>\n"
        "employee E1\n"
        "\n\n"
        "Scores\n"
        "\n"
        "Trend\n"
        "score  ▁█  40 → 80\n"
        "\n"
        "cycle  score\n"
        "────────────\n"
        "H1        40\n"
        "H2        80\n"
        "\n"
        "· a note\n"
        "\n\n"
        "Awards\n"
        "\n"
        "None recorded.\n"
        "\n\n"
        "· not rated\n");
}

TEST_CASE("sections in Markdown") {
  CHECK(rendered(render::Format::markdown, i18n::Language::zh) ==
        "# 一个人\n\n员工 E1\n\n"
        "## 得分\n\n"
        "```text\n走势\nscore  ▁█  40 → 80\n```\n\n"
        "| cycle | score |\n| --- | ---: |\n| H1 | 40 |\n| H2 | 80 |\n"
        "\n> 一条说明\n"
        "\n## 表彰\n\n_没有记录。_\n"
        "\n> 未评定\n");
}

TEST_CASE("sections are members of the JSON object, charts are not: their numbers are the rows") {
  CHECK(rendered(render::Format::json) ==
        "{\"schema\":\"hrctl.test/v1\",\"employee\":\"E1\",\"sections\":{\n"
        "\"scores\":{\"rows\":[\n"
        "{\"cycle\":\"H1\",\"score\":40},\n"
        "{\"cycle\":\"H2\",\"score\":80}\n"
        "],\"notes\":[\"a note\"]},\n"
        "\"awards\":{\"rows\":[],\"notes\":[]}\n"
        "},\"notes\":[\"not rated\"]}\n");
}

TEST_CASE("sections of a page, each with its name; a chart above its rows") {
  const std::string html = rendered(render::Format::html);
  CHECK(has(html, "<h1 id=\"page-head\">One &lt;person&gt;</h1>"));
  CHECK(has(html, "<section aria-labelledby=\"scores-head\">\n<h2 id=\"scores-head\">Scores</h2>"));
  CHECK(has(html, "<desc id=\"scores-1-text\">H1: score 40; H2: score 80</desc>"));
  CHECK(html.find("<svg") < html.find("<table"));
  CHECK(has(html, "<p class=\"empty\">None recorded.</p>"));
}

TEST_CASE("a workbook has a sheet a table") {
  CHECK(rendered(render::Format::xlsx).starts_with("PK"));
}

TEST_CASE("what a narrow terminal leaves out is in JSON, not in CSV") {
  Report report = person();
  report.sections[0].table.columns[1].show = Show::wide;
  report.sections[0].table.columns[1].title = {"Onewordlongerthantheterminal", ""};
  render::RenderOptions options;
  options.width = 24;
  std::string all;
  render::render(report, options, [&](std::string_view bytes) { all += bytes; });
  CHECK(has(all, "--format"));
  CHECK(has(all, "json"));
  CHECK_FALSE(has(all, "csv"));
}
