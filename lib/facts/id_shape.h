// Ids of one length that differ in their last digits alone: E0002251, 10023, unit:U100017. Their number says which one
// it is. Internal to Dictionary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/bits.h"

namespace hr::facts {

class IdShape {
 public:
  static constexpr uint64_t kNone = UINT64_MAX;

  IdShape() = default;  // of no id
  // That of an id which ends in a digit: of the digits at its end, eight at most.
  explicit IdShape(std::string_view id);

  bool any() const { return size_ > 0; }
  // Less than 10^8; kNone: it is of another shape.
  uint64_t number_of(std::string_view text) const {
    if (text.size() != size_ || size_ == 0) return kNone;
    const uint64_t last = last_bytes(text);
    const uint64_t digits = (last & digits_) | (kZeros & ~digits_);
    if ((last & ~digits_) != front_ || !are_digits(digits)) return kNone;
    if (!head_.empty() && std::memcmp(text.data(), head_.data(), head_.size()) != 0) return kNone;
    return read_digits(digits);
  }

 private:
  static constexpr size_t kWord = 8;  // bytes, which are looked at together
  static constexpr uint64_t kZeros = 0x3030303030303030U;

  // The last eight bytes, the last of all highest; zeros stand for those that a shorter text lacks.
  static uint64_t last_bytes(std::string_view text) {
    const size_t n = text.size();
    const char* p = text.data();
    if (n >= kWord) return load<uint64_t>(p + n - kWord);
    uint64_t bytes = 0;
    if (n >= 4) {
      bytes = load<uint32_t>(p) | load<uint32_t>(p + n - 4) << (8 * (n - 4));
    } else {
      for (size_t i = 0; i < n; ++i) bytes |= uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
    }
    return n == 0 ? 0 : bytes << (8 * (kWord - n));
  }
  static bool are_digits(uint64_t bytes) {
    constexpr uint64_t kHigh = 0xF0F0F0F0F0F0F0F0U;
    return (((bytes & kHigh) ^ kZeros) | (((bytes + 0x0606060606060606U) & kHigh) ^ kZeros)) == 0;
  }
  // Of eight digits, the first lowest: pairs, fours, all.
  static uint64_t read_digits(uint64_t digits) {
    digits = (digits & 0x0F0F0F0F0F0F0F0FU) * 2561 >> 8U;
    digits = (digits & 0x00FF00FF00FF00FFU) * 6553601 >> 16U;
    return (digits & 0x0000FFFF0000FFFFU) * 42949672960001 >> 32U;
  }

  size_t size_ = 0;      // bytes
  uint64_t front_ = 0;   // of the last eight bytes those before the digits, which stand where `digits_` has zeros
  uint64_t digits_ = 0;  // ones where the digits stand
  std::string head_;     // the bytes before the last eight
};

}  // namespace hr::facts
