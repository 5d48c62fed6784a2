// Our reader against libyaml, which is strict: every combination of three pieces of YAML, and damaged copies of a real
// file. The same verdict, and where both accept, the same values. Exceptions are listed with their reasons.
#include <doctest/doctest.h>
#include <yaml.h>

#include <cstdint>
#include <fstream>
#include <sstream>

#include "defs/yaml_tree.h"

using namespace hr;
using namespace hr::defs;

namespace {

struct Oracle {
  std::string fault;   // empty: accepted
  std::string values;  // "[", "]", "{", "}", and each scalar as "(text)"
};

void add_event(const yaml_event_t& e, Oracle& out) {
  switch (e.type) {
    case YAML_ALIAS_EVENT:
      out.fault = "alias";
      break;
    case YAML_SCALAR_EVENT:
      if (e.data.scalar.anchor || e.data.scalar.tag) out.fault = "anchor or tag";
      out.values += "(" + std::string(reinterpret_cast<const char*>(e.data.scalar.value), e.data.scalar.length) + ")";
      break;
    case YAML_SEQUENCE_START_EVENT:
      if (e.data.sequence_start.anchor || e.data.sequence_start.tag) out.fault = "anchor or tag";
      out.values += "[";
      break;
    case YAML_MAPPING_START_EVENT:
      if (e.data.mapping_start.anchor || e.data.mapping_start.tag) out.fault = "anchor or tag";
      out.values += "{";
      break;
    case YAML_SEQUENCE_END_EVENT:
      out.values += "]";
      break;
    case YAML_MAPPING_END_EVENT:
      out.values += "}";
      break;
    default:
      break;
  }
}

Oracle ask_libyaml(const std::string& text) {
  Oracle out;
  yaml_parser_t parser;
  yaml_parser_initialize(&parser);
  yaml_parser_set_input_string(&parser, reinterpret_cast<const unsigned char*>(text.data()), text.size());
  int documents = 0;
  for (bool done = false; !done;) {
    yaml_event_t e;
    if (!yaml_parser_parse(&parser, &e)) {
      out.fault = parser.problem ? parser.problem : "?";
      break;
    }
    add_event(e, out);
    if (e.type == YAML_DOCUMENT_START_EVENT && ++documents > 1) out.fault = "second document";
    done = e.type == YAML_STREAM_END_EVENT || !out.fault.empty();
    yaml_event_delete(&e);
  }
  yaml_parser_delete(&parser);
  return out;
}

std::string values_of(const Tree& tree, uint32_t index) {
  if (index == kNoNode) return "";
  const Node& node = tree.nodes[index];
  if (node.kind == NodeKind::scalar || node.kind == NodeKind::null) return "(" + node.text + ")";
  std::string out = node.kind == NodeKind::list ? "[" : "{";
  for (const uint32_t child : node.children) out += values_of(tree, child);
  return out + (node.kind == NodeKind::list ? "]" : "}");
}

// Why the verdicts may differ; empty: they may not.
std::string exception(const std::string& text, const std::string& ours, const std::string& libyaml) {
  const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
  if (!ours.empty()) {  // we refuse, libyaml accepts
    if (ours == "bad-yaml/key" || ours == "duplicate-key" || ours == "bad-yaml/merge-key")
      return "a loader's check, not a parser's";
    if (ours == "bad-yaml/no-colon") return "a key without a colon is one forgotten";
    if (ours == "bad-yaml/directive") return "directives are refused";
    if (has("|\n")) return "yaml-cpp: a block text that is not indented";
    if (has("? ") || has("{b\n}")) return "yaml-cpp: a key in brackets without a colon";
    if (has("?")) return "yaml-cpp: a question mark in brackets needs quotes";
    return "";
  }
  if (has("\t")) return "YAML 1.2: tabs may stand on blank lines, in block texts and after `- `";
  if (has(":") && (has("[") || has("{"))) return "YAML 1.2: a plain text may begin with a colon, `[a:]` is a map";
  if (libyaml == "could not find expected ':'" && has("? b\n:")) return "yaml-cpp: an explicit key and value below it";
  return "";
}

void compare(const std::string& text) {
  Diagnostics d;
  const Tree tree = read_yaml("f", text, d);
  const Oracle oracle = ask_libyaml(text);
  const std::string ours = d.empty() ? "" : d.front().message;
  if (ours.empty() == oracle.fault.empty()) {
    if (ours.empty()) CHECK_MESSAGE(values_of(tree, tree.root) == oracle.values, text);
    return;
  }
  CHECK_MESSAGE(!exception(text, ours, oracle.fault).empty(), "[", text, "] ours: ", ours, ", libyaml: ", oracle.fault);
}

}  // namespace

TEST_CASE("every three pieces of YAML are judged and read as libyaml does") {
  const std::vector<std::string> pieces{"a", ": ", ":",  "- ",  "\n",  " ",   "[",    "]",  "{",   "}",   ",", "\"",
                                        "'", " #", "? ", "&x ", "*x ", "!t ", "|\n ", "\t", "---", "b\n", "%", "@"};
  for (const std::string& a : pieces) {
    for (const std::string& b : pieces) {
      for (const std::string& c : pieces) compare(a + b + c);
    }
  }
}

TEST_CASE("a real file with one byte changed or cut off is judged as libyaml does") {
  std::ifstream in(std::string(HRCTL_SOURCE_DIR) + "/tests/data/definitions/good/okrs.yaml", std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  const std::string text = bytes.str();
  REQUIRE(text.size() > 1000);
  for (size_t cut = 0; cut < text.size(); cut += 7) compare(text.substr(0, cut));
  uint32_t state = 1;  // a fixed sequence: the same damage on every machine
  const std::string_view letters = "a:-[]{},\"'# \n?&*!|%@<";
  for (int i = 0; i < 600; ++i) {
    state = state * 1664525U + 1013904223U;
    std::string damaged = text;
    damaged[(state >> 8U) % text.size()] = letters[(state >> 3U) % letters.size()];
    compare(damaged);
  }
}
