#include "ingest/row_cutter.h"

#include <algorithm>
#include <bit>

namespace hr::ingest {

namespace {

// Where bits are set, ascending; bit 0 is `first`. How many there are of a block is what a processor cannot foresee, so
// kUsual places are written in any case: behind those that there are stands what nobody reads. How many there are.
template <size_t kUsual>
[[gnu::always_inline]] inline size_t list_bits(uint64_t bits, uint32_t first, uint32_t* to) {
  const auto n = static_cast<size_t>(std::popcount(bits));
#pragma GCC unroll 8
  for (size_t i = 0; i < kUsual; ++i, bits &= bits - 1) to[i] = first + static_cast<uint32_t>(std::countr_zero(bits));
  for (size_t i = kUsual; i < n; ++i, bits &= bits - 1) to[i] = first + static_cast<uint32_t>(std::countr_zero(bits));
  return n;
}

struct Lists {
  uint32_t* delimiters;  // behind the last one
  uint32_t* line_ends;
};

// Of one block, whose byte 0 is `first`.
[[gnu::always_inline]] inline void list_block(uint64_t delimiters, uint64_t line_ends, uint32_t first, Lists& lists) {
  constexpr size_t kUsualDelimiters = 8, kUsualLineEnds = 4;
  lists.delimiters += list_bits<kUsualDelimiters>(delimiters, first, lists.delimiters);
  lists.line_ends += list_bits<kUsualLineEnds>(line_ends, first, lists.line_ends);
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
    const uint64_t inside = masks->quotes == 0 ? before.inside : prefix_xor(masks->quotes) ^ before.inside;
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
    : delimiter_(delimiter), fields_(fields), texts_(fields * kRows), delimiters_(fields + kPlaces) {}

void RowCutter::set_bytes(std::string_view bytes, uint32_t line) {
  bytes_ = begin_ = ahead_ = bytes.data();
  line_ = line;
  longest_ = 0;
  inside_ = returned_ = 0;
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
  Lists lists{delimiters_.data() + begun, line_ends_.data()};
  list(masks.data(), bytes, static_cast<uint32_t>(ahead_ - bytes_), before, lists);
  *lists.delimiters = UINT32_MAX;
  delimiter_at_ = line_end_at_ = 0;
  delimiters_end_ = static_cast<size_t>(lists.delimiters - delimiters_.data());
  line_ends_end_ = static_cast<size_t>(lists.line_ends - line_ends_.data());
  inside_ = before.inside;
  returned_ = before.returned;
  ahead_ += blocks * kMaskBytes;
  return true;
}

// A text in quotes without them. False: there are more in it.
[[gnu::noinline]] static bool unquote(std::string_view& text) {
  text = text.substr(1, text.size() - 2);
  return text.find('"') == std::string_view::npos;
}

// A record of other fields than it should have, up to this end: texts that can be read, whatever they are. Returns the
// first delimiter behind it.
const uint32_t* RowCutter::pass_over(size_t row, const char* begin, uint32_t end, const uint32_t* delimiter) {
  for (size_t field = 0; field < fields_; ++field) texts_[field * kRows + row] = {begin, 0};
  odd_[row] = 1;
  while (*delimiter < end) ++delimiter;
  return delimiter;
}

// Cuts records whose ends are listed, from this row on. The row behind the last one.
size_t RowCutter::cut(size_t row) {
  const size_t last = fields_ - 1;  // so many delimiters has a record
  const char* const bytes = bytes_;
  const char* begin = begin_;
  const uint32_t* delimiter = &delimiters_[delimiter_at_];
  const uint32_t* const delimiters_end = delimiters_.data() + delimiters_end_;
  const uint32_t* line_end = &line_ends_[line_end_at_];
  const uint32_t* const line_ends_end = line_ends_.data() + line_ends_end_;
  size_t longest = longest_;
  uint32_t line = line_;
  for (; row < kRows && line_end != line_ends_end; ++line_end, ++line) {
    const uint32_t place = *line_end;
    const char* const end = bytes + place;
    const char* text = begin;
    begin = end + (end[0] == '\r' && end[1] == '\n' ? 2 : 1);
    if (text == end) continue;
    begins_[row] = static_cast<uint32_t>(text - bytes);
    lines_[row] = line;
    longest = std::max(longest, static_cast<size_t>(end - text));
    if (static_cast<size_t>(delimiters_end - delimiter) < last || delimiter[last] < place ||
        (last > 0 && delimiter[last - 1] > place)) {
      delimiter = pass_over(row++, text, place, delimiter);
      continue;
    }
    bool good = true;
    std::string_view* to = &texts_[row];
    for (const uint32_t* const behind = delimiter + last;; ++delimiter, to += kRows) {
      const char* const text_end = delimiter == behind ? end : bytes + *delimiter;
      *to = {text, static_cast<size_t>(text_end - text)};
      if (*text == '"') good &= unquote(*to);
      if (delimiter == behind) break;
      text = text_end + 1;
    }
    odd_[row++] = good ? 0 : 1;
  }
  begin_ = begin;
  line_ = line;
  longest_ = longest;
  line_end_at_ = static_cast<size_t>(line_end - line_ends_.data());
  delimiter_at_ = static_cast<size_t>(delimiter - delimiters_.data());
  return row;
}

size_t RowCutter::next() {
  size_t row = cut(0);
  while (row < kRows && list_ends()) row = cut(row);
  return row;
}

}  // namespace hr::ingest
