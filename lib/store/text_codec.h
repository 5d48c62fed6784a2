// Texts and their codes as bytes. Ids are made by counting: texts that go on from the one before cost only their step.
// The format is stated in docs/formats/store.md. Decoding checks everything and throws DamagedBlob.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "store/byte_stream.h"

namespace hr::store {

// Texts one after the other, in the blob that they were decoded from or in memory of their own.
struct Texts {
  std::string_view bytes;
  std::vector<uint32_t> lengths;
  std::unique_ptr<char[]> made;  // what `bytes` looks at, where the blob does not have the texts as they are

  Texts() = default;
  Texts(Texts&&) = default;  // moves keep the bytes where they are
  Texts& operator=(Texts&&) = default;
  Texts(const Texts&) = delete;
  Texts& operator=(const Texts&) = delete;

  size_t size() const { return lengths.size(); }
  std::vector<std::string_view> views() const;
};

// What encode_texts() wrote, for looking at single texts: none but those is made.
class EncodedTexts {
 public:
  EncodedTexts(std::string_view bytes, size_t n);  // `bytes` outlive it
  std::string at(size_t place);                    // below n; each costs little where they go up
  std::optional<size_t> find(std::string_view text);

 private:
  struct Run {
    size_t begin = 0;  // place of its first text
    size_t end = 0;
    std::string_view first;
  };
  const std::vector<int64_t>& steps();
  std::optional<size_t> find_in(size_t run, std::string_view text);

  size_t n_;
  std::vector<std::string_view> plain_;  // where they stand as they are
  std::vector<Run> runs_;                // else
  ByteReader rest_;                      // the steps, until somebody needs them
  std::optional<std::vector<int64_t>> steps_;
  size_t last_ = 0;           // the place that at() was asked for, in a run,
  uint64_t last_number_ = 0;  // and the number there
};

void encode_texts(ByteWriter& out, std::span<const std::string_view> texts);
Texts decode_texts(ByteReader& in, size_t n);

}  // namespace hr::store
