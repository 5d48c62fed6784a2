#include "ingest/pieces.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <utility>

#include "base/bits.h"
#include "ingest/records.h"
#include "ingest/sniff.h"

namespace hr::ingest {

Pieces::Pieces(const Input& input, size_t size) : piece_size_(std::max<size_t>(1, size)), stream_(input.open()) {
  size_t have = 0;
  for (size_t room = size_t{1} << 14U; have < kHead && !ended_; room *= 4) {  // most files are small
    ahead_.resize(std::min(room, kHead));
    while (have < ahead_.size() && !ended_) have += read(ahead_.data() + have, ahead_.size() - have);
  }
  ahead_.resize(have);
  const size_t bom = ahead_.size() - without_bom(ahead_).size();
  has_bom_ = bom > 0;
  ahead_.erase(0, bom);
}

size_t Pieces::read(char* to, size_t most) {
  const size_t n = stream_->read(to, most);
  ended_ = n == 0;
  return n;
}

// Brings the piece from `have` bytes to `wanted`, or to all there are. How many it has.
size_t Pieces::fill(Piece& piece, size_t have, size_t wanted) {
  if (ended_) wanted = std::min(wanted, have + ahead_.size());
  if (piece.room.size() < wanted + Piece::kPadding) piece.room.resize(wanted + Piece::kPadding);
  const size_t known = std::min(wanted - have, ahead_.size());
  std::memcpy(piece.room.data() + have, ahead_.data(), known);
  ahead_.erase(0, known);
  have += known;
  while (have < wanted && !ended_) have += read(piece.room.data() + have, wanted - have);
  return have;
}

// The next piece of the file; false at its end and when it is faulty.
bool Pieces::cut(Piece& piece) {
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
  piece.room[piece.size] = '\n';
  piece.number = number_++;
  piece.offset = offset_;
  piece.line = line_;
  piece.lines = found.lines;
  piece.returns = found.returns;
  piece.lines_in_quotes = found.lines_in_quotes;
  piece.ascii = found.ascii;
  offset_ += found.end;
  line_ += found.lines;
  return true;
}

// Cuts some pieces without the lock, while others take those that wait.
void Pieces::cut_some(std::unique_lock<std::mutex>& lock) {
  std::vector<Piece> pieces = std::move(spare_);
  spare_.clear();
  pieces.resize(kAhead);
  cutting_ = true;
  lock.unlock();
  size_t n = 0;
  std::exception_ptr thrown;
  try {
    while (n < kAhead && cut(pieces[n])) ++n;
  } catch (...) {
    thrown = std::current_exception();
  }
  lock.lock();
  cutting_ = false;
  turn_.notify_all();
  all_cut_ = n < kAhead || (ended_ && ahead_.empty());
  found_faulty_ = faulty_;
  for (size_t i = 0; i < n; ++i) waiting_.push_back(std::move(pieces[i]));
  if (thrown) std::rethrow_exception(thrown);
}

bool Pieces::next(Piece& piece) {
  std::unique_lock lock(mutex_);
  for (;;) {
    if (stopped_ || found_faulty_) return false;
    if (waiting_.size() < kAhead && !cutting_ && !all_cut_) {
      cut_some(lock);
      continue;
    }
    if (!waiting_.empty()) break;
    if (!cutting_) return false;
    turn_.wait(lock);
  }
  std::swap(piece, waiting_.front());
  if (spare_.size() < kAhead) spare_.push_back(std::move(waiting_.front()));
  waiting_.pop_front();
  return true;
}

// Goes over the bytes of a piece to be, 64 of them at a time.
struct Pieces::Scan {
  Outline found;
  // Of the byte before this block: is it in quotes (all ones), a mark that a quote may stand behind, a quote that
  // closes, a CR?
  uint64_t inside = 0, between = 1, closed = 0, returned = 0;
  uint64_t returns = 0, high = 0, quoted_lines = 0;  // whether there have been any
  uint32_t lines = 0;                                // ended so far

  void cut(size_t end, uint32_t ended) {
    found.end = end;
    found.lines = ended;
    found.returns = returns != 0;
    found.lines_in_quotes = quoted_lines != 0;
    found.ascii = high == 0;
  }

