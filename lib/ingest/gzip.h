// gzip (RFC 1952) → its bytes.
#pragma once

#include <string_view>

#include "ingest/input.h"

namespace hr::ingest {

// What is unpacked is at most this long, and (beyond kFreeOfRatio) at most kMostRatio times what was packed: beyond it
// somebody may have made a bomb.
inline constexpr uint64_t kMostUnpacked = uint64_t{1} << 30U;
inline constexpr uint64_t kMostRatio = 200;
inline constexpr uint64_t kFreeOfRatio = uint64_t{16} << 20U;

bool is_gzip(std::string_view head);

// The unpacked bytes of all members, one behind the other, in bounded memory. Its streams throw BrokenInput where the
// file is cut, damaged, followed by something else than zeros, or too much.
Input unpacked(const Input& packed);

}  // namespace hr::ingest
