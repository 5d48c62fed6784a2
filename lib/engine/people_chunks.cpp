#include "engine/people_chunks.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace hr::engine {

constexpr uint32_t kChunk = 4096;  // people

void for_people(uint32_t people, int threads, const std::function<void(uint32_t begin, uint32_t end)>& work,
                const std::function<void(uint32_t done)>& tell) {
  std::atomic<uint32_t> next{0};
  const auto run = [&](bool tells) {
    for (uint32_t begin = next.fetch_add(kChunk); begin < people; begin = next.fetch_add(kChunk)) {
      work(begin, std::min(people, begin + kChunk));
      if (tells && tell) tell(std::min(people, next.load()));
    }
  };
  std::vector<std::jthread> others;
  const auto chunks = static_cast<int>((people + kChunk - 1) / kChunk);
  for (int i = 1; i < std::min(threads, chunks); ++i) others.emplace_back(run, false);
  run(true);
}  // the threads are joined here

}  // namespace hr::engine
