#include "sheets/chart_writer.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/text.h"
#include "sheets/cell_text.h"

namespace hr::sheets {

namespace {

constexpr size_t kMostPoints = 32'000;  // of a series
constexpr size_t kMostTitle = 255;      // characters
constexpr size_t kMostLabels = 30;      // bars that have their number beside them
// The colours of pages: the second of a pair is darker or lighter as well, for those who see no colours.
constexpr lxw_color_t kColors[] = {0x0B62A4, 0xD98B2B, 0x4B5563, 0x7A9E3F, 0xA9CBE6};
constexpr lxw_color_t kRange = 0xA9CBE6;
constexpr lxw_color_t kEdge = 0x6FA3CC;  // of a range
constexpr lxw_color_t kInk = 0x1C2126;

// A chart under construction.
struct Making {
  const Sheet& sheet;
  const SheetChart& chart;
  const ChartCells& cells;
  lxw_chart* out;

  size_t rows() const { return cells.at(chart.names).size(); }
  const std::string& heading(size_t column) const { return sheet.columns[column].heading; }
  // Of bars, the library calls the vertical axis y: the one with the names.
  bool lies() const { return chart.kind == SheetChart::Kind::bars; }
  lxw_chart_axis* name_axis() const { return lies() ? out->y_axis : out->x_axis; }
  lxw_chart_axis* scale() const { return lies() ? out->x_axis : out->y_axis; }
};

// Neither a formula nor what XML cannot hold.
std::string words(const std::string& text) {
  std::string shown = cut(escape_controls(text), kMostTitle);
  return shown.starts_with('=') ? " " + shown : shown;
}

// The library frees it with free().
bool add_point(lxw_series_range* range, const std::string* text, std::optional<double> number) {
  auto* point = static_cast<lxw_series_data_point*>(std::calloc(1, sizeof(lxw_series_data_point)));
  if (point == nullptr) return false;
  if (text != nullptr) {
    point->is_string = LXW_TRUE;
    point->string = ::strdup(escape_controls(*text).c_str());
  }
  point->number = number.value_or(0);
  point->no_data = text == nullptr && !number ? LXW_TRUE : LXW_FALSE;
  STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
  return true;
}

// The library reads the cells that a chart refers to when it closes the file; but the rows are gone by then. Names are
// texts, whatever the cells are.
bool remember(lxw_series_range* range, const std::vector<ChartCell>& cells, bool as_names) {
  range->ignore_cache = LXW_TRUE;
  range->has_string_cache = as_names ? LXW_TRUE : LXW_FALSE;
  range->num_data_points = static_cast<uint16_t>(cells.size());
  return std::all_of(cells.begin(), cells.end(), [&](const ChartCell& cell) {
    return add_point(range, as_names ? &cell.text : nullptr, cell.number);
  });
}

lxw_chart_series* add_series(Making& m, size_t column) {
  lxw_chart_series* series = chart_add_series(m.out, nullptr, nullptr);
  if (series == nullptr) return nullptr;
  const char* sheet = m.sheet.name.c_str();
  const auto last = static_cast<lxw_row_t>(m.rows());
  const auto names = static_cast<lxw_col_t>(m.chart.names);
  const auto values = static_cast<lxw_col_t>(column);
  chart_series_set_categories(series, sheet, 1, names, last, names);
  chart_series_set_values(series, sheet, 1, values, last, values);
  chart_series_set_name_range(series, sheet, 0, values);
  const bool whole = remember(series->categories, m.cells.at(m.chart.names), true) &&
                     remember(series->values, m.cells.at(column), false) &&
                     remember(series->title.range, {{m.heading(column), {}}}, true);
  return whole ? series : nullptr;
}

void paint_line(lxw_chart_series* series, lxw_color_t color, uint8_t marker, bool joined) {
  lxw_chart_line line{color, static_cast<uint8_t>(joined ? LXW_FALSE : LXW_TRUE), 2, LXW_CHART_LINE_DASH_SOLID, 0};
  lxw_chart_line edge{color, LXW_FALSE, 1, LXW_CHART_LINE_DASH_SOLID, 0};
  lxw_chart_fill fill{color, LXW_FALSE, 0};
  chart_series_set_line(series, &line);
  chart_series_set_marker_type(series, marker);
  if (marker == LXW_CHART_MARKER_NONE) return;
  chart_series_set_marker_size(series, 7);
  chart_series_set_marker_fill(series, &fill);
  chart_series_set_marker_line(series, &edge);
}

bool add_bars(Making& m) {
  for (size_t i = 0; i < m.chart.series.size(); ++i) {
    lxw_chart_series* series = add_series(m, m.chart.series[i]);
    if (series == nullptr) return false;
    lxw_chart_fill fill{kColors[i % std::size(kColors)], LXW_FALSE, 0};
    chart_series_set_fill(series, &fill);
    if (m.rows() * m.chart.series.size() <= kMostLabels) chart_series_set_labels(series);
  }
  chart_axis_set_reverse(m.name_axis());  // the first row on top
  chart_axis_set_crossing_max(m.name_axis());
  chart_set_series_gap(m.out, 60);
  return true;
}

bool add_lines(Making& m) {
  constexpr uint8_t kMarkers[] = {LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE, LXW_CHART_MARKER_DIAMOND,
                                  LXW_CHART_MARKER_TRIANGLE};
  for (size_t i = 0; i < m.chart.series.size(); ++i) {
    lxw_chart_series* series = add_series(m, m.chart.series[i]);
    if (series == nullptr) return false;
    paint_line(series, kColors[i % std::size(kColors)], kMarkers[i % std::size(kMarkers)], true);
  }
  return true;
}

// Bars between the first and the last series of a line chart are the box; so the lines themselves are not drawn, and
// the column at the upper end comes last. Programs that have no such bars show the ends as crosses. (What the library
// calls dashes is no marker that OOXML knows.)
bool add_ranges(Making& m) {
  const std::vector<size_t>& s = m.chart.series;
  const struct {
    size_t column;
    uint8_t marker;
    lxw_color_t color;
  } parts[] = {{s[0], LXW_CHART_MARKER_PLUS, kEdge},
               {s[1], LXW_CHART_MARKER_DIAMOND, kInk},
               {s[3], LXW_CHART_MARKER_CIRCLE, kColors[0]},
               {s[2], LXW_CHART_MARKER_PLUS, kEdge}};
  for (const auto& part : parts) {
    lxw_chart_series* series = add_series(m, part.column);
    if (series == nullptr) return false;
    paint_line(series, part.color, part.marker, false);
  }
  lxw_chart_line edge{kRange, LXW_FALSE, 1, LXW_CHART_LINE_DASH_SOLID, 0};
  lxw_chart_fill fill{kRange, LXW_FALSE, 0};
  chart_set_up_down_bars_format(m.out, &edge, &fill, &edge, &fill);
  return true;
}

bool fill(Making& m) {
  switch (m.chart.kind) {
    case SheetChart::Kind::bars:
      return add_bars(m);
    case SheetChart::Kind::line:
      return add_lines(m);
    case SheetChart::Kind::range:
      break;
  }
  return add_ranges(m);
}

void set_words(Making& m) {
  chart_title_set_name(m.out, words(m.chart.title).c_str());
  lxw_chart_font font{};
  font.size = 12;
  font.bold = LXW_EXPLICIT_FALSE;
  chart_title_set_name_font(m.out, &font);
  chart_axis_set_name(m.name_axis(), words(m.heading(m.chart.names)).c_str());
  lxw_chart_font axis{};
  axis.bold = LXW_EXPLICIT_FALSE;
  chart_axis_set_name_font(m.name_axis(), &axis);
  if (m.chart.series.size() > 1) return chart_legend_set_position(m.out, LXW_CHART_LEGEND_BOTTOM);
  chart_axis_set_name(m.scale(), words(m.heading(m.chart.series[0])).c_str());
  chart_axis_set_name_font(m.scale(), &axis);
  chart_legend_set_position(m.out, LXW_CHART_LEGEND_NONE);
}

void set_scale(Making& m) {
  chart_axis_set_min(m.scale(), m.chart.least);
  chart_axis_set_max(m.scale(), m.chart.most);
  chart_axis_set_label_position(m.name_axis(), LXW_CHART_AXIS_LABEL_POSITION_LOW);  // of numbers below 0, too
  const bool percent = m.sheet.columns[m.chart.series[0]].format == CellFormat::percent;
  chart_axis_set_num_format(m.scale(), percent ? "0 %" : "General");
  lxw_chart_line grid{0xDDE2E7, LXW_FALSE, 0.75, LXW_CHART_LINE_DASH_SOLID, 0};
  chart_axis_major_gridlines_set_line(m.scale(), &grid);
}

struct Size {
  double width = 600;  // pixels
  double height = 320;
};

Size size_of(const Making& m) {
  constexpr double kBar = 20;
  constexpr double kAround = 130;  // title, axis, legend
  constexpr double kTallest = 1600;
  if (m.chart.kind == SheetChart::Kind::range) return {640, 420};
  if (m.chart.kind != SheetChart::Kind::bars) return {};
  const auto bars = static_cast<double>(m.rows() * (m.chart.series.size() + 1));
  return {600, std::clamp(kAround + kBar * bars, 240.0, kTallest)};
}

uint8_t type_of(SheetChart::Kind kind) {
  return kind == SheetChart::Kind::bars ? LXW_CHART_BAR : LXW_CHART_LINE;
}

// Where the next chart goes: to the right of the one before it.
bool insert(Making& m, lxw_worksheet* worksheet, double& left) {
  constexpr double kGap = 20;
  constexpr double kStandardWidth = 480;  // which the library scales
  constexpr double kStandardHeight = 288;
  constexpr size_t kFew = 40;  // rows that leave what is below them in reach
  const Size size = size_of(m);
  std::string description = words(m.chart.title);
  lxw_chart_options options{};
  options.x_offset = static_cast<int32_t>(left);
  options.x_scale = size.width / kStandardWidth;
  options.y_scale = size.height / kStandardHeight;
  options.object_position = LXW_OBJECT_MOVE_DONT_SIZE;
  options.description = description.data();
  left += size.width + kGap;
  const bool below = m.rows() <= kFew;
  const auto row = static_cast<lxw_row_t>(below ? m.rows() + 2 : 1);
  const auto column = static_cast<lxw_col_t>(below ? 0 : m.sheet.columns.size() + 1);
  return worksheet_insert_chart_opt(worksheet, row, column, m.out, &options) == LXW_NO_ERROR;
}

}  // namespace

ChartCells cells_for_charts(const Sheet& sheet) {
  ChartCells cells;
  for (const SheetChart& chart : sheet.charts) {
    cells[chart.names];
    for (const size_t column : chart.series) cells[column];
  }
  return cells;
}

bool add_charts(lxw_workbook* workbook, lxw_worksheet* worksheet, const Sheet& sheet, const ChartCells& cells) {
  double left = 0;
  for (const SheetChart& chart : sheet.charts) {
    const size_t rows = cells.at(chart.names).size();
    if (rows == 0 || rows > kMostPoints) continue;
    Making making{sheet, chart, cells, workbook_add_chart(workbook, type_of(chart.kind))};
    if (making.out == nullptr || !fill(making)) return false;
    set_words(making);
    set_scale(making);
    if (!insert(making, worksheet, left)) return false;
  }
  return true;
}

}  // namespace hr::sheets
