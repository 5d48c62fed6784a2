// Records of CSV bytes, cut into their fields: some rows at a time, so that what reads a column of them finds all it
// needs in the nearest cache.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/scan.h"

namespace hr::ingest {

class RowCutter {
 public:
  static constexpr size_t kRows = 64;            // at most at a time
  static constexpr size_t kBehind = kMaskBytes;  // bytes behind the last one that may be read

  // Of records of `fields` fields, at least one.
  RowCutter(size_t fields, char delimiter);

  // Bytes that begin at a record and in which no line ends in quotes, and of which the quotes are right. Behind the
  // last one stands a line feed, which is none of them.
  void set_bytes(std::string_view bytes, uint32_t line);
  // Cuts the next rows; empty lines are none. How many: 0 = there are no more.
  size_t next();

  // Of the rows cut last, by row: the text of a field without its quotes, of which 16 bytes can be read whatever its
  // length. Of a row that is odd nobody knows what it is: the row has other fields than it should, or a quote in
  // quotes.
  const std::string_view* texts(size_t field) const { return texts_[field].data(); }
  bool is_odd(size_t row) const { return odd_[row] != 0; }
  uint32_t begin(size_t row) const { return begins_[row]; }  // of its record, in the bytes
  uint32_t line(size_t row) const { return lines_[row]; }
  size_t longest() const { return longest_; }  // bytes of a record since set_bytes()

 private:
  using Texts = std::array<std::string_view, kRows>;

  // Goes from the end of a field to the next.
  struct Walk {
    static constexpr size_t kBlocks = 32;

    const char* block = nullptr;  // 64 bytes
    uint64_t ends = 0;            // in it, of fields that were not yet cut
    uint64_t records = 0;         // those of them that end a record
    uint64_t inside = 0;          // of the byte before the next block: is it in quotes (all ones), a CR?
    uint64_t returned = 0;
    const char* next = nullptr;  // block
    const char* last = nullptr;  // byte behind all
  };
  bool go_to_next_block();

  char delimiter_;
  std::vector<Texts> texts_;  // by field
  std::array<uint32_t, kRows> begins_{}, lines_{};
  std::array<uint8_t, kRows> odd_{};
  std::array<Masks, Walk::kBlocks> masks_;  // of the blocks from walk_.next on, and some before
  const char* bytes_ = nullptr;
  const char* begin_ = nullptr;  // of the next record
  Walk walk_;
  uint32_t line_ = 0;
  size_t longest_ = 0;
};

}  // namespace hr::ingest
