// Texts and their codes as bytes. Ids are made by counting: texts that go on from the one before cost only their step.
// The format is stated in docs/formats/store.md. Decoding checks everything and throws DamagedBlob.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "store/byte_stream.h"

namespace hr::store {

// Texts one after the other, in the blob that they were decoded from or in memory of their own.
struct Texts {
  std::string_view bytes;
  std::vector<uint32_t> lengths;
  std::vector<char> made;  // what `bytes` looks at, where the blob does not have the texts as they are

  Texts() = default;
  Texts(Texts&&) = default;  // moves keep the bytes where they are
  Texts& operator=(Texts&&) = default;
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;

  size_t size() const { return lengths.size(); }
  std::vector<std::string_view> views() const;
};

void encode_texts(ByteWriter& out, std::span<const std::string_view> texts);
Texts decode_texts(ByteReader& in, size_t n);

// Numbers that often repeat the one before or go up in steps (lines, codes), in the form that takes the least bytes.
void encode_sequence(ByteWriter& out, std::span<const uint32_t> values);
void decode_sequence(ByteReader& in, std::span<uint32_t> values, uint32_t limit);  // each ≤ limit

}  // namespace hr::store
