// What a wrong expression is told: which problem, where, and what was probably meant.
#include <doctest/doctest.h>

#include <algorithm>

#include "expr/expr.h"

using namespace hr;

// "variant begin-end suggestion" of the first problem, in bytes; empty = sound.
static std::string problem(const std::string& text, const expr::Schema& schema = expr::assignment_schema(),
                           expr::Type wanted = expr::Type::boolean) {
  Diagnostics d;
  const auto place_of = [](expr::Range r) {
    return SourceSpan{"", 1, static_cast<int>(r.begin), static_cast<int>(r.end)};
  };
  Suggester suggester;
  if (expr::compile(text, schema, wanted, place_of, d, suggester)) return {};
  REQUIRE_FALSE(d.empty());
  CHECK(d[0].code == "bad-expression");
  const std::string variant = d[0].message.substr(d[0].code.size() + 1);
  return variant + " " + std::to_string(d[0].span.col) + "-" + std::to_string(d[0].span.len) + " " + d[0].suggestion;
}

TEST_CASE("each kind of fault is told at its place with what was meant") {
  struct Row {
    std::string text;
    std::string expected;
  };
  const Row rows[] = {
      {"fte > 0.5", ""},
      {"fte > 0.5 ? job == 'a' : grade == 'b' ? true : false", ""},
      {"", "empty 0-0 "},
      {"fte <> 1", "unexpected-character 4-6 !="},
      {"fte = 1", "unexpected-character 4-5 =="},
      {"fte ** 2 > 1", "no-power 4-6 "},
      {"fte ^ 2 > 1", "no-power 4-5 "},
      {"fte\xC2\xA0> 1", "invisible 3-5 "},
      {"\xE3\x80\x80job == 'a'", "invisible 0-3 "},
      {"job\xE2\x80\x8B == 'a'", "invisible 3-6 "},
      {"\xEF\xBD\x8A\xEF\xBD\x8F\xEF\xBD\x82 == 'a'", "foreign-name 0-9 job"},  // full-width letters
      {"职级 == 'a'", "foreign-name 0-6 attr[\"职级\"]"},
      {"职\xC2\xA0 == 'a'", "foreign-name 0-3 attr[\"职\"]"},
      {"job == 'a", "unclosed-text 7-8 "},
      {"(job == 'a'", "unclosed 0-1 "},
      {"job ==", "unexpected-end 6-6 "},
      {"true ? false ? true : false : true", "nested-choice 13-14 "},
      {"true ? (false ? true : false) : true", ""},
      {"0.5 < fte < 0.9", "chained-comparison 0-15 "},
      {"(fte > 1) == true", ""},
      {"jobb == 'a'", "unknown-name/attribute 0-4 job"},
      {"has(atr.level)", "unknown-name/attribute 4-13 attr.level"},
      {"jobb.level == 'a'", "unknown-name/attribute 0-10 "},
      {"job.startWith('a')", "unknown-function 4-13 startsWith"},
      {"abs(fte, 1) > 0", "too-many-arguments 0-11 "},
      {"min(fte) > 0", "too-few-arguments 0-8 "},
      {"fte + 1", "wrong-result 0-7 "},
      {"job > 3", "wrong-types 0-7 "},
      {"job && true", "wrong-type 0-3 "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(problem(row.text) == row.expected);
  }
}

TEST_CASE("where there are few names they are listed") {
  expr::Schema schema;
  schema.any_attribute = false;
  schema.fields = {{"leads", expr::Type::number}, {"won", expr::Type::number}};
  schema.sorted = true;
  CHECK(problem("won / leads", schema, expr::Type::number).empty());
  CHECK(problem("won / leeds", schema, expr::Type::number) == "unknown-name/listed 6-11 leads");
  CHECK(problem("attr.x", schema, expr::Type::number) == "unknown-name/listed 0-6 ");
  for (int i = 0; i < 100; ++i) schema.fields.push_back({"x" + std::to_string(100 + i), expr::Type::number});
  CHECK(problem("won / leeds", schema, expr::Type::number) == "unknown-name 6-11 leads");
}

TEST_CASE("a field is found in a schema however long it is") {
  expr::Schema schema;
  for (int i = 0; i < 50; ++i) schema.fields.push_back({"k" + std::to_string(i), expr::Type::number});
  CHECK(schema.find("k7") == &schema.fields[7]);
  CHECK(schema.find("k") == nullptr);
  std::sort(schema.fields.begin(), schema.fields.end(),
            [](const expr::Field& a, const expr::Field& b) { return a.name < b.name; });
  schema.sorted = true;
  for (const expr::Field& field : schema.fields) CHECK(schema.find(field.name) == &field);
  CHECK(schema.find("k99") == nullptr);
  CHECK(schema.find("") == nullptr);
}

TEST_CASE("suggestions end when their budget is spent") {
  const std::vector<std::string> names(1000, "kkkkkkkkkkkkkkkx");
  Suggester generous;
  CHECK(generous.near("kkkkkkkkkkkkkkky", names) == names[0]);
  Suggester poor(300'000);  // 1000 names of 16 letters against 16: 256,000
  CHECK(poor.near("kkkkkkkkkkkkkkky", names) == names[0]);
  CHECK(poor.near("kkkkkkkkkkkkkkky", names).empty());
}
