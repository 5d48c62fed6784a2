// CRC-32C (Castagnoli) over bytes that come in pieces: finds every change of up to three bits, and every burst of up
// to 32, in anything a store holds. Computed by ISA-L.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hr::store {

class Checksum {
 public:
  void add(std::string_view bytes);
  void add(int64_t value);  // as eight bytes, low ones first
  uint32_t value() const;

 private:
  uint32_t state_ = 0xFFFFFFFFU;   // of all but those that wait
  std::array<char, 256> waiting_;  // short pieces, which are added together
  size_t waits_ = 0;
};

}  // namespace hr::store
