#include "store/checksum.h"

#include <isa-l/crc.h>

#include <algorithm>

namespace hr::store {

// A call takes 15 ns however short the bytes are.
static uint32_t add_to(uint32_t state, std::string_view bytes) {
  constexpr size_t kMost = size_t{1} << 30U;  // its length is an int
  while (!bytes.empty()) {
    const std::string_view some = bytes.substr(0, kMost);
    auto* begin = reinterpret_cast<unsigned char*>(const_cast<char*>(some.data()));  // which it only reads
    state = crc32_iscsi(begin, static_cast<int>(some.size()), state);
    bytes.remove_prefix(some.size());
  }
  return state;
}

void Checksum::add(std::string_view bytes) {
  if (bytes.size() > waiting_.size() - waits_) {
    state_ = add_to(state_, {waiting_.data(), waits_});
    waits_ = 0;
  }
  if (bytes.size() > waiting_.size()) {
    state_ = add_to(state_, bytes);
  } else {
    std::copy(bytes.begin(), bytes.end(), waiting_.data() + waits_);
    waits_ += bytes.size();
  }
}

void Checksum::add(int64_t value) {
  char bytes[8];
  for (unsigned i = 0; i < 8; ++i) bytes[i] = static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
  add(std::string_view(bytes, 8));
}

uint32_t Checksum::value() const {
  return ~add_to(state_, {waiting_.data(), waits_});
}

}  // namespace hr::store
