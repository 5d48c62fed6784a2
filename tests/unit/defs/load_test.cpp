// What is judged over whole files and several of them: names, weights, circles, places of what is found.
#include "defs/load.h"

#include <doctest/doctest.h>

#include <chrono>

using namespace hr;
using namespace hr::defs;
using namespace hr::model;

static Loaded load(const std::string& text) {
  return load_definitions({{"f.yaml", "version: 1\n" + text}});
}

static std::vector<std::string> codes(const Loaded& loaded) {
  std::vector<std::string> out;
  for (const Diagnostic& d : loaded.diagnostics) out.push_back(d.code);
  return out;
}

TEST_CASE("what is defined twice in two files names both places") {
  const Loaded loaded =
      load_definitions({{"a.yaml", "version: 1\nkpis: [{id: x}]\n"}, {"b.yaml", "version: 1\n\nkpis: [{id: x}]\n"}});
  REQUIRE(loaded.diagnostics.size() == 1);
  const Diagnostic& d = loaded.diagnostics[0];
  CHECK(d.code == "duplicate-id");
  CHECK(d.span == SourceSpan{"b.yaml", 3, 13, 1});
  CHECK(d.args == std::vector<std::string>{"x", "kpis", "a.yaml", "2"});
  CHECK(d.related.at(0) == SourceSpan{"a.yaml", 2, 13, 1});
}

TEST_CASE("one file refers to what another defines in any order") {
  const Loaded loaded =
      load_definitions({{"a.yaml", "version: 1\nscorecards: [{id: s, kpis: [{kpi: x, target: 1}]}]\n"},
                        {"b.yaml", "version: 1\nkpis: [{id: x}]\n"}});
  CHECK(loaded.diagnostics.empty());
}

TEST_CASE("a file that cannot be read does not make every name in the others unknown") {
  const Loaded loaded =
      load_definitions({{"a.yaml", "version: 1\nscorecards: [{id: s, kpis: [{kpi: x, target: 1}]}]\n"},
                        {"b.yaml", "version: 1\nkpis: [{id: x}\n"}});
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].message == "bad-yaml/unclosed");
}

TEST_CASE("a weight that could not be read leaves its list unjudged") {
  struct Row {
    std::string text;
    std::vector<std::string> expected;
  };
  const std::string head = "kpis: [{id: a}, {id: b}]\ncycles: [{id: c, from: 2026-01-01, to: 2026-06-30}]\n";
  const auto entries = [](const std::string& one, const std::string& other) {
    return "scorecards: [{id: s, kpis: [{kpi: a, target: 1" + one + "}, {kpi: b, target: 1" + other + "}]}]\n";
  };
  const auto objectives = [](const std::string& one, const std::string& other) {
    return "objectives: [{id: o, cycle: c, owner: {company: true}" + one +
           "}, {id: p, cycle: c, owner: {company: true}" + other + "}]\n";
  };
  const Row rows[] = {
      {entries(", weight: 60%", ", weight: 30"), {"bad-value"}},
      {entries(", weight: 60%", ", weight: 0"), {"bad-value"}},
      {entries(", wieght: 60", ", weight: 30"), {"unknown-key"}},
      {entries(", weight: 60", ""), {"weights-mixed"}},
      {objectives(", weight: x", ", weight: 30"), {"bad-value"}},
      {objectives(", weigth: 70", ", weight: 30"), {"unknown-key"}},
      {objectives(", weight: 70", ""), {"weights-mixed"}},
      {"scorecards: [{id: s, kpis: [{kpi: a, weight: 100, target: 1}, b]}]\n", {"bad-value"}},
      {"plans: [{id: p, components: {kpi: 6o, okr: 30}}]\n", {"bad-value"}},
      {"scales: [{id: z, bands: [{id: A, from: 0}]}]\n"
       "plans: [{id: p, components: {kpi: 1}, scale: z, distribution: {quotas: {A: x}}}]\n",
       {"bad-value"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(codes(load(head + row.text)) == row.expected);
  }
}

TEST_CASE("a key that is nearly the one that is missing is told once") {
  CHECK(codes(load("cycles: [{id: c, form: 2026-01-01, to: 2026-06-30}]\n")) ==
        std::vector<std::string>{"unknown-key"});
  CHECK(codes(load("curves: [{id: c, lineer: ratio}]\n")) == std::vector<std::string>{"unknown-key"});
}

TEST_CASE("suggestions of thousands of names end with their budget") {
  std::string text = "kpis:\n";
  for (int i = 0; i < 3000; ++i) text += "  - {id: kkkkkkkkkkkkkkkk" + std::to_string(i) + "}\n";
  for (int i = 0; i < 300; ++i)
    text += "  - {id: f" + std::to_string(i) + ", formula: kkkkkkkkkkkkkkkx" + std::to_string(i) + "}\n";
  const Loaded loaded = load(text);
  REQUIRE(loaded.diagnostics.size() == 300);
  CHECK(loaded.diagnostics.front().suggestion == "kkkkkkkkkkkkkkkk0");
  CHECK(loaded.diagnostics.back().suggestion.empty());  // 300 · 3000 names · 20 · 20 letters are beyond it
}

TEST_CASE("columns of a file with a byte order mark begin behind it") {
  const Loaded loaded = load_definitions({{"f.yaml", "\xEF\xBB\xBFversion: 2\nkpis: [{id: a, x: 1}]\n"}});
  REQUIRE(loaded.diagnostics.size() == 2);
  CHECK(loaded.diagnostics[0].span == SourceSpan{"f.yaml", 1, 10, 1});
  CHECK(loaded.diagnostics[1].span == SourceSpan{"f.yaml", 2, 16, 1});
}

TEST_CASE("findings come in order of files and lines whatever found them") {
  const Loaded loaded = load_definitions(
      {{"z.yaml", "version: 1\nplans: [{id: p, components: {kpi: 0}, scale: none}]\nkpis: [{id: a, x: 1}]\n"},
       {"a.yaml", "version: 1\nkpis: [{id: 'b c'}]\n"}});
  CHECK(codes(loaded) == std::vector<std::string>{"weights-zero", "unknown-reference", "unknown-key", "bad-value"});
}

TEST_CASE("a circle is printed as it goes and names the places") {
  const Loaded loaded = load("kpis:\n  - {id: a, formula: b}\n  - {id: b, formula: c}\n  - {id: c, formula: a}\n");
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].args == std::vector<std::string>{"a → b → c → a", "3"});
  CHECK(loaded.diagnostics[0].related.size() == 2);
}

