// What datasets are made of: columns in little memory, gathered and ordered.
#include <algorithm>
#include <numeric>
#include <random>

#include "facts/decimal_column.h"
#include "facts/gather.h"
#include "facts/names.h"
#include "facts/row_order.h"
#include "facts/text_order.h"
#include "frames.h"

using namespace hr;
using namespace hr::test;

namespace {

// Texts over a small alphabet, of which many begin alike and some differ only after eight bytes or in length.
std::vector<std::string> random_texts(std::mt19937& random, const std::string& begin) {
  const std::vector<std::string> letters{"A", "B", "\x7f", "é", "0"};
  std::vector<std::string> texts;
  for (int i = 0; i < 300; ++i) {
    std::string text = begin;
    for (auto n = random() % 12; n > 0; --n) text += letters[random() % (random() % 4 == 0 ? 5 : 2)];
    if (!text.empty()) texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

TEST_CASE("codes are sorted by the bytes of their texts whatever they begin with and however long they are") {
  std::mt19937 random(7);
  for (const char* begin : {"", "E", "EMP-2026-", "EMPLOYEE-NUMBER-"}) {
    facts::Dictionary texts;
    for (const std::string& text : random_texts(random, begin)) texts.add(text);
    std::vector<uint32_t> codes;
    for (uint32_t code = 0; code < texts.size(); code += random() % 2 == 0 ? 1U : 2U) codes.push_back(code);
    std::vector<uint32_t> plain = codes;
    std::sort(plain.begin(), plain.end(), [&](uint32_t a, uint32_t b) { return texts[a] < texts[b]; });
    facts::sort_by_text(codes, texts);
    CHECK(codes == plain);
    facts::sort_by_text(codes, texts);  // in order already
    CHECK(codes == plain);
  }
  facts::Dictionary many;  // of which each thread looks at a part
  for (int i = 0; i < 200'000; ++i) many.add("E" + std::to_string(random() % 100'000'000));
  for (const char* text : {"E", "E1A", "F", "E123456789", "E12345678a", "E123456788"}) many.add(text);
  std::vector<uint32_t> all(many.size());
  std::iota(all.begin(), all.end(), 0U);
  facts::sort_by_text(all, many);
  CHECK(std::is_sorted(all.begin(), all.end(), [&](uint32_t a, uint32_t b) { return many[a] < many[b]; }));
  std::sort(all.begin(), all.end());
  for (uint32_t code = 0; code < all.size(); ++code) REQUIRE(all[code] == code);
  facts::Dictionary few;
  for (const char* text : {"B", "A2", "A1"}) few.add(text);
  std::vector<uint32_t> codes{0, 1, 2};
  facts::sort_by_text(codes, few);
  CHECK(codes == std::vector<uint32_t>{2, 1, 0});
  std::vector<uint32_t> none;
  facts::sort_by_text(none, {});
  CHECK(none.empty());
}

TEST_CASE("a column of decimals gives back what it was given and the nearest doubles of it") {
  facts::DecimalColumn column;
  std::vector<std::optional<Decimal>> given;
  for (const char* text : {"0", "-1", "2147483647", "-2147483648", "2147483648", "-2147483649", "0.1", "4.5",
                           "0.000000001", "0.0000000001", "0.123456789012345678", "999999999999999999", "-0.3"}) {
    given.push_back(parse_decimal(text));
    REQUIRE(given.back());
  }
  given.insert(given.begin() + 3, std::nullopt);
  for (const auto& value : given) column.append(value);
  REQUIRE(column.size() == given.size());
  for (size_t i = 0; i < given.size(); ++i) {
    CHECK(column[i] == given[i]);
    if (given[i]) CHECK(column.number(i) == given[i]->to_double());
  }
  column.set(4, std::nullopt);  // one that took more than 32 bits
  column.set(3, Decimal{1, 1});
  CHECK_FALSE(column.has(4));
  CHECK(column.at(3) == Decimal{1, 1});
  CHECK(column[5] == given[5]);
  column.resize(column.size() + 1);
  CHECK_FALSE(column.has(column.size() - 1));
}

TEST_CASE("cells are gathered from columns with one dictionary with several and held in another way") {
  facts::Column a;
  a.append("x");
  a.append("y");
  facts::Column same = a;
  facts::Column other;
  other.append("y");
  other.append("z");
  facts::Column numbers;
  numbers.storage = facts::Storage::decimal;
  numbers.append(Decimal{25, 1});
  const std::vector<const facts::Column*> inputs{&a, nullptr, &same, &other, &numbers};
  const std::vector<facts::RowRef> rows{{0, 1}, {1, 0}, {2, 0}, {3, 0}, {3, 1}, {4, 0}, {}, {0, 0}};
  facts::Column out;
  facts::gather(out, inputs, rows);
  std::vector<std::string> texts;
  for (size_t row = 0; row < out.size(); ++row) texts.push_back(facts::cell_text(out, row));
  CHECK(texts == Lines{"y", "", "x", "y", "z", "2.5", "", "x"});
  CHECK(out.codes[0] == out.codes[3]);
  CHECK(a.dictionary.size() == 2);  // nothing was added to what the others share

  facts::Column decimals;
  decimals.storage = facts::Storage::decimal;
  facts::gather(decimals, inputs, rows);
  CHECK(decimals.decimal(5) == Decimal{25, 1});
  CHECK(decimals.missing(0));  // a text is no number
}

TEST_CASE("names are the codes of the imported column and a few others beside them") {
  facts::Column column;
  column.append("k1");
  column.append("k2");
  facts::Names names(column.dictionary);
  CHECK(names.add("k2") == 1U);
  CHECK(names.add("own") == 2U);
  CHECK(names.add("own") == 2U);
  CHECK(names.size() == 3);
  CHECK(names[0] == "k1");
  CHECK(names[2] == "own");
  CHECK(names.find("own") == 2U);
  CHECK_FALSE(names.find("k3"));
  CHECK(column.dictionary.size() == 2);

  facts::Column other;
  for (const char* text : {"own", "k3", "k1"}) other.append(text);
  const auto found = names.codes_of(other);
  CHECK(found[0] == 2U);
  CHECK(found[1] == facts::kUnnamed);
  CHECK(found[2] == 0U);
  const auto all = names.add_all(other);
  CHECK(all[1] == 3U);
  CHECK(names[3] == "k3");
  CHECK(names.codes_of(column)[1] == 1U);
}

TEST_CASE("rows come together by group and keep their order in one") {
  std::mt19937 random(11);
  for (const uint32_t groups : {1U, 3U, 50U}) {
    for (int round = 0; round < 50; ++round) {
      std::vector<uint32_t> group_of;
      for (auto n = random() % 40; n > 0; --n) group_of.push_back(static_cast<uint32_t>(random() % groups));
      if (round % 3 == 0) std::sort(group_of.begin(), group_of.end());
      std::vector<uint32_t> plain(group_of.size());
      for (uint32_t i = 0; i < plain.size(); ++i) plain[i] = i;
      std::stable_sort(plain.begin(), plain.end(), [&](uint32_t a, uint32_t b) { return group_of[a] < group_of[b]; });

      const facts::GroupedRows rows = facts::group_rows(group_of, groups);
      CHECK(rows.order.empty() == std::is_sorted(group_of.begin(), group_of.end()));
      REQUIRE(rows.begin.size() == groups + 1);
      for (uint32_t g = 0; g < groups; ++g) {
        const auto here = std::lower_bound(plain.begin(), plain.end(), g,
                                           [&](uint32_t row, uint32_t group) { return group_of[row] < group; });
        CHECK(rows.begin[g] == here - plain.begin());
      }
      CHECK(rows.begin[groups] == group_of.size());
      for (uint32_t i = 0; i < plain.size(); ++i) CHECK(rows.at(i) == plain[i]);
      std::vector<uint32_t> values = group_of;
      facts::rearrange(values, rows.order);
      CHECK(std::is_sorted(values.begin(), values.end()));
    }
  }
}

TEST_CASE("a column of origins gives back what it was given, of one file or of several") {
  facts::OriginColumn column;
  std::vector<facts::Origin> given{{7, 2}, {7, 9}, {8, 2}, {7, 1}, {0, 0}};
  for (size_t n = 0; n < given.size(); ++n) {
    column.push_back(given[n]);
    for (size_t i = 0; i <= n; ++i) {
      CHECK(column[i].source == given[i].source);
      CHECK(column[i].row == given[i].row);
    }
  }
  const std::vector<uint32_t> order{4, 2, 0};
  column.rearrange(order);
  REQUIRE(column.size() == 3);
  for (size_t i = 0; i < order.size(); ++i) CHECK(column[i].source == given[order[i]].source);
  for (size_t i = 0; i < order.size(); ++i) CHECK(column[i].row == given[order[i]].row);
}
