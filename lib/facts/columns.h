// Small parts that columns of a dataset are made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"

namespace hr::facts {

inline constexpr uint32_t kNone = 0xFFFFFFFFU;

// Where a stored value came from: an imported file (store's source id, 0 = none) and its line.
struct Origin {
  uint32_t source = 0;
  uint32_t row = 0;
};

// Texts a row, held once each in a dictionary that other columns may share. Rows beyond the end have none.
struct TextColumn {
  std::vector<uint32_t> codes;  // kMissingCode = none
  SharedDictionary texts;

  size_t size() const { return codes.size(); }
  std::string_view operator[](size_t row) const {
    return row >= codes.size() || codes[row] == kMissingCode ? std::string_view{} : texts[codes[row]];
  }
  std::vector<std::string> all() const;  // copies: for a message, not for a loop
};

}  // namespace hr::facts
