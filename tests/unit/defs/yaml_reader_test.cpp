#include <doctest/doctest.h>

#include "defs/yaml_tree.h"

using namespace hr;
using namespace hr::defs;

static Tree read(std::string_view text, Diagnostics& d) {
  return read_yaml("f.yaml", text, d);
}

// "message line:col" of every fault, in order.
static std::vector<std::string> faults(std::string_view text) {
  Diagnostics d;
  read(text, d);
  std::vector<std::string> out;
  for (const Diagnostic& x : d)
    out.push_back(x.message + " " + std::to_string(x.span.line) + ":" + std::to_string(x.span.col));
  return out;
}

static std::string first_fault(std::string_view text) {
  const auto all = faults(text);
  return all.empty() ? "" : all.front();
}

TEST_CASE("what libraries accept and lose is refused with its place") {
  struct Row {
    std::string why;
    std::string_view text;
    std::string expected;
  };
  // From hardening rows 27 to 44; columns count bytes from 1.
  const Row rows[] = {
      {"text after a list at the top", "- a\nb: 1\n", "bad-yaml/content-after 2:1"},
      {"text after a flow map", "{a: 1} b", "bad-yaml/content-after 1:8"},
      {"text after the end marker", "a: 1\n...\ngarbage\n", "bad-yaml/content-after 3:1"},
      {"a second document", "a: 1\n---\nb: 2\n", "bad-yaml/second-document 2:1"},
      {"a lone comma", ",", "bad-yaml/start-character 1:1"},
      {"a comma before a map", ", a: 1", "bad-yaml/start-character 1:1"},
      {"a document of a comma", "a: 1\n---\n,", "bad-yaml/second-document 2:1"},
      {"a key twice", "a: 1\nb: 2\na: 3\n", "duplicate-key 3:1"},
      {"a key twice within", "x:\n  - {p: 1, p: 2}\n", "duplicate-key 2:12"},
      {"a key twice one of them quoted", "{a: 1, \"a\": 2}", "duplicate-key 1:8"},
      {"an anchor", "a: &x 1\n", "bad-yaml/anchor 1:4"},
      {"an anchor on a list", "a: &x [1]\n", "bad-yaml/anchor 1:4"},
      {"an anchor on nothing", "a: &x\n", "bad-yaml/anchor 1:4"},
      {"a self reference", "a: &a [1, *a]\n", "bad-yaml/anchor 1:4"},
      {"a tag", "a: !!str 1\n", "bad-yaml/tag 1:4"},
      {"a python tag", "a: !!python/object x\n", "bad-yaml/tag 1:4"},
      {"a bare tag", "a: ! x\n", "bad-yaml/tag 1:4"},
      {"a tag on a map", "!t {a: 1}\n", "bad-yaml/tag 1:1"},
      {"a merge key", "<<: {a: 1}\n", "bad-yaml/merge-key 1:1"},
      {"a list as a key", "? [a]\n: b\n", "bad-yaml/key 1:3"},
      {"nothing as a key", ": 1\n", "bad-yaml/key-empty 1:1"},
      {"null as a key", "~: 1\n", "bad-yaml/key 1:1"},
      {"cut in double quotes", "a: 1\nb: \"abc\n", "bad-yaml/cut 2:4"},
      {"cut in double quotes without a newline", "b: \"abc", "bad-yaml/cut 1:8"},
      {"cut in single quotes", "b: 'abc\n", "bad-yaml/cut 1:4"},
      {"cut in an escaped quote", "b: \"abc\\\"\n", "bad-yaml/cut 1:4"},
      {"a tab for indentation", "a:\n\tb: 1\n", "bad-yaml/tab 2:1"},
      {"a tab before a value", "a:\n\tb\n", "bad-yaml/tab 2:1"},
      {"a tab after blanks", "a:\n  \t- b\n", "bad-yaml/tab 2:3"},
      {"a directive", "%YAML 1.1\n---\na: 1\n", "bad-yaml/directive 1:1"},
      {"a directive after comments", "# x\n\n%TAG ! x\n---\na: 1\n", "bad-yaml/directive 3:1"},
      {"a text that goes on behind its quote, between brackets", "{a: \"Li\" Na}", "bad-yaml/flow-separator 1:10"},
      {"a comma forgotten", "a: [x: 1 y: 2]", "bad-yaml/flow-separator 1:11"},
      {"a text that goes on behind its quote", "a: \"b\" c\n", "bad-yaml/after-value 1:8"},
      {"a text behind a list", "a: [b] c\n", "bad-yaml/after-value 1:8"},
      {"a decimal comma", "{kpi: a, weight: 1,5}", "bad-yaml/decimal-comma 1:20"},
      {"an alias alone", "a: *b\n", "bad-yaml/alias 1:4"},
      {"two anchors", "a: &b &c d\n", "bad-yaml/anchor 1:7"},
      {"an open bracket", "a: [1, 2\n", "bad-yaml/unclosed 1:4"},
      {"an open brace", "a:\n  - {b: 1\n", "bad-yaml/unclosed 2:5"},
      {"a bracket too many", "a: [1]]\n", "bad-yaml/flow-end 1:7"},
      {"a key without a colon", "a: 1\nb\n", "bad-yaml/no-colon 2:1"},
      {"a key without a blank", "{a:1}\n", "bad-yaml/no-colon 1:2"},
      {"nothing between commas", "[1,,2]", "bad-yaml/empty-item 1:4"},
      {"two colons", "a: b: c\n", "bad-yaml/map-value 1:5"},
      {"a list behind its key", "a: - b\n", "bad-yaml/list-item 1:4"},
      {"an unknown escape", "a: \"\\q\"\n", "bad-yaml/escape 1:7"},
      {"a value that begins with %", "a: %b\n", "bad-yaml/start-character 1:4"},
      {"a question mark in braces", "{a: b? c}", "bad-yaml/question-mark 1:6"},
      {"wrong indentation", "- a: 1\n b: 2", "bad-yaml/indentation 2:2"},
      {"UTF-16 little endian",
       std::string_view("\xFF\xFE"
                        "a\0",
                        4),
       "bad-yaml/utf-16 1:1"},
      {"UTF-16 without a mark", std::string_view("a\0:\0", 4), "bad-yaml/utf-16 1:1"},
      {"GBK", "a: \xC4\xE3\n", "bad-yaml/not-utf8 1:4"},
      {"an overlong form", "a: \xC0\xAF\n", "bad-yaml/not-utf8 1:4"},
      {"a surrogate", "a: \xED\xA0\x80\n", "bad-yaml/not-utf8 1:4"},
      {"NUL", std::string_view("a: b\0c\n", 7), "bad-yaml/control-character 1:5"},
      {"ESC", "a: \x1b[31m\n", "bad-yaml/control-character 1:4"},
      {"the end-of-input mark of yaml-cpp", "a: 1\n\x04garbage\n", "bad-yaml/control-character 2:1"},
      {"a lone carriage return", "a: 1\rb: 2\n", "bad-yaml/control-character 1:5"},
      {"C1", "a: \xC2\x9B\n", "bad-yaml/control-character 1:4"},
      {"a line separator", "a: \xE2\x80\xA8\n", "bad-yaml/control-character 1:4"},
      {"a byte order mark within", "a: \xEF\xBB\xBF\n", "bad-yaml/control-character 1:4"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    if (row.why == "cut in double quotes without a newline") {
      CHECK(first_fault(row.text).starts_with("bad-yaml/cut "));
    } else {
      CHECK(first_fault(row.text) == row.expected);
    }
  }
}

TEST_CASE("a duplicate key names both lines") {
  Diagnostics d;
  read("a: 1\nb: 2\na: 3\n", d);
  REQUIRE(d.size() == 1);
  CHECK(d[0].args == std::vector<std::string>{"a", "1"});
  REQUIRE(d[0].related.size() == 1);
  CHECK(d[0].related[0] == SourceSpan{"f.yaml", 1, 1, 1});
}

TEST_CASE("a key twice is found among few keys and among many, each time at the first") {
  for (const int keys : {2, 15, 16, 17, 200}) {
    CAPTURE(keys);
    std::string text;
    for (int i = 0; i < keys; ++i) text += "k" + std::to_string(i) + ": 1\n";
    text += "k1: 2\nk0: 2\nk1: 3\n";
    Diagnostics d;
    read(text, d);
    REQUIRE(d.size() == 3);
    for (const Diagnostic& x : d) CHECK(x.message == "duplicate-key");
    CHECK(d[0].args == std::vector<std::string>{"k1", "2"});
    CHECK(d[1].args == std::vector<std::string>{"k0", "1"});
    CHECK(d[2].args == std::vector<std::string>{"k1", "2"});
    CHECK(d[2].span.line == keys + 3);
  }
}

TEST_CASE("several refusals of one file are all reported") {
  CHECK(faults("a: &x 1\nb: *x\nc: !t 2\n") ==
        std::vector<std::string>{"bad-yaml/anchor 1:4", "bad-yaml/alias 2:4", "bad-yaml/tag 3:4"});
}

TEST_CASE("files that are fine have no faults") {
  for (const std::string_view text : {"",
                                      "# only a comment\n",
                                      "a: 1\n",
                                      "a: 1\r\nb: [x, 'y']\r\n",
                                      "\xEF\xBB\xBF"
                                      "a: 1\n",
                                      "---\na: 1\n",
                                      "a: 1\n...\n",
                                      "a: 1\n# end\n",
                                      "a: \"x\n  y\"\n",
                                      "a: 'it''s'\n",
                                      "a: |\n  x\n\n  y\nb: 2\n",
                                      "a: \"&x *y !z <<\"\n",
                                      "a: [1, 2,]\n",
                                      "[1, # one\n 2]",
                                      "a: 'tab\there'\n",
                                      "a: {b: 1,\n\tc: 2}\n",
                                      "a:\n- 1\n- 2\n",
                                      "a: x#y\n",
                                      "a: b\n  c\n",
                                      "\"<<\": 1\n",
                                      "a: {}\nb: []\n",
                                      "a:\nb: ~\n",
                                      "a: \xF0\x9F\x98\x80\n"}) {
    CAPTURE(text);
    CHECK(faults(text).empty());
  }
}

TEST_CASE("places are lines and byte columns from 1 and lengths as written") {
  Diagnostics d;
  const std::string text =
      "\xEF\xBB\xBF"
      "k: 1\n中文: [一, \"b c\"]\r\nz: |\n  x\n  y\nl: {p: [1,\n  2]}\n";
  const Tree tree = read(text, d);
  REQUIRE(d.empty());
  const auto place = [&](std::string_view value) {
    for (uint32_t i = 0; i < tree.nodes.size(); ++i) {
      if (tree.nodes[i].kind == NodeKind::scalar && tree.nodes[i].text == value) return tree.span(i);
    }
    return SourceSpan{};
  };
  CHECK(place("k") == SourceSpan{"f.yaml", 1, 1, 1});     // the mark is no part of the line
  CHECK(place("中文") == SourceSpan{"f.yaml", 2, 1, 6});  // three bytes each
  CHECK(place("一") == SourceSpan{"f.yaml", 2, 10, 3});
  CHECK(place("b c") == SourceSpan{"f.yaml", 2, 15, 5});  // with its quotes
  CHECK(place("z") == SourceSpan{"f.yaml", 3, 1, 1});
  CHECK(place("2") == SourceSpan{"f.yaml", 7, 3, 1});
  const Node& root = tree.nodes[tree.root];
  const Node& flow = tree.nodes[root.children.back()];
  CHECK(text.substr(flow.begin, flow.end - flow.begin) == "{p: [1,\n  2]}");
  CHECK(tree.path(tree.nodes[flow.children[1]].children[1]) == "l.p[2]");
}

TEST_CASE("quoted and block texts are texts and plain ones are not") {
  Diagnostics d;
  const Tree tree = read("[1, '1', \"1\", ~]", d);
  const Node& root = tree.nodes[tree.root];
  CHECK_FALSE(tree.nodes[root.children[0]].quoted);
  CHECK(tree.nodes[root.children[1]].quoted);
  CHECK(tree.nodes[root.children[2]].quoted);
  CHECK(tree.nodes[root.children[3]].kind == NodeKind::null);
}

TEST_CASE("limits are kept at both sides") {
  const auto nested = [](size_t n) { return std::string(n, '[') + "1" + std::string(n, ']'); };
  CHECK(first_fault(nested(64)).empty());
  CHECK(first_fault(nested(65)) == "bad-yaml/too-deep 1:65");
  CHECK(first_fault(nested(100'000)) == "bad-yaml/too-deep 1:65");
  std::string block;
  for (int i = 0; i < 2000; ++i) block += std::string(static_cast<size_t>(i), ' ') + "a:\n";
  CHECK(first_fault(block) == "bad-yaml/too-deep 65:65");
  std::string items = "[1";
  for (size_t i = 2; i <= 99'999; ++i) items += ",1";
  CHECK(first_fault(items + "]").empty());  // with the list itself 100,000
  CHECK(first_fault(items + ",1]").starts_with("bad-yaml/too-many-nodes"));
  const std::string big = "a: " + std::string(kMostBytes - 4, 'x') + "\n";
  REQUIRE(big.size() == kMostBytes);
  CHECK(first_fault(big).empty());
  CHECK(first_fault(big + "#") == "bad-yaml/too-large 1:1");
}

TEST_CASE("an alias bomb is refused without being expanded") {
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int i = 1; i < 30; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before + ", " + before + "]\n";
  }
  CHECK(first_fault(bomb) == "bad-yaml/anchor 1:5");
}
