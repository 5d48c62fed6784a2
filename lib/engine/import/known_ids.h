// Ids that incoming rows may refer to, of the store and of the definitions; and which of them a wrong one was meant as.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/suggester.h"
#include "facts/frame.h"
#include "model/definitions.h"
#include "model/imported_table.h"
#include "store/store.h"

namespace hr::engine {

// Digits alone, which a spreadsheet takes for a number.
bool is_number(std::string_view id);

// Ids that rows may refer to. Several threads may ask has() at once. A copy is good for as long as what it is a copy
// of.
class KnownIds {
 public:
  void add(std::string_view id);
  // The texts that its rows have; they are not copied. Columns with the same dictionary, added one behind the other,
  // are one.
  void add(const facts::Column& ids);
  bool has(std::string_view id) const;
  // The same of a text of a dictionary: not looked up where that is the one of the column that was added, or on top of
  // it.
  bool has(const facts::SharedDictionary& dictionary, uint32_t code) const;
  // The same as far as it is told without a look at the text; false says nothing.
  bool has_code(const facts::SharedDictionary& dictionary, uint32_t code) const;
  bool empty() const { return columns_.empty() && more_.size() == 0; }
  // The known id that is probably meant: one that looks the same, the same number with zeros in front, or the nearest
  // one; empty = none.
  std::string meant_by(std::string_view id, Suggester& suggester) const;
  // The known id that a spreadsheet turns into `id`: 007 for 7. Empty = none.
  std::string with_zeros(std::string_view id) const;

 private:
  struct Texts {
    facts::SharedDictionary dictionary;
    std::vector<uint8_t> is_known;  // by code
  };

  const std::vector<std::string_view>& all() const;

  std::vector<Texts> columns_;
  facts::Dictionary more_;                     // added one by one, after the columns'
  mutable std::vector<std::string_view> all_;  // made when first asked for, which is when something is unknown
  mutable std::optional<std::unordered_map<std::string, std::string>> zeros_;  // 7 → 007; likewise
};

// What the store and the definitions know, as far as a table refers to it.
struct References {
  KnownIds employees;
  KnownIds kpis;         // empty: not checked
  KnownIds key_results;  // with KEY_RESULT/MILESTONE
  KnownIds objectives;
};
References load_references(store::Store& store, model::TableId table, const model::Definitions* definitions);

}  // namespace hr::engine
