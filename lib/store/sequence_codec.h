// Numbers that often repeat the one before or go up in steps (lines, codes) as bytes, in the form that takes the least.
// The format is stated in docs/formats/store.md. Decoding checks everything and throws DamagedBlob.
#pragma once

#include <cstdint>
#include <span>

#include "store/byte_stream.h"

namespace hr::store {

void encode_sequence(ByteWriter& out, std::span<const uint32_t> values);
void decode_sequence(ByteReader& in, std::span<uint32_t> values, uint32_t limit);  // each ≤ limit

}  // namespace hr::store
