#include "render/xlsx_charts.h"

#include "render/cells.h"
#include "render/chart.h"

namespace hr::render {

static sheets::SheetChart::Kind kind_of(table::Chart::Kind kind) {
  switch (kind) {
    case table::Chart::Kind::bars:
    case table::Chart::Kind::columns:  // lying: names of any length have room
      return sheets::SheetChart::Kind::bars;
    case table::Chart::Kind::line:
      return sheets::SheetChart::Kind::line;
    case table::Chart::Kind::range:
      break;
  }
  return sheets::SheetChart::Kind::range;
}

std::vector<sheets::SheetChart> sheet_charts(const table::Table& table, i18n::Language language) {
  constexpr double kPercent = 100;
  const auto place_of = [&](const std::string& key) {
    return static_cast<size_t>(table.find(key) - table.columns.data());
  };
  std::vector<sheets::SheetChart> charts;
  for (const table::Chart& chart : table.charts) {
    sheets::SheetChart& out = charts.emplace_back();
    out.kind = kind_of(chart.kind);
    out.title = pick(chart.title, language);
    out.names = place_of(chart.names);
    for (const std::string& key : chart.series) out.series.push_back(place_of(key));
    const Drawing drawing = drawing_of(chart, table, language);
    const double unit = table.columns[out.series[0]].kind == table::Kind::percent ? kPercent : 1;
    out.least = drawing.least / unit;
    out.most = drawing.most / unit;
  }
  return charts;
}

}  // namespace hr::render
