#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace hr {

void for_pieces(size_t pieces, int threads, const std::function<void(size_t piece, size_t worker)>& work) {
  std::atomic<size_t> next{0};
  std::mutex mutex;
  std::exception_ptr thrown;
  const auto run = [&](size_t worker) {
    for (size_t piece = next.fetch_add(1); piece < pieces; piece = next.fetch_add(1)) {
      try {
        work(piece, worker);
      } catch (...) {
        const std::scoped_lock lock(mutex);
        if (!thrown) thrown = std::current_exception();
        next = pieces;
      }
    }
  };
  {
    std::vector<std::jthread> others;
    const size_t workers = std::min(pieces, static_cast<size_t>(std::max(1, threads)));
    others.reserve(workers);
    try {
      for (size_t worker = 1; worker < workers; ++worker) others.emplace_back(run, worker);
    } catch (const std::system_error&) {
      // A container, say, allows no more threads: those that are there do all of it.
    }
    run(0);
  }  // joined here
  if (thrown) std::rethrow_exception(thrown);
}

void for_ranges(size_t n, size_t most, int threads,
                const std::function<void(size_t begin, size_t end, size_t worker)>& work) {
  const size_t pieces = n / most + (n % most != 0 ? 1 : 0);
  for_pieces(pieces, threads, [&](size_t piece, size_t worker) {
    const size_t begin = piece * most;
    work(begin, begin + std::min(most, n - begin), worker);
  });
}

void for_pieces_in_order(size_t pieces, int threads, const std::function<void(size_t piece, size_t worker)>& make,
                         const std::function<void(size_t piece, size_t worker)>& take) {
  std::mutex mutex;
  std::condition_variable turn;
  size_t next = 0;
  bool failed = false;  // the pieces that wait would wait for ever
  for_pieces(pieces, threads, [&](size_t piece, size_t worker) {
    try {
      make(piece, worker);
      std::unique_lock lock(mutex);
      turn.wait(lock, [&] { return next == piece || failed; });
      if (!failed) take(piece, worker);
      ++next;
    } catch (...) {
      const std::scoped_lock lock(mutex);
      failed = true;
      turn.notify_all();
      throw;
    }
    turn.notify_all();
  });
}

int hardware_threads() {
  static const int threads =  // the system opens a file to tell: 10 us each time
      static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return threads;
}

}  // namespace hr
