// Progress of key results side by side, of those that go from a start to a target and are measured by check-ins.
#pragma once

#include <cstdint>

#include "base/unset_vector.h"
#include "facts/dataset.h"

namespace hr::scoring {

inline constexpr uint32_t kNoProgress = 0xFFFFFFFFU;

// By key result, in 1e-9, clamped to [0, 1e9]; kNoProgress where there is none. Bit by bit that of measure_key_result()
// for those that are plain (plain_okrs.cpp); of others it means nothing.
UnsetVector<uint32_t> plain_progress(const facts::Okrs& okrs, Date as_of, int threads);

}  // namespace hr::scoring
