// The rows of a table as bytes, in pieces that several threads write at once and that a sink gets in order, so that a
// report of a million rows is never all in memory.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "render/render.h"

namespace hr::render {

inline constexpr size_t kPieceRows = 8'192;

// append(begin, end, bytes) for each piece, rows [begin, end) of the table; concurrently for different ones. Buffer:
// std::string or Bytes.
template <class Buffer, class Append>
void write_pieces(size_t rows, int threads, const Sink& sink, const Append& append) {
  const size_t pieces = (rows + kPieceRows - 1) / kPieceRows;
  std::vector<Buffer> bytes(static_cast<size_t>(std::max(1, threads)));  // by worker
  for_pieces_in_order(
      pieces, threads,
      [&](size_t piece, size_t worker) {
        Buffer out = std::move(bytes[worker]);  // away from those of other threads, which would share its cache line
        out.clear();
        append(piece * kPieceRows, std::min(rows, (piece + 1) * kPieceRows), out);
        bytes[worker] = std::move(out);
      },
      [&](size_t, size_t worker) { sink(bytes[worker]); });
}

// The same row by row: append(row, bytes).
template <class Buffer, class Append>
void write_rows(size_t rows, int threads, const Sink& sink, const Append& append) {
  write_pieces<Buffer>(rows, threads, sink, [&](size_t begin, size_t end, Buffer& out) {
    for (size_t row = begin; row < end; ++row) append(row, out);
  });
}

}  // namespace hr::render
