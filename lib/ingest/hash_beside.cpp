#include "ingest/hash_beside.h"

#include <algorithm>
#include <system_error>

namespace hr::ingest {

void HashBeside::update(std::string_view bytes) {
  while (!bytes.empty()) {
    if (filling().size() == kChunk) hand_over();
    std::string& chunk = filling();
    const size_t n = std::min(bytes.size(), kChunk - chunk.size());
    chunk.append(bytes.substr(0, n));
    bytes.remove_prefix(n);
  }
}

std::string HashBeside::hex() {
  if (thread_.joinable()) {
    hand_over();
    end();
    if (thrown_) std::rethrow_exception(thrown_);
  } else {
    hash_.update(filling());
  }
  return hash_.hex();
}

// False: the system gives no thread.
bool HashBeside::start() {
  if (thread_.joinable()) return true;
  try {
    thread_ = std::jthread([this] { run(); });
  } catch (const std::system_error&) {
    return false;
  }
  return true;
}

// Waits for a chunk to be free.
void HashBeside::hand_over() {
  if (!start()) {
    hash_.update(filling());
    return filling().clear();
  }
  std::unique_lock lock(mutex_);
  ++filled_;
  if (filled_ - hashed_ >= kChunks / 2) turn_.notify_all();
  turn_.wait(lock, [&] { return filled_ - hashed_ < kChunks; });
  filling().clear();
}

void HashBeside::end() {
  if (!thread_.joinable()) return;
  {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    turn_.notify_all();
  }
  thread_.join();
}

void HashBeside::run() {
  std::unique_lock lock(mutex_);
  for (;; ++hashed_) {
    if (filled_ - hashed_ <= kChunks / 2) turn_.notify_all();  // whoever waits for room
    if (hashed_ == filled_) turn_.wait(lock, [&] { return filled_ - hashed_ >= kChunks / 2 || ended_; });
    if (hashed_ == filled_) return;
    const std::string& chunk = chunks_[hashed_ % kChunks];
    lock.unlock();
    try {
      if (!thrown_) hash_.update(chunk);
    } catch (...) {
      thrown_ = std::current_exception();
    }
    lock.lock();
  }
}

}  // namespace hr::ingest
