// Charts: the numbers of the table, in a picture and in lines of text.
#include "render/chart.h"

#include <doctest/doctest.h>

using namespace hr;
using i18n::Language;
using table::Chart;
using table::Kind;
using table::Table;

namespace {

Table units() {
  Table t;
  t.title = {"Units", "部门"};
  const auto add = [&](const char* key, const char* title, Kind kind) {
    t.columns.emplace_back();
    t.columns.back().key = key;
    t.columns.back().title = {title, title};
    t.columns.back().kind = kind;
  };
  add("unit", "Unit", Kind::text);
  add("score", "Score", Kind::number);
  for (const auto& [name, score] : {std::pair{"RD", 40}, {"SALES", 80}, {"<b>", 60}}) {
    t.columns[0].add(name);
    t.columns[1].add(make_decimal(score));
  }
  t.columns[0].add("none");
  t.columns[1].add_missing();
  return t;
}

Chart chart(Chart::Kind kind, std::vector<std::string> series) {
  return {kind, {"Mean score", "平均得分"}, "unit", std::move(series), {}, {}, {}};
}

using Lines = std::vector<std::string>;

bool has(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("scales are round; bars begin at 0") {
  const Table t = units();
  const auto line = render::drawing_of(chart(Chart::Kind::line, {"score"}), t, Language::en);
  CHECK(line.least == 40);  // 40 to 80 in steps of 10
  CHECK(line.most == 80);
  const auto bars = render::drawing_of(chart(Chart::Kind::bars, {"score"}), t, Language::en);
  CHECK(bars.least == 0);  // 0 to 80 in steps of 20
  CHECK(bars.most == 80);
  CHECK(render::share_of(bars, 60) == doctest::Approx(0.75));
  Chart wide = chart(Chart::Kind::line, {"score"});
  wide.least = make_decimal(0);
  wide.most = make_decimal(120);
  const auto given = render::drawing_of(wide, t, Language::en);
  CHECK(given.least == 0);  // 0 to 120 in six steps of 20
  CHECK(given.most == 120);
}

TEST_CASE("one value alone has a scale around it") {
  Table t = units();
  t.keep_rows({1, 0, 0, 0});
  const auto drawing = render::drawing_of(chart(Chart::Kind::line, {"score"}), t, Language::en);
  CHECK(drawing.least <= 40);
  CHECK(drawing.most > 40);
  t.keep_rows({0});
  CHECK(render::drawing_of(chart(Chart::Kind::line, {"score"}), t, Language::en).most == 1);
}

TEST_CASE("bars and sparklines in characters") {
  // 24 columns are the whole scale of 80: 12 for 40, 18 for 60.
  CHECK(render::chart_lines(chart(Chart::Kind::bars, {"score"}), units(), Language::en) ==
        Lines{"Mean score", "RD     40  ████████████", "SALES  80  ████████████████████████",
              "<b>    60  ██████████████████", "none    -"});
  // Of eight heights 40 is the first, 80 the last, 60 the fifth.
  CHECK(render::chart_lines(chart(Chart::Kind::line, {"score"}), units(), Language::zh) ==
        Lines{"平均得分", "Score  ▁█▅·  40 → -"});
}

TEST_CASE("a picture says every number in words, and has no markup of others") {
  const std::string svg = render::chart_svg(chart(Chart::Kind::bars, {"score"}), units(), Language::en, "c");
  CHECK(has(svg, "<title id=\"c-title\">Mean score</title>"));
  CHECK(has(svg, "<desc id=\"c-text\">RD: Score 40; SALES: Score 80; &lt;b&gt;: Score 60; none: Score -</desc>"));
  CHECK(has(svg, "aria-labelledby=\"c-title c-text\""));
  CHECK_FALSE(has(svg, "<b>"));
  // 360 wide: half of it for 40 of 80.
  CHECK(has(svg, "<rect x=\"0.0\" y=\"19.0\" width=\"180.0\" height=\"8.0\" rx=\"2\" class=\"mark\"/>"));
}

TEST_CASE("a range shows the middle half, the median and one value") {
  Table t = units();
  for (const auto& [key, value] : {std::pair{"lower", 50}, {"middle", 60}, {"upper", 70}}) {
    t.columns.emplace_back();
    t.columns.back().key = key;
    t.columns.back().kind = Kind::number;
    t.columns.back().add(make_decimal(value));
    for (int i = 0; i < 3; ++i) t.columns.back().add_missing();
  }
  const Chart range = chart(Chart::Kind::range, {"lower", "middle", "upper", "score"});
  // 40 columns from 40 to 80: 50 is column 9.75, 60 column 19.5, 70 column 29.25; so 10, 20 and 29.
  const Lines lines = render::chart_lines(range, t, Language::en);
  CHECK(lines[1] == "RD     40  ●─────────━━━━━━━━━━┃━━━━━━━━━──────────");
  CHECK(lines[4] == "none    -  ────────────────────────────────────────");
  const std::string svg = render::chart_svg(range, t, Language::en, "c");
  // From 10 to 350: 50 is at 95, 70 at 265.
  CHECK(has(svg, "<rect x=\"95.0\" y=\"20.0\" width=\"170.0\" height=\"12.0\" rx=\"2\" class=\"range\"/>"));
}
