// Typed reading of a YAML tree. A cursor stands on one node, knows its place, and says what is wrong with it: whatever
// is asked of it and is not there becomes a diagnostic and no value.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/diagnostic.h"
#include "defs/yaml_tree.h"
#include "model/expression.h"
#include "model/text.h"

namespace hr::defs {

class Cursor {
 public:
  // Both outlive the cursor.
  Cursor(const Tree& tree, uint32_t node, Diagnostics& diagnostics)
      : tree_(&tree), index_(node), diagnostics_(&diagnostics) {}

  const Node& node() const { return tree_->nodes[index_]; }
  NodeKind kind() const { return node().kind; }
  const Tree& tree() const { return *tree_; }
  Diagnostics& diagnostics() const { return *diagnostics_; }
  SourceSpan span() const { return tree_->span(index_); }
  // Of its key where it has one: the place of a list or map as a person would point at it.
  SourceSpan place() const { return node().key == kNoNode ? span() : tree_->span(node().key); }
  std::string path() const { return tree_->path(index_); }

  void error(std::string message, std::vector<std::string> args = {}, std::string suggestion = {}) const;
  void warning(std::string message, std::vector<std::string> args = {}) const;

  std::vector<Cursor> items() const;                       // of a list; anything else is an error
  std::vector<Cursor> items_of_some() const;               // as items(); an empty list is an error
  std::vector<std::pair<Cursor, Cursor>> entries() const;  // of a map whose keys are the user's: key, value

  std::optional<std::string> word() const;         // a text that is not empty; 007 stays as written
  std::optional<std::string> id() const;           // of a definition
  std::optional<std::string> identifier() const;   // of a KPI: usable in expressions
  std::optional<std::string> imported_id() const;  // of an employee or a unit
  std::optional<model::Text> text() const;         // a string or {en, zh}
  model::Expression expression() const;
  std::optional<Decimal> decimal() const;
  std::optional<Decimal> decimal_from(Decimal least) const;
  std::optional<Decimal> positive() const;  // > 0
  std::optional<Decimal> weight() const;    // ≥ 0
  std::optional<int> whole(int least, int most) const;
  std::optional<bool> boolean() const;
  std::optional<Date> date() const;
  // The position of the value among `words`.
  std::optional<size_t> choice(std::span<const std::string_view> words) const;

  void refuse_kind(const char* message) const;  // a value that is not there, or of another kind than wanted

 private:
  const std::string* scalar(const char* message) const;  // the text of a scalar, else `message`

  const Tree* tree_;
  uint32_t index_;
  Diagnostics* diagnostics_;
};

// The keys of one map. Whatever is not among `keys` is reported at once.
class Fields {
 public:
  Fields(const Cursor& map, std::initializer_list<std::string_view> keys);

  // A map whose keys have been checked already.
  explicit Fields(const Cursor& map) : map_(map) {}

  const Cursor& map() const { return map_; }
  std::optional<Cursor> get(std::string_view key) const;
  std::optional<Cursor> require(std::string_view key) const;  // a key that is not there is an error
  bool is_misspelt(std::string_view key) const;               // a key that is not known looks like it
  bool says(std::string_view key) const { return has(key) || is_misspelt(key); }
  bool has(std::string_view key) const { return get(key).has_value(); }

 private:
  Cursor map_;
  std::vector<std::string> misspelt_;  // what unknown keys were probably meant as
};

// Stores what was read; what could not be read has been reported and leaves the field alone.
template <class T, class Field>
void set(Field& field, std::optional<T> value) {
  if (value) field = *std::move(value);
}

// One of `words`, which stand in the order of the enumerators of E.
template <class E>
void set_choice(E& field, const std::optional<Cursor>& cursor, std::initializer_list<std::string_view> words) {
  if (!cursor) return;
  if (const auto i = cursor->choice({words.begin(), words.size()})) field = static_cast<E>(*i);
}

}  // namespace hr::defs
