// Charts in block characters, for a terminal and for Markdown.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "base/text.h"
#include "render/cells.h"
#include "render/chart.h"

namespace hr::render {

namespace {

using ChartKind = table::Chart::Kind;
using Lines = std::vector<std::string>;

constexpr size_t kBar = 24;    // columns of the longest bar
constexpr size_t kTrack = 40;  // of a range
constexpr size_t kMostName = 24;

size_t widest(const Lines& texts) {
  size_t width = 0;
  for (const std::string& text : texts) width = std::max(width, display_width(text));
  return width;
}

Lines names_of(const Lines& texts) {
  Lines names;
  for (const std::string& text : texts) names.push_back(truncate_to_width(text, kMostName));
  const size_t width = widest(names);
  for (std::string& name : names) name = pad_right(name, width);
  return names;
}

// Eighths of a column; what is not nothing has at least one.
std::string bar(double share) {
  static constexpr const char* kParts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  auto eighths = static_cast<size_t>(std::lround(share * 8 * kBar));
  if (share > 0) eighths = std::max<size_t>(eighths, 1);
  std::string out;
  for (size_t i = 0; i < eighths / 8; ++i) out += "█";
  return out + kParts[eighths % 8];
}

Lines bars(const Drawing& drawing) {
  const Lines names = names_of(drawing.names);
  const double longest = std::max(std::abs(drawing.least), std::abs(drawing.most));
  Lines lines;
  for (const Drawing::Series& series : drawing.series) {
    const size_t width = widest(series.texts);
    for (size_t row = 0; row < names.size(); ++row) {
      const double share = series.values[row] ? std::abs(*series.values[row]) / longest : 0;
      std::string line = names[row] + "  " + pad_left(series.texts[row], width) + "  " + bar(share);
      line.erase(line.find_last_not_of(' ') + 1);
      lines.push_back(std::move(line));
    }
  }
  return lines;
}

// The rows beneath each other, the first series as bars, the others as numbers.
Lines columns(const Drawing& drawing) {
  Drawing first = drawing;
  first.series.resize(1);
  Lines lines = bars(first);
  for (size_t i = 1; i < drawing.series.size(); ++i) {
    const size_t width = widest(lines);
    for (size_t row = 0; row < lines.size(); ++row) {
      if (drawing.series[i].values[row])
        lines[row] =
            pad_right(lines[row], width) + "  (" + drawing.series[i].title + " " + drawing.series[i].texts[row] + ")";
    }
  }
  return lines;
}

// A block a row, of eight heights; a dot where there is no value.
std::string sparkline(const Drawing& drawing, const Drawing::Series& series) {
  static constexpr const char* kHeights[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  std::string out;
  for (const auto& value : series.values) {
    out += value ? kHeights[static_cast<size_t>(std::lround(share_of(drawing, *value) * 7))] : "·";
  }
  return out;
}

Lines lines_of(const Drawing& drawing) {
  Lines titles;
  for (const Drawing::Series& series : drawing.series) titles.push_back(series.title);
  titles = names_of(titles);
  Lines lines;
  for (size_t i = 0; i < titles.size(); ++i) {
    const Drawing::Series& series = drawing.series[i];
    std::string line = titles[i] + "  " + sparkline(drawing, series);
    if (!series.texts.empty()) line += "  " + series.texts.front();
    if (series.texts.size() > 1) line += " → " + series.texts.back();
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines ranges(const Drawing& drawing) {
  const Lines names = names_of(drawing.names);
  const size_t width = widest(drawing.series[3].texts);
  Lines lines;
  for (size_t row = 0; row < names.size(); ++row) {
    std::vector<const char*> track(kTrack, "─");
    const auto at = [&](size_t series) {
      return static_cast<size_t>(std::lround(share_of(drawing, *drawing.series[series].values[row]) * (kTrack - 1)));
    };
    const auto has = [&](size_t series) { return drawing.series[series].values[row].has_value(); };
    if (has(0) && has(2))
      std::fill(track.begin() + static_cast<ptrdiff_t>(at(0)), track.begin() + static_cast<ptrdiff_t>(at(2)) + 1, "━");
    if (has(1)) track[at(1)] = "┃";
    if (has(3)) track[at(3)] = "●";
    std::string line = names[row] + "  " + pad_left(drawing.series[3].texts[row], width) + "  ";
    for (const char* part : track) line += part;
    lines.push_back(std::move(line));
  }
  return lines;
}

Lines drawn(ChartKind kind, const Drawing& drawing) {
  switch (kind) {
    case ChartKind::bars:
      return bars(drawing);
    case ChartKind::line:
      return lines_of(drawing);
    case ChartKind::columns:
      return columns(drawing);
    case ChartKind::range:
      break;
  }
  return ranges(drawing);
}

}  // namespace

Lines chart_lines(const table::Chart& chart, const table::Table& table, i18n::Language language) {
  Lines lines = drawn(chart.kind, drawing_of(chart, table, language));
  lines.insert(lines.begin(), escape_controls(pick(chart.title, language)));
  return lines;
}

}  // namespace hr::render
