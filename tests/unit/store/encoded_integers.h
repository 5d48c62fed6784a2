// Integers as the store's bytes, and back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "store/number_codec.h"

namespace hr::store {

using Integers = std::vector<int64_t>;

inline std::string encoded(const Integers& values) {
  ByteWriter out;
  encode_integers(out, values);
  return out.take();
}

inline Integers decoded(const std::string& bytes, size_t n) {
  ByteReader in(bytes);
  auto values = decode_integers(in, n);
  in.end();
  return values;
}

}  // namespace hr::store
