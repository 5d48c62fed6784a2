// Charts of a table as charts of its sheet: the same columns, the same scale as in pictures.
#include "render/xlsx_charts.h"

#include <doctest/doctest.h>

#include "unit/render/made_column.h"

using namespace hr;
using table::Chart;
using table::Kind;
using table::Table;

TEST_CASE("columns by their place; a scale as the cells hold it") {
  Table t;
  for (const auto& [key, kind] : {std::pair{"unit", Kind::text}, {"people", Kind::number}, {"share", Kind::percent}})
    t.columns.push_back(column(key, key, kind));
  t.columns[0].add("SALES");
  t.columns[1].add(make_decimal(12));
  t.columns[2].add(make_decimal(60));
  t.charts.push_back({Chart::Kind::bars, {"Share", "占比"}, "unit", {"share"}, {}, {}, {}});
  t.charts.push_back({Chart::Kind::line, {"People", "人数"}, "unit", {"people"}, {}, make_decimal(20), {}});
  const auto charts = render::sheet_charts(t, i18n::Language::zh);
  REQUIRE(charts.size() == 2);
  CHECK(charts[0].title == "占比");
  CHECK(charts[0].names == 0);
  CHECK(charts[0].series == std::vector<size_t>{2});
  CHECK(charts[0].least == 0);
  CHECK(charts[0].most == doctest::Approx(0.6));  // 0 to 60 % in steps of 10
  CHECK(charts[1].kind == sheets::SheetChart::Kind::line);
  CHECK(charts[1].series == std::vector<size_t>{1});
  CHECK(charts[1].least == 12);  // 12 to 20 in steps of 2
  CHECK(charts[1].most == 20);
}
