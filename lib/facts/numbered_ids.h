// Finds the codes of ids of one shape, in whatever order they come: E3169921, E0554354. A number says all of an id, so
// that a look-up touches one place in memory, where one by hash touches the text as well. Internal to Dictionary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "facts/id_shape.h"

namespace hr::facts {

class NumberedIds {
 public:
  // Of these ids alone, of which none is there yet; room for about so many.
  void begin(const IdShape& shape, size_t expected);
  bool has_begun() const { return shape_.any(); }

  uint64_t number_of(std::string_view text) const { return shape_.number_of(text); }
  uint32_t find(uint64_t number) const {  // kMissingCode = it is not there
    size_t at = place(number);
    while (slots_[at].code != kFree && slots_[at].number != number) at = after(at);
    return slots_[at].code;
  }
  void put(uint64_t number, uint32_t code);  // one that is not there
  void ask_for(uint64_t number) const { __builtin_prefetch(&slots_[place(number)]); }

 private:
  static constexpr uint32_t kFree = UINT32_MAX;  // kMissingCode
  struct Slot {
    uint32_t number = 0;
    uint32_t code = kFree;
  };

  size_t place(uint64_t number) const { return number * 0x9E3779B97F4A7C15U >> shift_; }
  size_t after(size_t at) const { return (at + 1) & (slots_.size() - 1); }
  void resize(size_t ids);
  void insert(Slot slot);

  IdShape shape_;
  size_t ids_ = 0;
  std::vector<Slot> slots_;  // a power of two, at most three quarters full
  unsigned shift_ = 0;       // 64 - the bits of a place
};

}  // namespace hr::facts
