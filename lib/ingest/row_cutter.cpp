#include "ingest/row_cutter.h"

#include <algorithm>

namespace hr::ingest {

RowCutter::RowCutter(size_t fields, char delimiter) : delimiter_(delimiter), texts_(fields) {}

void RowCutter::set_bytes(std::string_view bytes, uint32_t line) {
  bytes_ = begin_ = bytes.data();
  line_ = line;
  longest_ = 0;
  walk_ = {};
  walk_.next = bytes_;
  const bool ended = bytes.empty() || bytes.back() == '\n' || bytes.back() == '\r';
  walk_.last = bytes_ + bytes.size() + (ended ? 0 : 1);  // the line feed behind them ends the last line
}

// False: there is none.
bool RowCutter::go_to_next_block() {
  Walk& walk = walk_;
  static const FindMasks find_masks = fastest_find_masks();
  if (walk.next >= walk.last) return false;
  const auto left = static_cast<size_t>(walk.last - walk.next);
  const size_t in_group = static_cast<size_t>(walk.next - bytes_) / kMaskBytes % Walk::kBlocks;
  if (in_group == 0)
    find_masks(walk.next, std::min(Walk::kBlocks, (left + kMaskBytes - 1) / kMaskBytes), delimiter_, masks_.data());
  const Masks& m = masks_[in_group];
  const uint64_t there = left < kMaskBytes ? (uint64_t{1} << left) - 1 : ~uint64_t{0};
  const uint64_t inside = m.quotes == 0 ? walk.inside : prefix_xor(m.quotes) ^ walk.inside;
  const uint64_t second = m.line_feeds & (m.returns << 1U | walk.returned);  // of CR LF
  walk.records = (m.line_feeds | m.returns) & ~second & ~inside & there;
  walk.ends = (m.delimiters & ~inside & there) | walk.records;
  walk.inside = static_cast<uint64_t>(static_cast<int64_t>(inside) >> 63U);
  walk.returned = m.returns >> 63U;
  walk.block = walk.next;
  walk.next += kMaskBytes;
  return true;
}

size_t RowCutter::next() {
  uint64_t ends = walk_.ends;
  uint64_t records = walk_.records;
  const char* block = walk_.block;
  const Texts* const last = &texts_.back();
  const char* begin = begin_;
  const char* text = begin;
  Texts* texts = texts_.data();
  bool odd = false;
  size_t row = 0;
  while (row < kRows) {
    while (ends == 0 && go_to_next_block()) {
      ends = walk_.ends;
      block = walk_.block;
      records = walk_.records;
    }
    if (ends == 0) break;
    const auto bit = static_cast<unsigned>(__builtin_ctzll(ends));
    const char* const end = block + bit;
    const bool ends_record = (records >> bit & 1U) != 0;
    ends &= ends - 1;
    std::string_view& cut = (*texts)[row];
    cut = {text, static_cast<size_t>(end - text)};
    if (*text == '"') {
      cut = cut.substr(1, cut.size() - 2);
      odd |= cut.find('"') != std::string_view::npos;
    }
    text = end + 1;
    if (!ends_record) {
      if (texts == last)
        odd = true;  // and the last field becomes the next ones
      else
        ++texts;
      continue;
    }
    if (end[0] == '\r' && end[1] == '\n') ++text;
    if (end != begin) {
      if (texts != last) {
        odd = true;
        for (; texts != last; ++texts) texts[1][row] = {begin, 0};
      }
      odd_[row] = odd ? 1 : 0;
      begins_[row] = static_cast<uint32_t>(begin - bytes_);
      lines_[row] = line_;
      longest_ = std::max(longest_, static_cast<size_t>(end - begin));
      ++row;
    }
    ++line_;
    begin = text;
    texts = texts_.data();
    odd = false;
  }
  begin_ = begin;
  walk_.ends = ends;
  return row;
}

}  // namespace hr::ingest
