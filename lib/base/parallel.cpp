#include "base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
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
    for (size_t worker = 1; worker < workers; ++worker) others.emplace_back(run, worker);
    run(0);
  }  // joined here
  if (thrown) std::rethrow_exception(thrown);
}

int hardware_threads() {
  return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

}  // namespace hr
