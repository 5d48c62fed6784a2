#include "ingest/row_cutter.h"

#include <algorithm>
#include <bit>

namespace hr::ingest {

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

// Leaves of delimiters and line feeds those that end a field and a record: none in quotes, CRs as line feeds, a CR LF
// once, where its CR stands. Of the last block only the bytes that are there count.
void RowCutter::leave_ends(Masks* masks, size_t bytes) {
  const auto begin = static_cast<uint32_t>(ahead_ - bytes_);
  uint64_t before = inside_;
  uint64_t returned = returned_;
  for (size_t at = 0; at < bytes; at += kMaskBytes, ++masks) {
    const size_t left = bytes - at;
    const uint64_t there = left < kMaskBytes ? (uint64_t{1} << left) - 1 : ~uint64_t{0};
    uint64_t inside = before;
    if (const uint64_t quotes = masks->quotes & there; quotes != 0) {
      inside ^= prefix_xor(quotes);
      quotes_end_ = begin + static_cast<uint32_t>(at + static_cast<size_t>(std::bit_width(quotes)));
    }
    const uint64_t second = masks->line_feeds & (masks->returns << 1U | returned);  // of CR LF
    const uint64_t outside = ~inside & there;
    masks->delimiters &= outside;
    masks->line_feeds = (masks->line_feeds | masks->returns) & ~second & outside;
    before = static_cast<uint64_t>(static_cast<int64_t>(inside) >> 63U);
    returned = masks->returns >> 63U;
  }
  inside_ = before;
  returned_ = returned;
}

// Goes on to the next blocks. False: there are none.
bool RowCutter::list_ends() {
  static const FindMasks find_masks = mask_finders().front();
  static const ListPlaces list_places = place_listers().front();
  if (ahead_ >= last_) return false;
  // Of the record that has begun: one delimiter more than it should have tells as much as all.
  const size_t begun = std::min(delimiters_end_ - delimiter_at_, fields_);
  std::copy_n(delimiters_.begin() + static_cast<ptrdiff_t>(delimiter_at_), begun, delimiters_.begin());
  const size_t bytes = std::min(kBlocks * kMaskBytes, static_cast<size_t>(last_ - ahead_));
  const size_t blocks = (bytes + kMaskBytes - 1) / kMaskBytes;
  std::array<Masks, kBlocks> masks;
  find_masks(ahead_, blocks, delimiter_, masks.data());
  leave_ends(masks.data(), bytes);
  MarkPlaces places{delimiters_.data() + begun, line_ends_.data()};
  list_places(masks.data(), blocks, static_cast<uint32_t>(ahead_ - bytes_), places);
  std::fill_n(places.delimiters, fields_, UINT32_MAX);
  delimiter_at_ = line_end_at_ = 0;
  delimiters_end_ = static_cast<size_t>(places.delimiters - delimiters_.data());
  line_ends_end_ = static_cast<size_t>(places.line_feeds - line_ends_.data());
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