TEST_CASE("a chain of ten thousand formulas is no circle and no deep recursion") {
  std::string text = "kpis:\n  - {id: k0}\n";
  for (int i = 1; i < 10'000; ++i)
    text += "  - {id: k" + std::to_string(i) + ", formula: k" + std::to_string(i - 1) + " + 1}\n";
  CHECK(load(text).diagnostics.empty());
}

TEST_CASE("a fault in an expression that is folded over lines is shown on its own line") {
  const Loaded loaded = load("kpis:\n  - {id: won}\n  - id: rate\n    formula: >\n      won /\n        leads\n");
  REQUIRE(loaded.diagnostics.size() == 1);
  CHECK(loaded.diagnostics[0].code == "bad-expression");
  CHECK(loaded.diagnostics[0].span.line == 7);
  CHECK(loaded.diagnostics[0].span.col == 9);
}

TEST_CASE("the hash depends on the content and on nothing else") {
  const DefinitionFile a{"kpis/a.yaml", "version: 1\n"};
  const DefinitionFile b{"kpis/b.yaml", "version: 1\nkpis: []\n"};
  const DefinitionFile a_elsewhere{"/home/x/kpis/a.yaml", a.text};
  const DefinitionFile b_elsewhere{"/home/x/kpis/b.yaml", b.text};
  CHECK(content_hash({a, b}) == content_hash({b, a}));
  CHECK(content_hash({a, b}) == content_hash({a_elsewhere, b_elsewhere}));
  CHECK(content_hash({a, b}) != content_hash({a}));
  CHECK(content_hash({{"a", "xy"}, {"b", "z"}}) != content_hash({{"a", "x"}, {"b", "yz"}}));
  // printf '11:version: 1\n' | sha256sum
  CHECK(content_hash({a}) == "d04fd5031a625789fb9c3264c5a05dd71db77abaffa80ca6b59339fbc81f67f1");
}

TEST_CASE("a thousand files are checked in a time that nobody notices") {
  std::vector<DefinitionFile> files;
  for (int i = 0; i < 1000; ++i) {
    const std::string n = std::to_string(i);
    files.push_back({"f" + n + ".yaml", "version: 1\nkpis:\n  - id: a" + n +
                                            "\n    name: {en: A, zh: 甲}\n    nature: additive\n  - {id: b" + n +
                                            ", formula: a" + n + " / 2}\nscorecards:\n  - id: s" + n +
                                            "\n    applies_to: job == \"J" + n + "\"\n    kpis:\n      - {kpi: a" + n +
                                            ", weight: 60, target: 100}\n      - {kpi: b" + n +
                                            ", weight: 40, target: 1}\n"});
  }
  const auto begin = std::chrono::steady_clock::now();
  CHECK(load_definitions(files).diagnostics.empty());
  const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  MESSAGE("seconds: ", took);
  CHECK(took < 20);  // a debug build under a sanitizer on a busy machine; in release it is under one second
}
