#include "ingest/pieces.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "ingest/records.h"
#include "ingest/scan.h"
#include "ingest/sniff.h"

namespace hr::ingest {

Pieces::Pieces(const Input& input, size_t size) : stream_(input.open()), piece_size_(std::max<size_t>(1, size)) {
  ahead_.resize(kHead);
  size_t have = 0;
  while (have < kHead && !ended_) have += read(ahead_.data() + have, kHead - have);
  ahead_.resize(have);
  const size_t bom = ahead_.size() - without_bom(ahead_).size();
  has_bom_ = bom > 0;
  ahead_.erase(0, bom);
}

size_t Pieces::read(char* to, size_t most) {
  const size_t n = stream_->read(to, most);
  hash_.update({to, n});
  ended_ = n == 0;
  return n;
}

// Brings the piece from `have` bytes to `wanted`, or to all there are. How many it has.
size_t Pieces::fill(Piece& piece, size_t have, size_t wanted) {
  if (piece.room.size() < wanted + Piece::kPadding) piece.room.resize(wanted + Piece::kPadding);
  const size_t known = std::min(wanted - have, ahead_.size());
  std::memcpy(piece.room.data() + have, ahead_.data(), known);
  ahead_.erase(0, known);
  have += known;
  while (have < wanted && !ended_) have += read(piece.room.data() + have, wanted - have);
  return have;
}

bool Pieces::next(Piece& piece) {
  const std::scoped_lock lock(mutex_);
  if (stopped_ || faulty_) return false;
  Outline found;
  size_t have = 0;
  for (size_t wanted = piece_size_; found.end == 0; wanted *= 2) {
    have = fill(piece, have, wanted);
    if (have == 0) return false;
    const bool at_end = ended_ && ahead_.empty();
    found = outline(piece.room.data(), have, at_end);
    faulty_ = found.faulty || (found.end == 0 && have > 2 * kMaxRecord);
    if (faulty_) return false;
  }
  ahead_.insert(0, piece.room.data() + found.end, have - found.end);
  piece.size = found.end;
  piece.number = number_++;
  piece.offset = offset_;
  piece.line = line_;
  piece.lines = found.lines;
  piece.returns = found.returns;
  piece.quotes = found.quotes;
  piece.lines_in_quotes = found.lines_in_quotes;
  piece.ascii = found.ascii;
  offset_ += found.end;
  line_ += found.lines;
  return true;
}

// Quotes that open and close in turn are right where each that opens stands behind a delimiter, an end of line or
// another quote (then the two are one in the text), and each that closes stands before one of them.
Pieces::Outline Pieces::outline(const char* bytes, size_t n, bool at_end) const {
  static const FindMasks find_masks = fastest_find_masks();
  constexpr size_t kGroup = 32;
  std::array<Masks, kGroup> masks;
  Outline out;
  uint64_t inside_before = 0;  // all ones: the byte before this block was in quotes
  uint64_t ends_before = 1;    // the last byte of the block before: may a quote open behind it?
  uint64_t closed_before = 0;  // was it a quote that closes?
  uint64_t return_before = 0;
  uint32_t lines = 0;
  uint64_t any_quote = 0, any_return = 0, any_high = 0, quoted_line = 0;  // of this block and those before it
  const auto cut = [&](size_t end, uint32_t ended) {
    out.end = end;
    out.lines = ended;
    out.quotes = any_quote != 0;
    out.returns = any_return != 0;
    out.lines_in_quotes = quoted_line != 0;
    out.ascii = any_high == 0;
  };
  for (size_t at = 0; at < n; at += kMaskBytes) {
    const size_t in_group = at / kMaskBytes % kGroup;
    if (in_group == 0)
      find_masks(bytes + at, std::min(kGroup, (n - at + kMaskBytes - 1) / kMaskBytes), delimiter_, masks.data());
    Masks m = masks[in_group];
    if (n - at < kMaskBytes) {
      const uint64_t there = (uint64_t{1} << (n - at)) - 1;
      for (uint64_t* mask : {&m.quotes, &m.delimiters, &m.line_feeds, &m.returns, &m.high, &m.nuls}) *mask &= there;
    }
    if (m.nuls != 0) out.faulty = true;
    const uint64_t inside = m.quotes == 0 ? inside_before : prefix_xor(m.quotes) ^ inside_before;
    const uint64_t line_ends = m.line_feeds | m.returns;
    const uint64_t opens = m.quotes & inside;
    const uint64_t closes = m.quotes & ~inside;
    const uint64_t may_stand_between = m.delimiters | line_ends | m.quotes;
    if (m.quotes != 0 || closed_before != 0) {
      if ((opens & ~(may_stand_between << 1U | ends_before)) != 0) out.faulty = true;
      const uint64_t behind = closes << 1U | closed_before;  // bytes behind a quote that closes
      uint64_t there = n - at < kMaskBytes ? (uint64_t{1} << (n - at)) - 1 : ~uint64_t{0};
      if ((behind & there & ~may_stand_between) != 0) out.faulty = true;
    }
    // An end of line is told from the byte after it: CR LF is one. It is counted at its first byte.
    const uint64_t second = m.line_feeds & (m.returns << 1U | return_before);
    const uint64_t first = line_ends & ~second;
    const uint64_t ends = line_ends & ~inside;  // of records; a CR at the very end may have its LF to come
    any_quote |= m.quotes;
    any_return |= m.returns;
    any_high |= m.high;
    quoted_line |= line_ends & inside;
    uint64_t last = ends;
    if (!at_end && at + kMaskBytes >= n && n > 0) {
      const size_t final_bit = (n - 1) % kMaskBytes;
      if (bytes[n - 1] == '\r') last &= ~(uint64_t{1} << final_bit);
    }
    // A cut between CR and LF would make two ends of one: never behind a CR that a LF follows.
    const bool more = at + kMaskBytes < n;
    const bool feed_next = more && bytes[at + kMaskBytes] == '\n';
    last &= ~(m.returns & (m.line_feeds >> 1U | (feed_next ? uint64_t{1} << 63U : 0)));
    if (last != 0) {
      const auto bit = static_cast<size_t>(63 - __builtin_clzll(last));
      const uint64_t up_to = bit == 63 ? ~uint64_t{0} : (uint64_t{1} << (bit + 1)) - 1;
      cut(at + bit + 1, lines + count_bits(first & up_to));
    }
    lines += count_bits(first);
    inside_before = static_cast<uint64_t>(static_cast<int64_t>(inside) >> 63U);
    ends_before = may_stand_between >> 63U;
    closed_before = closes >> 63U;
    return_before = m.returns >> 63U;
  }
  if (!at_end) return out;
  if (inside_before != 0) out.faulty = true;
  if (out.end < n) cut(n, lines);  // the last line has no end
  return out;
}

bool Pieces::faulty() const {
  const std::scoped_lock lock(mutex_);
  return faulty_;
}

void Pieces::stop() {
  const std::scoped_lock lock(mutex_);
  stopped_ = true;
}

std::string Pieces::sha256() {
  return hash_.hex();
}

}  // namespace hr::ingest
