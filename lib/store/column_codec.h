// Blocks of rows of a frame as bytes. Texts are codes into a dictionary of the block, or numbers of names that the
// store keeps in one place. The format is stated in docs/formats/store.md. Decoding checks everything and throws
// DamagedBlob.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "facts/frame.h"
#include "store/byte_stream.h"
#include "store/column_cells.h"
#include "store/decimal_codec.h"
#include "store/number_codec.h"
#include "store/text_codec.h"

namespace hr::store {

inline constexpr size_t kBlockRows = 65'536;  // of a block of records, of a block of subjects

// What names a column of texts refers to by number.
enum class NameKind : uint8_t { subjects, objectives, key_results };
inline constexpr size_t kNameKinds = 3;

// A column whose texts are kept as numbers of names.
struct NumberedColumn {
  const facts::Column* column = nullptr;
  NameKind kind = NameKind::subjects;
  std::vector<uint32_t> numbers;  // by code of the column; empty: codes are the numbers
};

// A block of a frame: rows [begin, end), at most kBlockRows. `scratch`: as in column_cells().
std::string encode_frame_block(const facts::Frame& frame, size_t begin, size_t end,
                               std::span<const NumberedColumn> numbered, std::vector<uint32_t>& scratch);

struct ColumnBlock {
  std::string_view name;  // views into the blob
  facts::Storage storage = facts::Storage::text;
  bool carried = true;
  bool decoded = false;   // it was wanted: its cells are here
  bool numbered = false;  // codes are numbers of names
  NameKind kind = NameKind::subjects;
  Texts dictionary;                     // of codes, distinct, where they are no numbers
  std::vector<std::string_view> texts;  // the same
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
// One column of a block, and its cells.
std::string encode_column_block(const facts::Column& column, const ColumnCells& cells,
                                std::span<const NumberedColumn> numbered);
ColumnBlock decode_column_block(std::string_view blob, size_t rows);

// `wanted`: the columns to decode, empty = all; of others only the names are there.
FrameBlock decode_frame_block(std::string_view blob, size_t rows, std::span<const std::string_view> wanted = {});
// The same into memory that is used again.
void decode_frame_block(std::string_view blob, size_t rows, std::span<const std::string_view> wanted,
                        FrameBlock& block);
// The same of the rows `picked` alone, ascending.
FrameBlock decode_frame_rows(std::string_view blob, size_t rows, std::span<const size_t> picked,
                             std::span<const std::string_view> wanted = {});

}  // namespace hr::store
