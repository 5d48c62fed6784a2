// Charts as SVG, small enough for a phone and drawn larger elsewhere. Colours are classes of the page's style, so that
// light, dark and print have their own. Names stand above their bars: no text has to be measured.
#include <fmt/format.h>

#include <string>

#include "base/text.h"
#include "render/cells.h"
#include "render/chart.h"
#include "render/html_text.h"

namespace hr::render {

namespace {

using ChartKind = table::Chart::Kind;

constexpr double kWidth = 360;  // of the picture; heights follow from what is drawn
constexpr double kEdge = 10;    // blank beside a scale, half a dot and more
constexpr size_t kMostName = 44;
constexpr size_t kMostValues = 8;  // points that have their number beside them

std::string text(double x, double y, const char* kind, const std::string& words) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", x, y, kind, escape_html(words));
}

std::string name_of(const std::string& name) {
  return truncate_to_width(name, kMostName);
}

std::string box(double x, double y, double width, double height, const char* kind) {
  return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"2\" class=\"{}\"/>\n", x,
                     y, width, height, kind);
}

std::string dot(double x, double y, double radius, const char* kind) {
  return fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" class=\"{}\"/>\n", x, y, radius, kind);
}

std::string rule(double x1, double y1, double x2, double y2, const char* kind) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>\n", x1, y1, x2, y2,
                     kind);
}

struct Picture {
  std::string shapes;
  double height = 0;
};

Picture bars(const Drawing& drawing) {
  constexpr double kRow = 36;
  Picture picture;
  const double zero = kWidth * share_of(drawing, 0);
  for (const Drawing::Series& series : drawing.series) {
    for (size_t row = 0; row < drawing.names.size(); ++row, picture.height += kRow) {
      const double y = picture.height;
      picture.shapes += text(0, y + 13, "name", name_of(drawing.names[row]));
      picture.shapes += text(kWidth, y + 13, "value", series.texts[row]);
      picture.shapes += box(0, y + 19, kWidth, 8, "track");
      if (!series.values[row]) continue;
      const double end = kWidth * share_of(drawing, *series.values[row]);
      picture.shapes += box(std::min(zero, end), y + 19, std::abs(end - zero), 8, "mark");
    }
  }
  return picture;
}

// The words at both ends of a horizontal scale.
std::string ends_of(const Drawing& drawing, double y) {
  return text(kEdge, y, "tick", fmt::format("{:g}", drawing.least)) +
         text(kWidth - kEdge, y, "tick end", fmt::format("{:g}", drawing.most));
}

Picture ranges(const Drawing& drawing) {
  constexpr double kRow = 44;
  Picture picture;
  const auto at = [&](double value) { return kEdge + (kWidth - 2 * kEdge) * share_of(drawing, value); };
  for (size_t row = 0; row < drawing.names.size(); ++row, picture.height += kRow) {
    const double y = picture.height + 26;
    const auto value = [&](size_t series) { return drawing.series[series].values[row]; };
    picture.shapes += text(0, y - 13, "name", name_of(drawing.names[row]));
    picture.shapes += text(kWidth, y - 13, "value", drawing.series[3].texts[row]);
    picture.shapes += rule(kEdge, y, kWidth - kEdge, y, "grid");
    if (value(0) && value(2)) picture.shapes += box(at(*value(0)), y - 6, at(*value(2)) - at(*value(0)), 12, "range");
    if (value(1)) picture.shapes += rule(at(*value(1)), y - 8, at(*value(1)), y + 8, "middle");
    if (value(3)) picture.shapes += dot(at(*value(3)), y, 5, "mark");
  }
  picture.shapes += ends_of(drawing, picture.height + 4);
  picture.height += 12;
  return picture;
}

constexpr double kLine = kWidth - 30;  // where lines end, and the words of the scale begin

// The row's place along a line.
double place_of(size_t row, size_t rows) {
  constexpr double kSide = 26;  // half a name
  if (rows < 2) return kLine / 2;
  return kSide + (kLine - 2 * kSide) * static_cast<double>(row) / static_cast<double>(rows - 1);
}

// One series in a band of the picture; the line has a gap where there is no value.
std::string line_in(const Drawing& drawing, const Drawing::Series& series, double top, double height) {
  const size_t rows = drawing.names.size();
  std::string path;
  std::string marks;
  bool pen_down = false;
  for (size_t row = 0; row < rows; ++row) {
    if (series.values[row]) {
      const double x = place_of(row, rows);
      const double y = top + height * (1 - share_of(drawing, *series.values[row]));
      path += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", x, y);
      marks += dot(x, y, 3.5, "mark");
      if (rows <= kMostValues) marks += text(x, y - 8, "point", series.texts[row]);
    }
    pen_down = series.values[row].has_value();
  }
  return path.empty() ? "" : "<path d=\"" + path + "\" class=\"stroke\"/>\n" + marks;
}

