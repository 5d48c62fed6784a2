// CRC-32C (Castagnoli) over bytes that come in pieces: finds every change of up to three bits, and every burst of up
// to 32, in anything a store holds.
#pragma once

#include <cstdint>
#include <string_view>

namespace hr::store {

class Checksum {
 public:
  void add(std::string_view bytes);
  void add(int64_t value);                   // as eight bytes, low ones first
  void add_plainly(std::string_view bytes);  // the same without the processor's instruction, for tests
  uint32_t value() const { return ~state_; }

 private:
  uint32_t state_ = 0xFFFFFFFFU;
};

}  // namespace hr::store
