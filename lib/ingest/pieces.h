// A CSV file → pieces of whole records, in order, so that several threads can read records at once.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/input.h"
#include "ingest/scan.h"

namespace hr::ingest {

struct Piece {
  static constexpr size_t kPadding = 128;  // bytes behind the last one: a line feed, then nobody knows what

  std::vector<char> room;
  size_t size = 0;      // bytes of `room` that are the piece
  uint64_t number = 0;  // 0, 1, 2 …
  uint64_t offset = 0;  // of its first byte in the file, which a byte-order mark is no part of
  uint32_t line = 1;    // that it begins on
  uint32_t lines = 0;   // that end in it
  bool returns = false;
  bool lines_in_quotes = false;
  bool ascii = true;

  std::string_view bytes() const { return {room.data(), size}; }
};

// Cuts the file behind the ends of records. Quotes must stand where RFC 4180 has them; where one does not, or the last
// one is open, or a byte is NUL, or a record is longer than kMaxRecord, the file is `faulty` and ends there: what to
// say about it is for whoever reads it as a whole.
class Pieces {
 public:
  // Pieces are of about `size` bytes. Reads the beginning of the file.
  Pieces(const Input& input, size_t size);
  bool has_bom() const { return has_bom_; }

  // The beginning of the file: kHead bytes, or all.
  static constexpr size_t kHead = (size_t{1} << 20U) + 4096;
  std::string_view head() const { return ahead_; }
  // The delimiter that records are read by; before the first next().
  void set_delimiter(char delimiter) { delimiter_ = delimiter; }

  // The next piece, or false at the end and when the file is faulty. Threads may call it at once.
  bool next(Piece& piece);
  bool faulty() const;
  bool ended() const;  // all that was read has been handed out, and there is no more
  void stop();         // no pieces any more

 private:
  struct Outline {
    size_t end = 0;      // of the last whole record; 0 = none
    uint32_t lines = 0;  // that end before `end`
    bool returns = false, lines_in_quotes = false, ascii = true;
    bool faulty = false;
  };
  struct Scan;
  Outline outline(const char* bytes, size_t n, bool at_end) const;
  static Outline plain_outline(const char* bytes, size_t n, const Marks& marks, bool at_end);
  bool cut(Piece& piece);
  void cut_some(std::unique_lock<std::mutex>& lock);
  size_t fill(Piece& piece, size_t have, size_t wanted);
  size_t read(char* to, size_t most);

  // Pieces are cut this many at a time, by a thread that finds fewer waiting: the others have what to do meanwhile,
  // and do not sleep at a lock.
  static constexpr size_t kAhead = 4;

  size_t piece_size_;
  char delimiter_ = ',';
  bool has_bom_ = false;

  // Of the thread that cuts.
  std::unique_ptr<ByteStream> stream_;
  std::string ahead_;  // read and in no piece yet
  bool ended_ = false;
  bool faulty_ = false;
  uint64_t number_ = 0;
  uint64_t offset_ = 0;
  uint32_t line_ = 1;

  mutable std::mutex mutex_;  // of all below
  std::condition_variable turn_;
  std::deque<Piece> waiting_;
  std::vector<Piece> spare_;  // whose room is used again
  bool cutting_ = false;
  bool all_cut_ = false;
  bool found_faulty_ = false;
  bool stopped_ = false;
};

}  // namespace hr::ingest
