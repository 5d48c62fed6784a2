#include "scoring/trace.h"

#include <array>
#include <charconv>

namespace hr::scoring {

std::string exact_text(double value) {
  if (value == 0) return "0";
  std::array<char, 400> buffer{};  // the largest double has 309 digits, the smallest 324 zeros and 17 digits
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
  return error == std::errc() ? std::string(buffer.data(), end) : std::string();
}

Derivation* make_node(Derivation& parent, std::string_view path, const char* rule) {
  Derivation& node = parent.parts.emplace_back();
  node.node = path;
  node.rule = rule;
  return &node;
}

Derivation* make_part(Derivation& parent, std::string_view suffix, const char* rule) {
  std::string path = parent.node;
  path += '/';
  path += suffix;
  return make_node(parent, path, rule);
}

void set_origin(Derivation& node, const facts::Origin& origin) {
  node.source = origin.source;
  node.row = origin.row;
}

}  // namespace hr::scoring
