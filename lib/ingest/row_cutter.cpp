#include "ingest/row_cutter.h"

#include <algorithm>
#include <bit>

namespace hr::ingest {

namespace {

// Where bits are set, ascending; bit 0 is `first`. How many there are of a block is what a processor cannot foresee, so
// kUsual places are written in any case: behind those that there are stands what nobody reads. How many there are.
template <size_t kUsual>
[[gnu::always_inline]] inline size_t list_bits(uint64_t bits, uint32_t first, uint32_t* to) {
  constexpr uint64_t kLast = uint64_t{1} << 63U;  // of no bits there is a place, too: without a branch at each
  const auto n = static_cast<size_t>(std::popcount(bits));
#pragma GCC unroll 8
  for (size_t i = 0; i < kUsual; ++i, bits &= bits - 1)
    to[i] = first + static_cast<uint32_t>(__builtin_ctzll(bits | kLast));
  for (size_t i = kUsual; i < n; ++i, bits &= bits - 1)
    to[i] = first + static_cast<uint32_t>(__builtin_ctzll(bits | kLast));
  return n;
}

struct Lists {
  uint32_t* delimiters;  // behind the last one
  uint32_t* line_ends;
  uint32_t quotes_end;  // behind the last one
};

// Of one block, whose byte 0 is `first`: the places behind its marks.
[[gnu::always_inline]] inline void list_block(uint64_t delimiters, uint64_t line_ends, uint32_t first, Lists& lists) {
  constexpr size_t kUsualDelimiters = 8, kUsualLineEnds = 4;
  lists.delimiters += list_bits<kUsualDelimiters>(delimiters, first + 1, lists.delimiters);
  lists.line_ends += list_bits<kUsualLineEnds>(line_ends, first + 1, lists.line_ends);
}

// What of the bytes before a block counts for it: is the last one in quotes (all ones), a CR?
struct Before {
  uint64_t inside = 0;
  uint64_t returned = 0;
};

[[gnu::always_inline]] inline void list_blocks(const Masks* masks, size_t bytes, uint32_t first, Before& before,
                                               Lists& lists) {
  for (size_t at = 0; at < bytes; at += kMaskBytes, ++masks) {
    const size_t left = bytes - at;
    const uint64_t there = left < kMaskBytes ? (uint64_t{1} << left) - 1 : ~uint64_t{0};
    uint64_t inside = before.inside;
    if (const uint64_t quotes = masks->quotes & there; quotes != 0) {
      inside ^= prefix_xor(quotes);
      lists.quotes_end = first + static_cast<uint32_t>(at + static_cast<size_t>(std::bit_width(quotes)));
    }
    const uint64_t second = masks->line_feeds & (masks->returns << 1U | before.returned);  // of CR LF
    const uint64_t outside = ~inside & there;
    list_block(masks->delimiters & outside, (masks->line_feeds | masks->returns) & ~second & outside,
               first + static_cast<uint32_t>(at), lists);
    before = {static_cast<uint64_t>(static_cast<int64_t>(inside) >> 63U), masks->returns >> 63U};
  }
}

using ListBlocks = void (*)(const Masks* masks, size_t bytes, uint32_t first, Before& before, Lists& lists);

void list_blocks_plain(const Masks* masks, size_t bytes, uint32_t first, Before& before, Lists& lists) {
  list_blocks(masks, bytes, first, before, lists);
}

#if defined(__x86_64__)

// The same with instructions that count and find bits.
__attribute__((target("popcnt,bmi"))) void list_blocks_bmi(const Masks* masks, size_t bytes, uint32_t first,
                                                           Before& before, Lists& lists) {
  list_blocks(masks, bytes, first, before, lists);
}

ListBlocks fastest_list_blocks() {
  return __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi") ? list_blocks_bmi : list_blocks_plain;
}

#else

ListBlocks fastest_list_blocks() {
  return list_blocks_plain;
}

#endif

}  // namespace

RowCutter::RowCutter(size_t fields, char delimiter)
    : delimiter_(delimiter),
      fields_(fields),
      text_begins_(fields * kRows),
      behind_texts_(fields * kRows),
      delimiters_(2 * fields + kPlaces) {}

void RowCutter::set_bytes(std::string_view bytes, uint32_t line) {
  bytes_ = ahead_ = bytes.data();
  begin_ = 0;
  line_ = line;
  longest_ = 0;
  inside_ = returned_ = 0;
  quotes_end_ = 0;
  delimiter_at_ = delimiters_end_ = line_end_at_ = line_ends_end_ = 0;
  const bool ended = bytes.empty() || bytes.back() == '\n' || bytes.back() == '\r';
  last_ = bytes_ + bytes.size() + (ended ? 0 : 1);  // the line feed behind them ends the last line
}

// Goes on to the next blocks. False: there are none.
bool RowCutter::list_ends() {
  static const FindMasks find_masks = fastest_find_masks();
  static const ListBlocks list = fastest_list_blocks();
  if (ahead_ >= last_) return false;
  // Of the record that has begun: one delimiter more than it should have tells as much as all.
  const size_t begun = std::min(delimiters_end_ - delimiter_at_, fields_);
  std::copy_n(delimiters_.begin() + static_cast<ptrdiff_t>(delimiter_at_), begun, delimiters_.begin());
  const size_t bytes = std::min(kBlocks * kMaskBytes, static_cast<size_t>(last_ - ahead_));
  const size_t blocks = (bytes + kMaskBytes - 1) / kMaskBytes;
  std::array<Masks, kBlocks> masks;
  find_masks(ahead_, blocks, delimiter_, masks.data());
  Before before{inside_, returned_};
  Lists lists{delimiters_.data() + begun, line_ends_.data(), quotes_end_};
  list(masks.data(), bytes, static_cast<uint32_t>(ahead_ - bytes_), before, lists);
  std::fill_n(lists.delimiters, fields_, UINT32_MAX);
  delimiter_at_ = line_end_at_ = 0;
  delimiters_end_ = static_cast<size_t>(lists.delimiters - delimiters_.data());
  line_ends_end_ = static_cast<size_t>(lists.line_ends - line_ends_.data());
  inside_ = before.inside;
  returned_ = before.returned;
  quotes_end_ = lists.quotes_end;
  ahead_ += blocks * kMaskBytes;
  return true;
}

// Rows from the next one on that have the fields they should, no quotes and no empty lines between them, as far as ends
// are listed: nothing is written of their texts. How many.
size_t RowCutter::take_regular() {
  if (begin_ < quotes_end_) return 0;
  const size_t last = fields_ - 1;  // so many delimiters has a record
  const char* const bytes = bytes_;
  const uint32_t* const line_ends = &line_ends_[line_end_at_];
  const size_t most = std::min(kRows, line_ends_end_ - line_end_at_);
  const uint32_t* delimiter = &delimiters_[delimiter_at_];
  uint32_t begin = begin_;
  uint32_t longest = 0;
  size_t row = 0;
  for (; row < most; ++row, delimiter += last) {
    const uint32_t behind = line_ends[row];
    if (behind == begin + 1 || delimiter[last] < behind || (last > 0 && delimiter[last - 1] > behind)) break;
    begins_[row] = begin;
    longest = std::max(longest, behind - begin);
    begin = behind + (bytes[behind - 1] == '\r' && bytes[behind] == '\n' ? 1 : 0);
  }
  for (size_t i = 0; i < row; ++i) lines_[i] = line_ + static_cast<uint32_t>(i);
  std::fill_n(odd_.begin(), row, uint8_t{0});
  regular_delimiters_ = &delimiters_[delimiter_at_];
  regular_line_ends_ = line_ends;
  begin_ = begin;
  line_ += static_cast<uint32_t>(row);
  longest_ = std::max<size_t>(longest_, row > 0 ? longest - 1 : 0);
  line_end_at_ += row;
  delimiter_at_ += row * last;
  return row;
}

// The texts of a row in quotes without them. False: there are more in one.
bool RowCutter::unquote(size_t row) {
  bool good = true;
  for (size_t at = row; at < behind_texts_.size(); at += kRows) {
    if (bytes_[text_begins_[at]] != '"') continue;
    const uint32_t begin = ++text_begins_[at];
    const uint32_t behind = --behind_texts_[at];
    good &= std::string_view(bytes_ + begin, behind - 1 - begin).find('"') == std::string_view::npos;
  }
  return good;
}

// A record of other fields than it should have, up to this end: texts that can be read, whatever they are. Returns the
// first delimiter behind it.
const uint32_t* RowCutter::pass_over(size_t row, uint32_t begin, uint32_t behind, const uint32_t* delimiter) {
  for (size_t at = row; at < behind_texts_.size(); at += kRows) {
    text_begins_[at] = begin;
    behind_texts_[at] = begin + 1;
  }
  odd_[row] = 1;
  while (*delimiter < behind) ++delimiter;
  return delimiter;
}

// Cuts records whose ends are listed, whatever they are. How many.
size_t RowCutter::cut() {
  size_t row = 0;
  const size_t last = fields_ - 1;
  const uint32_t* delimiter = &delimiters_[delimiter_at_];
  for (; row < kRows && line_end_at_ < line_ends_end_; ++line_end_at_, ++line_) {
    const uint32_t behind = line_ends_[line_end_at_];
    const uint32_t begin = begin_;
    begin_ = behind + (bytes_[behind - 1] == '\r' && bytes_[behind] == '\n' ? 1 : 0);
    if (behind == begin + 1) continue;
    begins_[row] = begin;
    lines_[row] = line_;
    longest_ = std::max<size_t>(longest_, behind - 1 - begin);
    if (delimiter[last] < behind || (last > 0 && delimiter[last - 1] > behind)) {
      delimiter = pass_over(row++, begin, behind, delimiter);
      continue;
    }
    uint32_t text = begin;
    size_t at = row;
    for (const uint32_t* const after = delimiter + last; delimiter != after; ++delimiter, at += kRows) {
      text_begins_[at] = text;
      text = behind_texts_[at] = *delimiter;
    }
    text_begins_[at] = text;
    behind_texts_[at] = behind;
    odd_[row] = begin < quotes_end_ && !unquote(row) ? 1 : 0;
    ++row;
  }
  delimiter_at_ = static_cast<size_t>(delimiter - delimiters_.data());
  return row;
}

size_t RowCutter::next() {
  if (line_end_at_ == line_ends_end_) list_ends();
  if (const size_t rows = take_regular(); rows > 0) return rows;
  regular_delimiters_ = nullptr;
  size_t rows = cut();
  while (rows == 0 && list_ends()) rows = cut();
  return rows;
}

CutTexts RowCutter::texts(size_t field) const {
  const size_t last = fields_ - 1;
  if (regular_delimiters_ == nullptr)
    return {bytes_, {&text_begins_[field * kRows], 1}, {&behind_texts_[field * kRows], 1}};
  const CutTexts::Places behind =
      field == last ? CutTexts::Places{regular_line_ends_, 1} : CutTexts::Places{regular_delimiters_ + field, last};
  if (field == 0) return {bytes_, {begins_.data(), 1}, behind};
  return {bytes_, {regular_delimiters_ + field - 1, last}, behind};
}

}  // namespace hr::ingest
