// A chart of a table, as a picture and as lines of text: the same numbers, the same scale.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "i18n/message.h"
#include "table/table.h"

namespace hr::render {

// What is drawn: the cells of a chart's columns as numbers and as people read them.
struct Drawing {
  struct Series {
    std::string title;
    std::vector<std::optional<double>> values;  // by row
    std::vector<std::string> texts;             // the same as people read them
  };
  std::vector<std::string> names;  // of the rows
  std::vector<Series> series;
  double least = 0;  // of the scale; below `most`
  double most = 1;
};
// All texts escaped as for a terminal, none for HTML.
Drawing drawing_of(const table::Chart& chart, const table::Table& table, i18n::Language language);
// Where a value stands on the scale, 0 to 1.
double share_of(const Drawing& drawing, double value);

// A <figure> with the picture: SVG that needs no script, with a title and a description that says every number. `id`
// tells it from others of the page.
std::string chart_svg(const table::Chart& chart, const table::Table& table, i18n::Language language,
                      const std::string& id);
// Lines of block characters, headed by the title.
std::vector<std::string> chart_lines(const table::Chart& chart, const table::Table& table, i18n::Language language);

}  // namespace hr::render
