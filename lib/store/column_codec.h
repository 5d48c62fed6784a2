// Columns as bytes: numbers as number_codec has them, texts as codes into a dictionary of the block. The format is
// stated in docs/formats/store.md and belongs to the schema version. Decoding checks everything and throws DamagedBlob.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "store/byte_stream.h"
#include "store/number_codec.h"

namespace hr::store {

inline constexpr size_t kBlockRows = 65'536;  // of a block of records, of a block of subjects

void encode_texts(ByteWriter& out, std::span<const std::string_view> texts);
std::vector<std::string_view> decode_texts(ByteReader& in, size_t n);  // views into the blob

// A block of a frame: rows [begin, end), at most kBlockRows.
std::string encode_frame_block(const facts::Frame& frame, size_t begin, size_t end);

struct ColumnBlock {
  std::string_view name;  // views into the blob
  facts::Storage storage = facts::Storage::text;
  bool carried = true;
  std::vector<std::string_view> texts;  // of codes, distinct
  std::vector<uint32_t> codes;
  std::vector<int32_t> days;
  std::vector<Decimal> decimals;
};
struct FrameBlock {
  std::vector<ColumnBlock> columns;
  std::vector<uint32_t> rows;
  std::vector<uint32_t> sources;  // empty, or one a row

  size_t size() const { return rows.size(); }
};
FrameBlock decode_frame_block(std::string_view blob, size_t rows);

}  // namespace hr::store
