// CSV, JSON and JSON Lines of many rows over several threads, against plain writers of one row after the other.
#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <stdexcept>

#include "render/json_text.h"
#include "render/render.h"
#include "render/value_text.h"

using namespace hr;
using table::Column;
using table::Kind;
using table::Table;

namespace {

std::string rendered(const Table& t, render::Format format, int threads, bool bom = false) {
  render::RenderOptions options;
  options.format = format;
  options.threads = threads;
  options.bom = bom;
  std::string all;
  render::render(t, options, [&](std::string_view bytes) { all += bytes; });
  return all;
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string plain_field(const Column& c, size_t row) {
  if (c.present[row] == 0) return "";
  if (c.kind == Kind::number) return c.decimals >= 0 ? to_fixed(c.numbers[row], c.decimals) : to_string(c.numbers[row]);
  if (c.kind == Kind::date) return to_string(Date{c.days[row]});
  if (c.kind == Kind::boolean) return c.booleans[row] != 0 ? "true" : "false";
  if (c.kind == Kind::text) return quoted(std::string(c.text(row)));
  std::string joined;
  for (const std::string& item : c.list(row)) joined += (&item == c.list(row).data() ? "" : ";") + item;
  return quoted(joined);
}

std::string plain_csv(const Table& t) {
  std::string out;
  for (const Column& c : t.columns) out += (&c == t.columns.data() ? "" : ",") + c.key;
  out += "\n";
  for (size_t row = 0; row < t.rows(); ++row) {
    for (const Column& c : t.columns) out += (&c == t.columns.data() ? "" : ",") + plain_field(c, row);
    out += "\n";
  }
  return out;
}

struct Few final : table::SharedTexts {
  std::vector<std::string> texts;
  explicit Few(std::vector<std::string> all) : texts(std::move(all)) {}
  size_t size() const override { return texts.size(); }
  std::string_view at(uint32_t code) const override { return texts[code]; }
};

// Texts of every row its own, and of few texts that all rows share, some with quotes, commas and line ends.
Table random_table(size_t rows) {
  std::mt19937_64 random(7);
  const auto few = std::make_shared<Few>(
      std::vector<std::string>{"", "North", "a,b", "say \"no\"", "two\nlines", "\"", "上海总部很长的名字"});
  const auto wide = std::make_shared<Few>(std::vector<std::string>{std::string(15, 'a'), std::string(16, 'b'),
                                                                   std::string(64, 'c'), "\"" + std::string(61, 'd')});
  const auto widest = std::make_shared<Few>(std::vector<std::string>{"", std::string(65, 'e'), std::string(90, ',')});
  Table t;
  const std::vector<std::pair<const char*, Kind>> columns{
      {"id", Kind::text},    {"few", Kind::text},  {"exact", Kind::number},
      {"two", Kind::number}, {"day", Kind::date},  {"yes", Kind::boolean},
      {"items", Kind::list}, {"wide", Kind::text}, {"widest", Kind::text}};
  for (const auto& [key, kind] : columns) {
    t.columns.emplace_back();
    t.columns.back().key = key;
    t.columns.back().kind = kind;
  }
  t.column("few").texts.share(few);
  t.column("wide").texts.share(wide);
  t.column("widest").texts.share(widest);
  t.column("two").decimals = 2;
  for (size_t row = 0; row < rows; ++row) {
    std::string id = "E" + std::to_string(row) + std::string(random() % 20, "x &,\"\n\r\xE5"[random() % 8]);
    if (random() % 9 == 0) id.insert(random() % id.size(), 1, ",\"\n\r"[random() % 4]);
    random() % 9 == 0 ? t.column("id").add_missing() : t.column("id").add(id);
    for (const char* key : {"few", "wide", "widest"}) {
      Column& c = t.column(key);
      c.codes.push_back(random() % 8 == 7 ? table::kNoCode : static_cast<uint32_t>(random() % c.texts.size()));
      c.present.push_back(c.codes.back() != table::kNoCode);
    }
    for (const char* key : {"exact", "two"}) {
      const auto value =
          make_decimal(static_cast<int64_t>(random() >> (random() % 64)) / 2, static_cast<int32_t>(random() % 19));
      random() % 5 == 0 ? t.column(key).add_missing() : t.column(key).add(value);
    }
    t.column("day").add(Date{static_cast<int32_t>(random() % 40'000)});
    t.column("yes").add_flag(random() % 2 == 0);
    if (random() % 9 == 0)
      t.column("items").add_missing();
    else
      t.column("items").add_list(std::vector<std::string>(random() % 3, "it\"em"));
  }
  return t;
}

}  // namespace

TEST_CASE("a CSV in pieces over threads has the bytes of one written row by row") {
  for (const size_t rows : {0U, 1U, 8'191U, 8'192U, 8'193U, 30'000U}) {
    const Table t = random_table(rows);
    const std::string plain = plain_csv(t);
    for (const int threads : {1, 2, 5}) {
      CAPTURE(rows);
      CAPTURE(threads);
      CHECK(rendered(t, render::Format::csv, threads) == plain);
    }
  }
}

TEST_CASE("JSON in pieces over threads has the bytes of one thread") {
  const Table t = random_table(20'000);
  std::string lines;
  for (size_t row = 0; row < t.rows(); ++row) {
    render::append_json_row(lines, t, render::json_members(t), row);
    lines += '\n';
  }
  CHECK(rendered(t, render::Format::jsonl, 3) == lines);
  CHECK(rendered(t, render::Format::json, 3) == rendered(t, render::Format::json, 1));
}

TEST_CASE("a table that comes in parts has the bytes of the whole one") {
  const Table all = random_table(1'000);
  for (const size_t each : {size_t{1'000}, size_t{999}, size_t{128}, size_t{129}, size_t{1}}) {
    const size_t count = (all.rows() + each - 1) / each;
    const auto make = [&](size_t part) {
      Table some = all;
      std::vector<uint8_t> keep(all.rows());
      for (size_t row = part * each; row < std::min(all.rows(), (part + 1) * each); ++row) keep[row] = 1;
      some.keep_rows(keep);
      return some;
    };
    for (const render::Format format : {render::Format::csv, render::Format::jsonl}) {
      REQUIRE(render::comes_in_parts(format));
      render::RenderOptions options;
      options.format = format;
      options.threads = 3;
      options.bom = true;
      std::string parts;
      render::render(render::Parts{count, make}, options, [&](std::string_view bytes) { parts += bytes; });
      CHECK(parts == rendered(all, format, 1, true));
    }
  }
  CHECK_FALSE(render::comes_in_parts(render::Format::json));
  CHECK_FALSE(render::comes_in_parts(render::Format::table));
}

TEST_CASE("for Excel no text that many rows share is taken for a formula") {
  Table t;
  t.columns.emplace_back();
  t.columns[0].key = "note";
  t.columns[0].texts.share(std::make_shared<Few>(std::vector<std::string>{"=1+1", "-5"}));
  std::string expected = "\xEF\xBB\xBFnote\n";
  for (uint32_t row = 0; row < 40; ++row) {
    t.columns[0].codes.push_back(row % 2);
    t.columns[0].present.push_back(1);
    expected += row % 2 == 0 ? "'=1+1\n" : "-5\n";
  }
  CHECK(rendered(t, render::Format::csv, 1, true) == expected);
}

TEST_CASE("a row of one empty cell is not an empty line") {
  Table t;
  t.columns.emplace_back();
  t.columns[0].key = "a";
  t.columns[0].add_missing();
  t.columns[0].add("x");
  CHECK(rendered(t, render::Format::csv, 2) == "a\n\"\"\nx\n");
}

TEST_CASE("an output that fails ends the rendering with its error, whoever waits for a turn") {
  const Table t = random_table(100'000);
  render::RenderOptions options;
  options.format = render::Format::csv;
  options.threads = 4;
  size_t calls = 0;
  const auto closed = [&](std::string_view) {
    if (++calls == 3) throw std::runtime_error("closed");
  };
  CHECK_THROWS_WITH_AS(render::render(t, options, closed), "closed", std::runtime_error);
  CHECK(calls == 3);
}

TEST_CASE("numbers and days are printed as base prints them") {
  std::mt19937_64 random(11);
  char text[render::kNumberBytes];
  const auto printed = [&](Decimal value, int decimals) {
    return std::string(text, render::write_number(text, value, decimals));
  };
  for (const int64_t edge : {int64_t{0}, int64_t{9}, int64_t{-10}, INT64_MAX, -INT64_MAX, INT64_MIN}) {
    for (int scale = 0; scale <= 18; ++scale)
      CHECK(printed(make_decimal(edge, scale), -1) == to_string(make_decimal(edge, scale)));
  }
  for (const int64_t whole : {0, 1, 9, 10, 99, 100, 999, 1'000, 1'001}) {  // around what is written without a loop
    for (int scale = 0; scale <= 11; ++scale) {
      const Decimal unit = make_decimal(1, scale);
      for (const int64_t part : {int64_t{0}, int64_t{1}, int64_t{999'999'999}}) {
        const Decimal value = *add(make_decimal(whole), *multiply(make_decimal(part), unit));
        for (const Decimal signed_value : {value, make_decimal(-value.unscaled, value.scale)}) {
          REQUIRE(printed(signed_value, -1) == to_string(signed_value));
          for (int decimals = 0; decimals <= 12; ++decimals)
            REQUIRE(printed(signed_value, decimals) == to_fixed(signed_value, decimals));
        }
      }
    }
  }
  for (int i = 0; i < 20'000; ++i) {
    const auto digits = static_cast<int64_t>(random() >> (random() % 64)) * (random() % 2 == 0 ? 1 : -1);
    const Decimal value = make_decimal(digits, static_cast<int32_t>(random() % 19));
    const int decimals = static_cast<int>(static_cast<int32_t>(random() % 19));
    REQUIRE(printed(value, -1) == to_string(value));
    REQUIRE(printed(value, decimals) == to_fixed(value, decimals));
  }
  for (const int32_t day : {0, -1, 20'000, -719'162, 2'932'896}) {
    CHECK(std::string(text, render::write_date(text, day)) == to_string(Date{day}));
  }
}
