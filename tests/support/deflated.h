// Bytes as zlib packs them. All in the header: programs that share nothing else include it.
#pragma once

#include <zlib.h>

#include <string>
#include <string_view>

namespace hr::tests {

inline std::string packed(std::string_view bytes, int window_bits) {
  z_stream z{};
  deflateInit2(&z, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&z, bytes.size()), '\0');
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  z.avail_in = static_cast<uInt>(bytes.size());
  z.next_out = reinterpret_cast<Bytef*>(out.data());
  z.avail_out = static_cast<uInt>(out.size());
  deflate(&z, Z_FINISH);
  out.resize(z.total_out);
  deflateEnd(&z);
  return out;
}

// As an entry of a zip archive: no header, no checksum.
inline std::string deflated(std::string_view bytes) {
  return packed(bytes, -MAX_WBITS);
}

// A whole gzip file; one after the other is one, too.
inline std::string gzipped(std::string_view bytes) {
  constexpr int kGzip = 16;
  return packed(bytes, MAX_WBITS + kGzip);
}

}  // namespace hr::tests
