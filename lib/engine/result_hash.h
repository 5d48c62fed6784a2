// A fingerprint of what a run came to.
#pragma once

#include <string>

#include "facts/frame.h"

namespace hr::engine {

// SHA-256 over the cells of a run's scores, by column and piece of 65,536 rows: docs/formats/store.md. Frames with the
// same cells have the same, whatever the codes of their texts and the number of threads.
std::string result_hash(const facts::Frame& scores, int threads = 1);

}  // namespace hr::engine
