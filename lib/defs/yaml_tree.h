// One YAML document as a small tree with the place of every node. YAML is taken strictly: one document, no anchors,
// aliases, tags or merge keys, no key twice, whole quotes. Only yaml_reader.cpp knows the YAML library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "defs/source_text.h"

namespace hr::defs {

enum class NodeKind : uint8_t {
  null,  // nothing, ~ or null
  scalar,
  list,
  map,
  broken,  // something refused, reported already: nothing more is said about it
};

inline constexpr uint32_t kNoNode = 0xFFFFFFFFU;

struct Node {
  NodeKind kind = NodeKind::null;
  bool quoted = false;  // in quotes, or a | or > block: surely a text
  std::string text;     // of a scalar; of a null as written
  uint32_t begin = 0;   // bytes [begin, end) of the file
  uint32_t end = 0;
  uint32_t parent = kNoNode;
  uint32_t key = kNoNode;          // of a value in a map: its key
  std::vector<uint32_t> children;  // of a list: the items; of a map: key, value, key, value …

  bool operator==(const Node&) const = default;
};

struct Tree : SourceText {
  std::vector<Node> nodes;
  uint32_t root = kNoNode;  // none: nothing but comments, or the file could not be read
  bool readable = true;     // false: the syntax is broken and the tree ends where it broke

  using SourceText::span;
  SourceSpan span(uint32_t node) const { return span(nodes[node].begin, nodes[node].end); }
  // kpis[2].curve: how a person would name the place.
  std::string path(uint32_t node) const;
};

inline constexpr size_t kMostBytes = size_t{4} << 20U;
inline constexpr size_t kMostDepth = 64;
inline constexpr size_t kMostNodes = 100'000;

// `text` must outlive the tree.
Tree read_yaml(const std::string& file, std::string_view text, Diagnostics& diagnostics);
// The same, without the short cut for plain YAML: what tests hold the short cut against.
Tree read_all_of_yaml(const std::string& file, std::string_view text, Diagnostics& diagnostics);

}  // namespace hr::defs
