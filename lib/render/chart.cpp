#include "render/chart.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "base/text.h"
#include "render/cells.h"

namespace hr::render {

// Round steps: 1, 2 or 5 times a power of ten, at most six of them.
static double step_of(double extent) {
  constexpr double kMostSteps = 6;
  const double power = std::pow(10, std::floor(std::log10(extent / kMostSteps)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (extent / (factor * power) <= kMostSteps) return factor * power;
  }
  return 10 * power;
}

// From a round number below all values to one above them. Bars begin at 0, or they would lie about their lengths.
static void set_scale(Drawing& drawing, const table::Chart& chart) {
  std::vector<double> values;
  for (const Drawing::Series& series : drawing.series) {
    for (const auto& value : series.values) {
      if (value) values.push_back(*value);
    }
  }
  if (chart.least) values.push_back(chart.least->to_double());
  if (chart.most) values.push_back(chart.most->to_double());
  const bool stands = chart.kind == table::Chart::Kind::bars || chart.kind == table::Chart::Kind::columns;
  if (stands) values.push_back(0);
  if (values.empty()) return;
  double low = *std::min_element(values.begin(), values.end());
  double high = *std::max_element(values.begin(), values.end());
  if (low == high) {                                            // one value stands in the middle
    const double around = std::max(1.0, std::abs(low) * 1e-6);  // beyond 2^53 one more is the same number
    low -= around;
    high += around;
  }
  const double step = step_of(high - low);
  drawing.least = std::floor(low / step) * step;
  drawing.most = std::ceil(high / step) * step;
}

Drawing drawing_of(const table::Chart& chart, const table::Table& table, i18n::Language language) {
  Drawing drawing;
  const table::Column* names = table.find(chart.names);
  assert(names != nullptr);
  for (size_t row = 0; row < table.rows(); ++row)
    drawing.names.push_back(escape_controls(cell_for_people(*names, row, language)));
  for (const std::string& key : chart.series) {
    const table::Column* column = table.find(key);
    assert(column != nullptr && is_numeric(column->kind));
    Drawing::Series& series = drawing.series.emplace_back();
    series.title = escape_controls(heading(*column, language));
    for (size_t row = 0; row < table.rows(); ++row) {
      const bool has = column->present[row] != 0;
      series.values.push_back(has ? std::optional(column->numbers[row].to_double()) : std::nullopt);
      series.texts.push_back(escape_controls(cell_for_people(*column, row, language)));
    }
  }
  set_scale(drawing, chart);
  return drawing;
}

double share_of(const Drawing& drawing, double value) {
  return (value - drawing.least) / (drawing.most - drawing.least);
}

}  // namespace hr::render