Picture lines(const Drawing& drawing) {
  constexpr double kHead = 30;  // for the name of a series, and the number of a point at the top
  const double height = drawing.series.size() == 1 ? 110 : 52;
  Picture picture;
  for (const Drawing::Series& series : drawing.series) {
    const double top = picture.height + kHead;
    picture.shapes += text(0, picture.height + 12, "name", name_of(series.title));
    for (const double y : {top, top + height}) picture.shapes += rule(0, y, kLine, y, "grid");
    picture.shapes += text(kWidth, top + 4, "tick end", fmt::format("{:g}", drawing.most));
    picture.shapes += text(kWidth, top + height + 4, "tick end", fmt::format("{:g}", drawing.least));
    picture.shapes += line_in(drawing, series, top, height);
    picture.height = top + height + 8;
  }
  const size_t rows = drawing.names.size();
  for (size_t row = 0; row < rows; ++row) {
    const bool shown = rows <= kMostValues || row == 0 || row + 1 == rows;
    if (shown) picture.shapes += text(place_of(row, rows), picture.height + 8, "under", drawing.names[row]);
  }
  picture.height += 14;
  return picture;
}

// Upright, the second series as a mark across the first; a line of words below says which is which.
Picture columns(const Drawing& drawing) {
  constexpr double kTop = 18;
  constexpr double kHeight = 120;
  constexpr double kGap = 0.16;  // of a column's place, on each side
  Picture picture;
  const size_t rows = drawing.names.size();
  const double place = kWidth / static_cast<double>(std::max<size_t>(rows, 1));
  const auto at = [&](double value) { return kTop + kHeight * (1 - share_of(drawing, value)); };
  const bool narrow = rows > kMostValues;
  for (size_t row = 0; row < rows; ++row) {
    const double left = place * (static_cast<double>(row) + kGap);
    const double width = place * (1 - 2 * kGap);
    const auto& value = drawing.series[0].values[row];
    const auto before = drawing.series.size() > 1 ? drawing.series[1].values[row] : std::nullopt;
    if (value) picture.shapes += box(left, at(*value), width, kTop + kHeight - at(*value), "mark");
    if (before) picture.shapes += rule(left - 3, at(*before), left + width + 3, at(*before), "before");
    if (value) {
      constexpr double kLetters = 16;  // the number stands above its column, and above a mark that would cross it
      const bool crossed = before && at(*before) <= at(*value) && at(*before) > at(*value) - kLetters;
      const double foot = (crossed ? at(*before) : at(*value)) - 5;
      picture.shapes += text(left + width / 2, foot, narrow ? "point small" : "point", drawing.series[0].texts[row]);
    }
    picture.shapes += text(left + width / 2, kTop + kHeight + 14, "under", name_of(drawing.names[row]));
  }
  picture.shapes += rule(0, kTop + kHeight, kWidth, kTop + kHeight, "grid");
  picture.height = kTop + kHeight + 20;
  if (drawing.series.size() < 2) return picture;
  const double y = picture.height + 8;
  picture.shapes += rule(0, y, 16, y, "before") + text(22, y + 4, "tick", drawing.series[1].title);
  picture.height += 16;
  return picture;
}

// "2026H1: Score 89.95; 2026H2: Score 91.20"
std::string description(const Drawing& drawing) {
  std::string words;
  for (size_t row = 0; row < drawing.names.size(); ++row) {
    words += (row > 0 ? "; " : "") + drawing.names[row] + ": ";
    for (size_t i = 0; i < drawing.series.size(); ++i)
      words += (i > 0 ? ", " : "") + drawing.series[i].title + " " + drawing.series[i].texts[row];
  }
  return words;
}

Picture picture_of(ChartKind kind, const Drawing& drawing) {
  switch (kind) {
    case ChartKind::bars:
      return bars(drawing);
    case ChartKind::line:
      return lines(drawing);
    case ChartKind::columns:
      return columns(drawing);
    case ChartKind::range:
      break;
  }
  return ranges(drawing);
}

}  // namespace

std::string chart_svg(const table::Chart& chart, const table::Table& table, i18n::Language language,
                      const std::string& id) {
  const Drawing drawing = drawing_of(chart, table, language);
  const Picture picture = picture_of(chart.kind, drawing);
  const std::string title = escape_html(pick(chart.title, language));
  return fmt::format(
      "<figure>\n<figcaption>{1}</figcaption>\n"
      "<svg viewBox=\"0 0 {3:.0f} {4:.0f}\" role=\"img\" aria-labelledby=\"{0}-title {0}-text\">\n"
      "<title id=\"{0}-title\">{1}</title>\n<desc id=\"{0}-text\">{2}</desc>\n{5}</svg>\n</figure>\n",
      id, title, escape_html(description(drawing)), kWidth, picture.height, picture.shapes);
}

}  // namespace hr::render
