// The SHA-256 of a stream, made in a thread of its own beside whoever reads it.
#pragma once

#include <array>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/digest.h"

namespace hr::ingest {

// For one thread at a time. Bytes are copied; at most kChunks · kChunk of them wait. The thread begins with the second
// chunk: most files are small. It sleeps until half of the chunks are filled: to wake a thread takes as long as to hash
// some kilobytes.
class HashBeside {
 public:
  HashBeside() = default;
  HashBeside(const HashBeside&) = delete;
  HashBeside& operator=(const HashBeside&) = delete;
  ~HashBeside() { end(); }

  void update(std::string_view bytes);
  std::string hex();  // of all bytes, in lower case; the last call. Throws what hashing threw.

  static constexpr size_t kChunk = size_t{1} << 17U;

 private:
  static constexpr size_t kChunks = 32;

  std::string& filling() { return chunks_[filled_ % kChunks]; }
  bool start();
  void hand_over();
  void end();
  void run();

  Sha256 hash_;                              // the thread's, as long as there is one
  std::array<std::string, kChunks> chunks_;  // [hashed_, filled_) wait, the next is being filled
  std::mutex mutex_;                         // of what follows, and of who has which chunk
  std::condition_variable turn_;
  size_t filled_ = 0;
  size_t hashed_ = 0;
  bool ended_ = false;
  std::exception_ptr thrown_;
  std::jthread thread_;
};

}  // namespace hr::ingest
