// Texts that are known to be distinct, at once.
#pragma once

#include <string>
#include <vector>

#include "facts/dictionary.h"

inline void append_distinct(hr::facts::Dictionary& dictionary, const std::vector<std::string>& texts) {
  std::string bytes;
  std::vector<uint32_t> lengths;
  for (const std::string& text : texts) {
    bytes += text;
    lengths.push_back(static_cast<uint32_t>(text.size()));
  }
  dictionary.append_distinct(bytes, lengths);
}
