// Progress of key results side by side, of those that go from a start to a target and are measured by check-ins.
#pragma once

#include <cstddef>
#include <cstdint>

#include "facts/dataset.h"

namespace hr::scoring {

inline constexpr uint32_t kNoProgress = 0xFFFFFFFFU;

// Of the key results [begin, end), out[i] that of key result i, in 1e-9, clamped to [0, 1e9]; kNoProgress where there
// is none. Bit by bit that of measure_key_result() for those that are plain (plain_okrs.cpp); of others it means
// nothing.
void plain_progress(const facts::Okrs& okrs, Date as_of, size_t begin, size_t end, uint32_t* out);

}  // namespace hr::scoring
