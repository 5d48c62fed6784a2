// Recording how a figure came about. The code that computes takes a Derivation*: nullptr in a batch, a node to fill
// when one person's score is explained. Texts are made only when there is a node.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/figure.h"
#include "facts/dataset.h"
#include "model/derivation.h"

namespace hr::scoring {

using model::Derivation;

std::string exact_text(double value);  // shortest text that reads back as the same double, without exponent
inline std::string exact_text(Figure figure) {
  return to_string(figure.decimal());
}
inline std::string exact_text(Decimal value) {
  return to_string(value);
}
inline std::string exact_text(int64_t value) {
  return std::to_string(value);
}

template <class T>
std::string exact_text(const std::optional<T>& value) {
  return value ? exact_text(*value) : std::string();
}

Derivation* make_part(Derivation& parent, std::string_view suffix, const char* rule);
Derivation* make_node(Derivation& parent, std::string_view path, const char* rule);

// A part of `parent` with the path PARENT/SUFFIX, or nullptr when nothing is recorded. The pointer holds until the
// parent gets its next part.
inline Derivation* add_part(Derivation* parent, std::string_view suffix, const char* rule) {
  return parent == nullptr ? nullptr : make_part(*parent, suffix, rule);
}
// The same with a path of its own.
inline Derivation* add_node(Derivation* parent, std::string_view path, const char* rule) {
  return parent == nullptr ? nullptr : make_node(*parent, path, rule);
}

void set_origin(Derivation& node, const facts::Origin& origin);

}  // namespace hr::scoring
