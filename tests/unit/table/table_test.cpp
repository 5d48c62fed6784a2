#include "table/table.h"

#include <doctest/doctest.h>

#include <stdexcept>

using hr::Decimal;
using hr::table::Column;
using hr::table::Kind;
using hr::table::Table;

static Column make_column(std::string key, Kind kind) {
  Column c;
  c.key = std::move(key);
  c.kind = kind;
  return c;
}

static Table three_rows() {
  Table t;
  t.columns = {make_column("name", Kind::text),   make_column("score", Kind::number), make_column("from", Kind::date),
               make_column("ok", Kind::boolean),  make_column("flags", Kind::list),   make_column("band", Kind::choice),
               make_column("part", Kind::percent)};
  for (const char* name : {"a", "b", "c"}) t.column("name").add(std::string(name));
  t.column("score").add(Decimal{1, 0});
  t.column("score").add_missing();
  t.column("score").add_optional(Decimal{3, 0});
  t.column("from").add(hr::Date{1});
  t.column("from").add(hr::Date{2});
  t.column("from").add_missing();
  t.column("ok").add_flag(true);
  t.column("ok").add_flag(false);
  t.column("ok").add_missing();
  t.column("flags").add_list({});
  t.column("flags").add_missing();
  t.column("flags").add_list({"x", "y"});
  for (int i = 0; i < 3; ++i) t.column("band").add(std::string("A"));
  t.column("part").add_optional(std::nullopt);
  t.column("part").add(Decimal{70, 0});
  t.column("part").add(Decimal{71, 0});
  t.depth = {0, 1, 2};
  return t;
}

TEST_CASE("every cell has one place and a mark of presence") {
  const Table t = three_rows();
  CHECK(t.rows() == 3);
  for (const Column& c : t.columns) {
    CAPTURE(c.key);
    const size_t cells = c.codes.size() + c.numbers.size() + c.days.size() + c.booleans.size();
    CHECK(cells == 3);
    CHECK(c.present.size() == 3);
  }
  CHECK(t.find("score")->present == std::vector<uint8_t>{1, 0, 1});
  CHECK(t.find("part")->present == std::vector<uint8_t>{0, 1, 1});
  CHECK(t.find("none") == nullptr);
  CHECK(Table{}.rows() == 0);
}

TEST_CASE("keeping rows keeps the cells of all kinds together") {
  Table t = three_rows();
  t.keep_rows({0, 1, 1});
  CHECK(t.rows() == 2);
  CHECK(t.find("name")->text(0) == "b");
  CHECK(t.find("name")->text(1) == "c");
  CHECK(t.find("score")->numbers[1] == Decimal{3, 0});
  CHECK(t.find("score")->present == std::vector<uint8_t>{0, 1});
  CHECK(t.find("from")->days[0] == 2);
  CHECK(t.find("ok")->present == std::vector<uint8_t>{1, 0});
  CHECK(t.find("flags")->list(1) == std::vector<std::string>{"x", "y"});
  CHECK(t.find("part")->numbers[0] == Decimal{70, 0});
  CHECK(t.depth == std::vector<uint16_t>{1, 2});
  t.keep_rows({0, 0});
  CHECK(t.rows() == 0);
}

TEST_CASE("asking for a column that is not there is a bug that shows") {
  Table t = three_rows();
  CHECK_THROWS_AS(t.column("nme"), std::logic_error);
}
