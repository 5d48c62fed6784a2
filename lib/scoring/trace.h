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

// Shortest text that reads back as the same double, without exponent; of fractions 15 digits at most, because what
// comes after is noise of binary fractions (0.1 + 0.2).
std::string exact_text(double value);
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

inline std::string exact_text(const OptionalFigure& figure) {
  return figure ? exact_text(*figure) : std::string();
}

// A mean as it is computed, for people to do again: "(60 × 90 + 40 × 80) / 100".
class MeanText {
 public:
  void add(const std::string& weight, const std::string& figure);
  void add(const std::string& figure);  // all weigh the same
  // "" when nothing was added. `divisor`: the sum of the weights, or the number of figures.
  std::string text(const std::string& divisor) const;
  std::string figures() const { return figures_; }  // "90, 80"

 private:
  std::string terms_;
  std::string figures_;
  size_t count_ = 0;
};

// "112.25 + 8", "98 − 3".
std::string sum_text(const std::string& first, Figure second);

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
