#include "engine/run/people_chunks.h"

#include <atomic>

#include "base/parallel.h"

namespace hr::engine {

constexpr uint32_t kChunk = 4096;  // people

void for_people(uint32_t people, int threads, const std::function<void(uint32_t begin, uint32_t end)>& work,
                const std::function<void(uint32_t done)>& tell) {
  std::atomic<uint32_t> done{0};
  for_ranges(people, kChunk, threads, [&](size_t begin, size_t end, size_t worker) {
    work(static_cast<uint32_t>(begin), static_cast<uint32_t>(end));
    done += static_cast<uint32_t>(end - begin);
    if (worker == 0 && tell) tell(done);
  });
}

}  // namespace hr::engine
