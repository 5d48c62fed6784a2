// Ids as companies give them, and texts that only look like them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

// What ids of a company begin with, and how many digits follow.
struct IdForm {
  const char* front;
  size_t digits;
};

inline std::string padded(const std::string& front, uint64_t number, size_t digits) {
  std::string text = std::to_string(number);
  return front + std::string(digits - std::min(digits, text.size()), '0') + text;
}

// Texts like `text`, each another in some way.
inline std::vector<std::string> changed(const std::string& text, std::mt19937& random) {
  std::vector<std::string> all{text + "0", "0" + text, text.substr(1), text.substr(0, text.size() - 1), ""};
  for (const char c : {'/', ':', '0', '9', 'a', '\x7f', '\xb5', '\xfa', '\0'}) {
    all.push_back(text);
    all.back()[random() % text.size()] = c;
  }
  return all;
}
