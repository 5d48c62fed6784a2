// Where each character of a scalar's value stands in the file, in every style of scalar.
#include "defs/scalar_source.h"

#include <doctest/doctest.h>

#include "defs/yaml_tree.h"

using namespace hr;
using namespace hr::defs;

// What of the file stands for the first `wanted` in the value of key `k`.
static std::string source_of(const std::string& text, std::string_view wanted) {
  Diagnostics d;
  const Tree tree = read_yaml("f.yaml", text, d);
  CHECK(d.empty());
  const Node& root = tree.nodes.at(tree.root);
  const Node& value = tree.nodes.at(root.children.at(1));
  const size_t at = value.text.find(wanted);
  REQUIRE(at != std::string::npos);
  const std::vector<Stretch> places = value_places(text, value.begin, value.text);
  REQUIRE(places.size() == value.text.size());
  return text.substr(places[at].begin, places[at + wanted.size() - 1].end - places[at].begin);
}

TEST_CASE("a stretch of a value is found as the file spells it") {
  struct Row {
    std::string why;
    std::string text;
    std::string wanted;
    std::string expected;
  };
  const Row rows[] = {
      {"plain", "k: a == b\n", "== b", "== b"},
      {"plain over two lines", "k: a ==\n   b && c\n", "b &&", "b &&"},
      {"across a fold", "k: a ==\n   b\n", "== b", "==\n   b"},
      {"an escaped quote", "k: \"a == \\\"x\\\" && b\"\n", "\"x\" && b", "\\\"x\\\" && b"},
      {"behind an escaped backslash", "k: \"'a\\\\tb' && c\"\n", "&& c", "&& c"},
      {"a numbered escape", "k: \"\\x6Aob == '\\u7532' && b\"\n", "甲' && b", "\\u7532' && b"},
      {"the letter that an escape stands for", "k: \"\\x6Aob\"\n", "job", "\\x6Aob"},
      {"an eight-digit escape", "k: \"'\\U0001F600' == b\"\n", "😀' == b", "\\U0001F600' == b"},
      {"an escaped blank", "k: \"a\\x20==\\tb\"\n", "b", "b"},
      {"a tab as a tab", "k: \"a\t== b\"\n", "== b", "== b"},
      {"an escaped end of line", "k: \"a \\\n   && b\"\n", "&& b", "&& b"},
      {"an empty line in quotes", "k: \"a\n\n  && b\"\n", "&& b", "&& b"},
      {"a doubled quote", "k: 'a == ''x'' && b'\n", "'x' && b", "''x'' && b"},
      {"a literal block", "k: |\n  a &&\n    b\n", "b", "b"},
      {"a folded block", "k: >-\n  a &&\n  b\n", "&& b", "&&\n  b"},
      {"a block with its own indentation", "k: |2\n    a && b\n", "&& b", "&& b"},
      {"line ends of Windows", "k: |\r\n  a\r\n  b\r\n", "b", "b"},
      {"Chinese", "k: \"甲 == \\\"乙\\\" && 丙\"\n", "丙", "丙"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(source_of(row.text, row.wanted) == row.expected);
  }
}

TEST_CASE("a value that does not fit its source is placed within the text") {
  const std::string text = "k: ab";
  for (const std::string value : {"abc", "xyz", "a b c d", "\n\n\n"}) {
    for (const Stretch& place : value_places(text, 3, value)) {
      CHECK(place.begin <= place.end);
      CHECK(place.end <= text.size());
    }
  }
  CHECK(value_places(text, 99, "a").size() == 1);
}
