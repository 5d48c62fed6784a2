// How far long work has come. The engine reports, cmd draws (or not).
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace hr::engine {

// `stage` is a message key; it is under way until another one is reported, or until done = total, which then says how
// many rows it took; total 0 = not known. Told by one thread at a time. May be empty: call through report().
using Progress = std::function<void(std::string_view stage, uint64_t done, uint64_t total)>;

inline void report(const Progress& progress, std::string_view stage, uint64_t done, uint64_t total) {
  if (progress) progress(stage, done, total);
}

}  // namespace hr::engine
