// Batches that threads hand over in any order → one frame, as one reading would have made it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <vector>

#include "facts/frame.h"
#include "ingest/read.h"

namespace hr::ingest {

// An empty frame with the same columns.
facts::Frame empty_like(const facts::Frame& frame);
// Takes the rows out; dictionaries stay.
void clear_rows(facts::Frame& frame);

class InOrder {
 public:
  // `bytes`: of the file, as far as known; 0 = not known. The options live as long as it does.
  InOrder(const ReadOptions& options, uint64_t bytes)
      : options_(options), bytes_(bytes), codes_(static_cast<size_t>(std::max(1, options.threads))) {}

  // Waits until all batches before this one are in. Codes become those of the whole.
  void append(Batch& batch);
  // No batch will come any more that others wait for.
  void give_up();
  bool any() const { return next_ > 0; }
  facts::Frame take() { return std::move(whole_); }

 private:
  void begin(const facts::Frame& columns);
  void make_room(const Batch& batch);
  void append_codes(std::vector<uint32_t>& codes, facts::Column& whole, const facts::Column& part);

  const ReadOptions& options_;
  const uint64_t bytes_;
  std::mutex mutex_;
  std::condition_variable turn_;
  uint64_t next_ = 0;
  size_t expected_ = 0;  // rows of the whole file, by its first batch; 0 = not known
  bool given_up_ = false;
  facts::Frame whole_;
  // By worker, column, its code (but those of the texts that both begin with): the whole's.
  std::vector<std::vector<std::vector<uint32_t>>> codes_;
};

}  // namespace hr::ingest
