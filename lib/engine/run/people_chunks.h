// People in chunks over threads. The chunks are the same for any number of threads, so no result depends on it.
#pragma once

#include <cstdint>
#include <functional>

namespace hr::engine {

// Calls work(begin, end) for all of [0, people) and returns when all is done; `threads` ≥ 1. `tell(done)`, where given,
// is called on the calling thread after each of its chunks.
void for_people(uint32_t people, int threads, const std::function<void(uint32_t begin, uint32_t end)>& work,
                const std::function<void(uint32_t done)>& tell = {});

}  // namespace hr::engine
