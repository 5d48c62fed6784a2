#include "defs/yaml_fault.h"

#include <utility>

#include "defs/yaml_text.h"

namespace hr::defs {

// yaml-cpp's English sentences, as keys of our own.
static std::string message_for(std::string_view said) {
  static constexpr std::pair<std::string_view, const char*> kKnown[] = {
      {"end of map flow", "bad-yaml/unclosed"},
      {"end of sequence flow", "bad-yaml/unclosed"},
      {"end of map", "bad-yaml/indentation"},
      {"end of sequence", "bad-yaml/indentation"},
      {"illegal map value", "bad-yaml/map-value"},
      {"anchor is not defined", "bad-yaml/alias"},
      {"multiple anchors", "bad-yaml/anchor"},
      {"multiple tags", "bad-yaml/tag"},
      {"illegal block entry", "bad-yaml/list-item"},
      {"illegal EOF", "bad-yaml/cut"},
      {"illegal flow end", "bad-yaml/flow-end"},
      {"escape", "bad-yaml/escape"},
      {"hex number", "bad-yaml/escape"},
      {"nicode", "bad-yaml/escape"},
      {"illegal tab", "bad-yaml/tab"},
      {"unknown token", "bad-yaml/start-character"},
      {"document indicator", "bad-yaml/second-document"}};
  for (const auto& [part, key] : kKnown) {
    if (said.find(part) != std::string_view::npos) return key;
  }
  return "bad-yaml/syntax";
}

// A [ or { that goes on to the end of the file is never closed; else something stands in its way.
static Fault bracket_fault(const Tree& tree, const Node* open, uint32_t at) {
  if (!open) return {"bad-yaml/syntax", at, at + 1, {}};
  const char bracket = tree.text[open->begin];
  if (tree.text.find_first_not_of(" \t\r\n", at) == std::string_view::npos)
    return {"bad-yaml/unclosed", open->begin, open->begin + 1, {std::string(1, bracket)}};
  return {"bad-yaml/flow-separator", at, at + 1, {bracket == '[' ? "]" : "}"}, open->begin};
}

Fault fault_of(std::string_view said, uint32_t at, const Tree& tree, const Node* open) {
  const size_t size = tree.text.size();
  const std::string message = message_for(said);
  if (const auto tab = tab_of_indentation(tree.text, at); tab && at < size && message != "bad-yaml/cut") {
    const auto begin = static_cast<uint32_t>(*tab);
    return {"bad-yaml/tab", begin, begin + 1, {}};
  }
  if (at < size && tree.text[at] == '?' && open) return {"bad-yaml/question-mark", at, at + 1, {}};
  if (message == "bad-yaml/unclosed") return bracket_fault(tree, open, at);
  if (message == "bad-yaml/indentation" && !begins_line(tree.text, at)) return {"bad-yaml/after-value", at, at + 1, {}};
  if (message == "bad-yaml/start-character") return {message, at, at + 1, {std::string(tree.text.substr(at, 1))}};
  return {message, at, at + 1, {}};
}

bool is_made_up_by_a_cut(std::string_view message) {
  return message == "bad-yaml/no-colon" || message == "bad-yaml/empty-item" || message == "bad-yaml/decimal-comma";
}

}  // namespace hr::defs
