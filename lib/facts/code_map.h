// The codes of one dictionary in terms of another: of the same one they are what they are.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "facts/shared_dictionary.h"

namespace hr::facts {

class CodeMap {
 public:
  CodeMap() = default;  // each code is itself
  explicit CodeMap(std::vector<uint32_t> codes) : codes_(std::move(codes)) {}

  uint32_t operator[](uint32_t code) const { return codes_.empty() ? code : codes_[code]; }

 private:
  std::vector<uint32_t> codes_;
};

// The codes of `from` in `to`, which gets the texts that it lacks. An empty `to` becomes a copy, so that codes stay.
inline CodeMap add_codes(SharedDictionary& to, const SharedDictionary& from) {
  if (to.size() == 0) to = from;
  if (to.same_as(from)) return {};
  std::vector<uint32_t> codes;
  codes.reserve(from.size());
  for (uint32_t code = 0; code < from.size(); ++code) codes.push_back(to.add(from[code]));
  return CodeMap(std::move(codes));
}

// The same of the code of one text only.
inline uint32_t add_code(SharedDictionary& to, const SharedDictionary& from, uint32_t code) {
  if (to.size() == 0) to = from;
  return to.same_as(from) ? code : to.add(from[code]);
}

}  // namespace hr::facts
