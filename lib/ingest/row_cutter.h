// Records of CSV bytes, cut into their fields: some rows at a time, so that what reads a column of them finds all it
// needs in the nearest cache.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "ingest/mark_places.h"
#include "ingest/scan.h"

namespace hr::ingest {

// The texts of one field of some rows, where they stand.
class CutTexts {
 public:
  struct Places {  // in the bytes
    const uint32_t* first;
    size_t step;  // from row to row
    uint32_t at(size_t row) const { return first[row * step]; }
  };
  // `behind`: behind the byte that ends a text.
  CutTexts(const char* bytes, Places begins, Places behind) : bytes_(bytes), begins_(begins), behind_(behind) {}

  std::string_view operator[](size_t row) const {
    const uint32_t begin = begins_.at(row);
    return {bytes_ + begin, behind_.at(row) - 1 - begin};
  }

 private:
  const char* bytes_;
  Places begins_;
  Places behind_;
};

class RowCutter {
 public:
  static constexpr size_t kRows = 128;           // at most at a time
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
  CutTexts texts(size_t field) const;
  const uint8_t* odd() const { return odd_.data(); }         // 1 = it is
  const uint32_t* begins() const { return begins_.data(); }  // of its record, in the bytes
  const uint32_t* lines() const { return lines_.data(); }
  size_t longest() const { return longest_; }  // bytes of a record since set_bytes()

 private:
  void leave_ends(Masks* masks, size_t bytes);
  bool list_ends();
  size_t take_regular();
  size_t cut();
  bool unquote(size_t row);
  const uint32_t* pass_over(size_t row, uint32_t begin, uint32_t behind, const uint32_t* delimiter);

  char delimiter_;
  size_t fields_;
  // Rows as nearly all are: their texts lie between the places that are listed, from these on. Null = of the rows cut
  // last some are not, and the places of their texts are written down.
  const uint32_t* regular_delimiters_ = nullptr;
  const uint32_t* regular_line_ends_ = nullptr;
  std::vector<uint32_t> text_begins_, behind_texts_;  // by field, row: as CutTexts has them
  std::array<uint32_t, kRows> begins_{}, lines_{};
  std::array<uint8_t, kRows> odd_{};
  const char* bytes_ = nullptr;
  uint32_t begin_ = 0;          // of the next record
  const char* last_ = nullptr;  // byte behind all

  // Of some blocks ahead, and of a record that began before them: places in the bytes, each behind its mark, of which
  // the next one is not yet cut.
  static constexpr size_t kBlocks = 32;
  static constexpr size_t kPlaces = kBlocks * kMaskBytes + kWrittenBehind;
  std::vector<uint32_t> delimiters_;  // behind the last one: UINT32_MAX, as many as fields
  std::array<uint32_t, kPlaces> line_ends_{};
  size_t delimiter_at_ = 0, delimiters_end_ = 0;
  size_t line_end_at_ = 0, line_ends_end_ = 0;
  const char* ahead_ = nullptr;  // the first block that is not among them
  uint64_t inside_ = 0;          // of the byte before it: is it in quotes (all ones), a CR?
  uint64_t returned_ = 0;
  uint32_t quotes_end_ = 0;  // behind the last quote of what is listed
  uint32_t line_ = 0;
  size_t longest_ = 0;
};

}  // namespace hr::ingest