  // Quotes that open and close in turn are right where each that opens stands behind a delimiter, an end of line or
  // another quote (then the two are one in the text), and each that closes stands before one of them.
  bool quotes_are_right(const Masks& m, uint64_t in, uint64_t marks, uint64_t there) const {
    const uint64_t opens = m.quotes & in;
    const uint64_t behind_closed = (m.quotes & ~in) << 1U | closed;
    return (opens & ~(marks << 1U | between)) == 0 && (behind_closed & there & ~marks) == 0;
  }

  // The block at this offset; `there`: which of its bytes there are, `last_may_go_on`: the last of them may be the CR
  // of a CR LF.
  void add(const Masks& m, uint64_t there, size_t at, bool last_may_go_on) {
    const uint64_t in = m.quotes == 0 ? inside : prefix_xor(m.quotes) ^ inside;
    const uint64_t line_ends = m.line_feeds | m.returns;
    const uint64_t marks = m.delimiters | line_ends | m.quotes;
    if (m.nuls != 0 || ((m.quotes | closed) != 0 && !quotes_are_right(m, in, marks, there))) found.faulty = true;
    returns |= m.returns;
    high |= m.high;
    quoted_lines |= line_ends & in;
    const uint64_t counted = line_ends & ~(m.line_feeds & (m.returns << 1U | returned));  // CR LF at its CR
    uint64_t ends = line_ends & ~in;
    if (last_may_go_on) ends &= ~(m.returns & ~(there >> 1U));
    if (ends != 0) {
      const auto bit = static_cast<unsigned>(63 - __builtin_clzll(ends));
      cut(at + bit + 1, lines + count_bits(counted & ~uint64_t{0} >> (63 - bit)));
    }
    lines += count_bits(counted);
    inside = in >> 63U != 0 ? ~uint64_t{0} : 0;
    between = marks >> 63U;
    closed = (m.quotes & ~in) >> 63U;
    returned = m.returns >> 63U;
  }
};

// Without quotes and CR each line feed ends a record: most files have nothing else.
Pieces::Outline Pieces::plain_outline(const char* bytes, size_t n, const Marks& marks, bool at_end) {
  const std::string_view lines(bytes, n);
  Outline found;
  found.lines = marks.line_feeds;
  found.end = at_end ? n : lines.rfind('\n') + 1;  // 0 when there is none
  found.ascii = !marks.high;
  return found;
}

Pieces::Outline Pieces::outline(const char* bytes, size_t n, bool at_end) const {
  const Marks marks = marks_of(bytes, n);
  if (!marks.quotes && !marks.returns && !marks.nuls) return plain_outline(bytes, n, marks, at_end);
  static const FindMasks find_masks = mask_finders().front();
  constexpr size_t kGroup = 32;
  std::array<Masks, kGroup> masks;
  Scan scan;
  for (size_t at = 0; at < n; at += kMaskBytes) {
    const size_t in_group = at / kMaskBytes % kGroup;
    if (in_group == 0)
      find_masks(bytes + at, std::min(kGroup, (n - at + kMaskBytes - 1) / kMaskBytes), delimiter_, masks.data());
    Masks& m = masks[in_group];
    const bool last = n - at <= kMaskBytes;
    const uint64_t there = last ? ~uint64_t{0} >> (kMaskBytes - (n - at)) : ~uint64_t{0};
    if (last) {
      for (uint64_t* mask : {&m.quotes, &m.delimiters, &m.line_feeds, &m.returns, &m.high, &m.nuls}) *mask &= there;
    }
    scan.add(m, there, at, last && !at_end);
  }
  if (!at_end) return scan.found;
  if (scan.inside != 0) scan.found.faulty = true;
  if (scan.found.end < n) scan.cut(n, scan.lines);  // the last line has no end
  return scan.found;
}

bool Pieces::faulty() const {
  const std::scoped_lock lock(mutex_);
  return found_faulty_;
}

bool Pieces::ended() const {
  const std::scoped_lock lock(mutex_);
  return all_cut_ && waiting_.empty();
}

void Pieces::stop() {
  const std::scoped_lock lock(mutex_);
  stopped_ = true;
}

}  // namespace hr::ingest
