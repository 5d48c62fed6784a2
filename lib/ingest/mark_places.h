// Where marks stand, listed from their masks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "ingest/scan.h"

namespace hr::ingest {

struct MarkPlaces {
  uint32_t* delimiters;  // behind the last one
  uint32_t* line_feeds;
};
inline constexpr size_t kWrittenBehind = 16;  // places behind the last one may be written to

// Appends the places behind the delimiters and line feeds of `blocks` masks, ascending; byte 0 of the first is `first`.
using ListPlaces = void (*)(const Masks* masks, size_t blocks, uint32_t first, MarkPlaces& places);

// Those that this processor has, the fastest first; all do the same.
std::vector<ListPlaces> place_listers();

}  // namespace hr::ingest
