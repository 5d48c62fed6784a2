// Bytes of the store's blobs: written once, read back with every length checked, so that a damaged blob is found and
// never crashes or runs away.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hr::store {

// A blob does not say what it should. Caught where the blob was read from, which knows its place in the store.
struct DamagedBlob : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class ByteWriter {
 public:
  void byte(uint8_t value) { bytes_.push_back(static_cast<char>(value)); }
  void bytes(std::string_view text) { bytes_.append(text); }
  void number(uint64_t value) {  // seven bits a byte, low ones first
    for (; value >= 0x80; value >>= 7U) byte(static_cast<uint8_t>(value | 0x80U));
    byte(static_cast<uint8_t>(value));
  }
  char* grow(size_t n) {  // n more bytes, to be filled by the caller
    bytes_.resize(bytes_.size() + n);
    return bytes_.data() + bytes_.size() - n;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  uint8_t byte() { return static_cast<uint8_t>(bytes(1)[0]); }
  std::string_view bytes(uint64_t n) {
    if (n > rest_.size()) throw DamagedBlob("ends too early");
    const std::string_view part = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return part;
  }
  uint64_t number() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const uint64_t b = byte();
      if (shift == 63 && b > 1) break;
      value |= (b & 0x7FU) << shift;
      if (b < 0x80) return value;
    }
    throw DamagedBlob("a number is too long");
  }
  uint64_t number_up_to(uint64_t limit) {
    const uint64_t value = number();
    if (value > limit) throw DamagedBlob("a number is too large");
    return value;
  }
  bool at_end() const { return rest_.empty(); }
  void end() const {
    if (!rest_.empty()) throw DamagedBlob("is too long");
  }

 private:
  std::string_view rest_;
};

}  // namespace hr::store
