// Small parts that columns of a dataset are made of.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/unset_vector.h"
#include "facts/frame.h"
#include "facts/row_order.h"

namespace hr::facts {

inline constexpr uint32_t kNone = 0xFFFFFFFFU;

// Where a stored value came from: an imported file (store's source id, 0 = none) and its line.
struct Origin {
  uint32_t source = 0;
  uint32_t row = 0;
};

// Adds `n` elements and returns the first of them: a push_back() that is not inlined costs more than what it adds.
template <class Vector>
typename Vector::value_type* grow(Vector& values, size_t n) {
  values.resize(values.size() + n);
  return values.data() + (values.size() - n);
}

// Where each row came from; four bytes where all are of one file.
class OriginColumn {
 public:
  size_t size() const { return rows_.size(); }
  void reserve(size_t n) { rows_.reserve(n); }
  void push_back(Origin origin) {
    if (rows_.empty()) source_ = origin.source;
    if (sources_.empty() && origin.source != source_) sources_.assign(rows_.size(), source_);
    if (origin.source != source_ || !sources_.empty()) sources_.push_back(origin.source);
    rows_.push_back(origin.row);
  }
  // Of some rows of a frame, whose `sources` may be empty (none) and whose `lines` are not.
  void append(std::span<const uint32_t> sources, std::span<const uint32_t> lines, std::span<const uint32_t> rows) {
    if (rows.empty()) return;
    const auto source_of = [&](uint32_t row) { return sources.empty() ? 0 : sources[row]; };
    if (rows_.empty()) source_ = source_of(rows.front());
    const auto is_first = [&](uint32_t row) { return source_of(row) == source_; };
    if (!sources_.empty() || !std::all_of(rows.begin(), rows.end(), is_first)) {
      for (const uint32_t row : rows) push_back({source_of(row), lines[row]});
      return;
    }
    uint32_t* to = grow(rows_, rows.size());
    for (const uint32_t row : rows) *to++ = lines[row];
  }
  Origin operator[](size_t i) const { return {sources_.empty() ? source_ : sources_[i], rows_[i]}; }
  void rearrange(std::span<const uint32_t> order) {
    facts::rearrange(rows_, order);
    if (!sources_.empty()) facts::rearrange(sources_, order);
  }

 private:
  UnsetVector<uint32_t> rows_;
  std::vector<uint32_t> sources_;  // empty: all of source_
  uint32_t source_ = 0;
};

// Texts a row, held once each in a dictionary that other columns may share. Rows beyond the end have none.
struct TextColumn {
  std::vector<uint32_t> codes;  // kMissingCode = none
  SharedDictionary texts;

  size_t size() const { return codes.size(); }
  std::string_view operator[](size_t row) const {
    return row >= codes.size() || codes[row] == kMissingCode ? std::string_view{} : texts[codes[row]];
  }
  // As DecimalColumn::rearrange(), of `rows` rows.
  void rearrange(size_t rows, std::span<const uint32_t> order) {
    if (order.empty() || codes.empty()) return;
    codes.resize(rows, kMissingCode);
    facts::rearrange(codes, order);
  }
  std::vector<std::string> all() const;  // copies: for a message, not for a loop
};

// Ids, ascending by their bytes, each once: the place of one is the number of who has it.
struct IdColumn : TextColumn {
  std::vector<uint32_t> of_code;  // number by code of texts, kNone = nobody's; codes beyond its end are nobody's

  std::optional<uint32_t> find(std::string_view id) const;
};
IdColumn make_ids(std::vector<uint32_t> codes, SharedDictionary texts);  // codes: ascending by text, each once

// The numbers that codes of some column stand for, kNone = nobody's. Nothing is looked up where the column shares its
// dictionary with the ids, which have to outlive this.
class NumbersByCode {
 public:
  NumbersByCode() = default;
  NumbersByCode(const SharedDictionary& texts, const IdColumn& ids);

  uint32_t operator[](uint32_t code) const { return shared_ != nullptr ? (*shared_)[code] : own_[code]; }

 private:
  const std::vector<uint32_t>* shared_ = nullptr;
  std::vector<uint32_t> own_;
};

}  // namespace hr::facts
