#include "render/layout.h"

#include <doctest/doctest.h>

#include <string>

using hr::render::ColumnExtent;
using hr::render::fit_columns;
using hr::render::total_width;
using hr::table::Show;

namespace {

ColumnExtent column(size_t cells, Show show, bool text = false) {
  ColumnExtent c;
  c.cells = cells;
  c.heading = c.word = 4;
  c.show = show;
  c.text = text;
  return c;
}

// "8 12 - below": widths of columns, what is left out, what stands below.
std::string fitted(std::vector<ColumnExtent> columns, size_t available) {
  fit_columns(columns, available);
  std::string out;
  for (const ColumnExtent& c : columns) {
    out += out.empty() ? "" : " ";
    if (c.place == ColumnExtent::Place::column)
      out += std::to_string(c.width);
    else
      out += c.place == ColumnExtent::Place::below ? "below" : "-";
  }
  return out;
}

}  // namespace

TEST_CASE("columns leave by importance, from the right, and only as many as must") {
  const std::vector<ColumnExtent> columns{column(8, Show::key),  column(6, Show::wide), column(6, Show::more),
                                          column(6, Show::main), column(6, Show::more), column(6, Show::wide)};
  CHECK(fitted(columns, 0) == "8 6 6 6 6 6");
  CHECK(fitted(columns, 48) == "8 6 6 6 6 6");  // 8 + 5 × 6 + 5 × 2
  CHECK(fitted(columns, 47) == "8 6 6 6 6 -");
  CHECK(fitted(columns, 39) == "8 - 6 6 6 -");
  CHECK(fitted(columns, 31) == "8 - 6 6 - -");
  CHECK(fitted(columns, 23) == "8 - - 6 - -");
  CHECK(fitted(columns, 15) == "8 - - - - -");
}

TEST_CASE("texts wrap before what matters leaves and get back what is left over") {
  const std::vector<ColumnExtent> columns{column(10, Show::key), column(40, Show::main, true), column(10, Show::more)};
  CHECK(fitted(columns, 64) == "10 40 10");
  CHECK(fitted(columns, 60) == "10 36 10");  // a third of the terminal, 20, is enough to keep the other column
  CHECK(fitted(columns, 50) == "10 26 10");
  CHECK(fitted(columns, 40) == "10 16 10");
  CHECK(fitted(columns, 38) == "10 26 -");
  CHECK(fitted(columns, 28) == "10 16 -");
  CHECK(fitted(columns, 20) == "10 - -");
}

TEST_CASE("headings are broken before a column leaves") {
  ColumnExtent figure = column(6, Show::more);
  figure.heading = 16;  // "Effective weight"
  figure.word = 9;
  CHECK(fitted({column(10, Show::key), figure}, 28) == "10 16");
  CHECK(fitted({column(10, Show::key), figure}, 24) == "10 12");
  CHECK(fitted({column(10, Show::key), figure}, 21) == "10 9");
  CHECK(fitted({column(10, Show::key), figure}, 20) == "10 -");
}

TEST_CASE("what may stand below does so rather than be squeezed under half its width") {
  ColumnExtent text = column(60, Show::main, true);
  text.below = true;
  const std::vector<ColumnExtent> columns{column(20, Show::key), text, column(10, Show::key)};
  CHECK(fitted(columns, 94) == "20 60 10");
  CHECK(fitted(columns, 64) == "20 30 10");
  CHECK(fitted(columns, 63) == "20 below 10");
  // Blank in most rows: it goes before a figure is left out.
  text.sparse = true;
  CHECK(fitted({column(20, Show::key), text, column(10, Show::more)}, 63) == "20 below 10");
  text.sparse = false;
  CHECK(fitted({column(20, Show::key), text, column(10, Show::more)}, 53) == "20 31 -");
}

TEST_CASE("keys are narrowed last and stay") {
  const std::vector<ColumnExtent> columns{column(40, Show::key, true), column(30, Show::main, true),
                                          column(12, Show::key)};
  CHECK(fitted(columns, 60) == "40 - 12");
  CHECK(fitted(columns, 50) == "36 - 12");
  CHECK(fitted(columns, 20) == "8 - 12");  // too wide still: numbers are never cut
}
