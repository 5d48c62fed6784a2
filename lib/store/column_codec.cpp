#include "store/column_codec.h"

#include <algorithm>

#include "store/sequence_codec.h"

namespace hr::store {

namespace {

constexpr uint8_t kSomeMissing = 1;
constexpr uint8_t kNumbered = 3;  // and the kind of the names added

// Numbers + 1; 0 = missing.
std::vector<uint32_t> numbered_codes(const NumberedColumn& numbered, size_t begin, size_t end) {
  static_assert(facts::kMissingCode + 1 == 0);
  const auto codes = std::span(numbered.column->codes).subspan(begin, end - begin);
  const std::vector<uint32_t>& numbers = numbered.numbers;
  std::vector<uint32_t> out(codes.size());
  if (numbers.empty()) {
    std::transform(codes.begin(), codes.end(), out.begin(), [](uint32_t code) { return code + 1; });
  } else {
    std::transform(codes.begin(), codes.end(), out.begin(),
                   [&](uint32_t code) { return (code == facts::kMissingCode ? code : numbers[code]) + 1; });
  }
  return out;
}

void encode_texts_of(ByteWriter& out, const ColumnCells& cells) {
  out.number(cells.texts.size());
  encode_texts(out, cells.texts);
  encode_sequence(out, cells.places);
}

void encode_days(ByteWriter& out, std::span<const int32_t> days) {
  const auto is_there = [](int32_t d) { return d != facts::kMissingDay; };
  const auto first = std::find_if(days.begin(), days.end(), is_there);
  const bool some_missing = std::find(days.begin(), days.end(), facts::kMissingDay) != days.end();
  out.byte(some_missing ? kSomeMissing : 0);
  if (some_missing) out.bytes(bitmap_of(days.size(), [&](size_t i) { return days[i] == facts::kMissingDay; }));
  const int32_t filler = first == days.end() ? 0 : *first;
  int32_t low = filler;
  for (const int32_t d : days) low = is_there(d) ? std::min(low, d) : low;
  std::vector<uint32_t> offsets(days.size());
  for (size_t i = 0; i < days.size(); ++i)
    offsets[i] = static_cast<uint32_t>(int64_t{is_there(days[i]) ? days[i] : filler} - low);
  encode_offsets(out, low, offsets);
}

void decode_days(ByteReader& in, size_t n, std::vector<int32_t>& days) {
  const uint8_t flags = in.byte();
  if (flags > kSomeMissing) throw DamagedBlob("unknown flags");
  const std::string_view missing = flags ? in.bytes((n + 7) / 8) : std::string_view{};
  std::vector<uint32_t> offsets(n);
  const std::optional<int64_t> base = decode_offsets(in, offsets);
  if (!base || *base <= INT32_MIN || *base > INT32_MAX) throw DamagedBlob("a value is out of range");
  uint32_t widest = 0;
  for (const uint32_t offset : offsets) widest = std::max(widest, offset);
  if (*base + int64_t{widest} > INT32_MAX) throw DamagedBlob("a value is out of range");
  days.resize(n);
  for (size_t i = 0; i < n; ++i) days[i] = static_cast<int32_t>(*base + int64_t{offsets[i]});
  for (size_t i = 0; i < n && !missing.empty(); ++i) {
    if (bit(missing, i)) days[i] = facts::kMissingDay;
  }
}

std::string bytes_of(const ColumnCells& cells) {
  ByteWriter out;
  switch (cells.storage) {
    case facts::Storage::text:
      encode_texts_of(out, cells);
      break;
    case facts::Storage::day:
      encode_days(out, cells.days);
      break;
    case facts::Storage::decimal:
      encode_decimals(out, cells.decimals);
      break;
  }
  return out.take();
}

const NumberedColumn* find(std::span<const NumberedColumn> numbered, const facts::Column& column) {
  const auto at =
      std::find_if(numbered.begin(), numbered.end(), [&](const NumberedColumn& n) { return n.column == &column; });
  return at == numbered.end() ? nullptr : &*at;
}

void encode_column(ByteWriter& out, const facts::Column& column, uint8_t storage, std::string_view cells) {
  out.number(column.name.size());
  out.bytes(column.name);
  out.byte(storage);
  out.byte(column.carried ? 1 : 0);
  out.number(cells.size());
  out.bytes(cells);
}

// Rows [begin, end), of whose texts only the numbers of names are asked for.
void encode_numbered(ByteWriter& out, const NumberedColumn& numbered, size_t begin, size_t end) {
  ByteWriter cells;
  encode_sequence(cells, numbered_codes(numbered, begin, end));
  encode_column(out, *numbered.column, static_cast<uint8_t>(kNumbered + static_cast<uint8_t>(numbered.kind)),
                cells.take());
}

void decode_cells(ByteReader in, size_t n, ColumnBlock& column) {
  if (column.storage == facts::Storage::day) {
    decode_days(in, n, column.days);
  } else if (column.storage == facts::Storage::decimal) {
    decode_decimals(in, n, column.decimals);
  } else {
    uint32_t last = UINT32_MAX;
    if (!column.numbered) {
      column.dictionary = decode_texts(in, in.number_up_to(n));
      column.texts = column.dictionary.views();
      last = static_cast<uint32_t>(column.texts.size());
    }
    column.codes.resize(n);
    decode_sequence(in, column.codes, last);
    for (uint32_t& code : column.codes) --code;  // 0 becomes kMissingCode
  }
  in.end();
}

// Memory of the column that was there before is used again.
void decode_column(ByteReader& in, size_t n, std::span<const std::string_view> wanted, ColumnBlock& column) {
  column.codes.clear();
  column.days.clear();
  column.decimals.clear();
  column.dictionary = {};
  column.texts.clear();
  column.name = in.bytes(in.number());
  const uint8_t storage = in.byte();
  const uint8_t carried = in.byte();
  if (storage >= kNumbered + kNameKinds || carried > 1) throw DamagedBlob("unknown flags");
  column.numbered = storage >= kNumbered;
  if (column.numbered) column.kind = static_cast<NameKind>(storage - kNumbered);
  column.storage = column.numbered ? facts::Storage::text : static_cast<facts::Storage>(storage);
  column.carried = carried != 0;
  const std::string_view cells = in.bytes(in.number());
  column.decoded = wanted.empty() || std::find(wanted.begin(), wanted.end(), column.name) != wanted.end();
  if (column.decoded) decode_cells(ByteReader(cells), n, column);
}

}  // namespace

// lines · 1 and sources, or 0 · number of columns · columns
std::string encode_frame_block(const facts::Frame& frame, size_t begin, size_t end,
                               std::span<const NumberedColumn> numbered, std::vector<uint32_t>& scratch) {
  ByteWriter out;
  encode_sequence(out, std::span(frame.rows).subspan(begin, end - begin));
  out.byte(frame.sources.empty() ? 0 : 1);
  if (!frame.sources.empty()) encode_sequence(out, std::span(frame.sources).subspan(begin, end - begin));
  out.number(frame.columns.size());
  for (const facts::Column& column : frame.columns) {
    if (const NumberedColumn* names = find(numbered, column)) {
      encode_numbered(out, *names, begin, end);
    } else {
      const ColumnCells cells = column_cells(column, begin, end, scratch);
      encode_column(out, column, static_cast<uint8_t>(column.storage), bytes_of(cells));
    }
  }
  return out.take();
}

std::string encode_column_block(const facts::Column& column, const ColumnCells& cells,
                                std::span<const NumberedColumn> numbered) {
  ByteWriter out;
  if (const NumberedColumn* names = find(numbered, column))
    encode_numbered(out, *names, 0, column.size());
  else
    encode_column(out, column, static_cast<uint8_t>(column.storage), bytes_of(cells));
  return out.take();
}

ColumnBlock decode_column_block(std::string_view blob, size_t rows) {
  if (rows > kBlockRows) throw DamagedBlob("too many rows");
  ByteReader in(blob);
  ColumnBlock column;
  decode_column(in, rows, {}, column);
  in.end();
  return column;
}

template <class Cells>
static void keep(Cells& cells, std::span<const size_t> picked) {
  if (cells.empty()) return;
  for (size_t i = 0; i < picked.size(); ++i) cells[i] = cells[picked[i]];
  cells.resize(picked.size());
  cells.shrink_to_fit();
}

static void decode_block(std::string_view blob, size_t rows, std::span<const std::string_view> wanted,
                         const std::span<const size_t>* picked, FrameBlock& block) {
  if (rows > kBlockRows) throw DamagedBlob("too many rows");
  ByteReader in(blob);
  block.rows.resize(rows);
  decode_sequence(in, block.rows, UINT32_MAX);
  const uint8_t has_sources = in.byte();
  if (has_sources > 1) throw DamagedBlob("unknown flags");
  block.sources.resize(has_sources ? rows : 0);
  if (has_sources) decode_sequence(in, block.sources, UINT32_MAX);
  const uint64_t columns = in.number_up_to(blob.size());
  for (uint64_t i = 0; i < columns; ++i) {
    if (i == block.columns.size()) block.columns.emplace_back();
    ColumnBlock& column = block.columns[i];
    decode_column(in, rows, wanted, column);
    if (picked == nullptr) continue;
    keep(column.codes, *picked);
    keep(column.days, *picked);
    keep(column.decimals, *picked);
  }
  block.columns.resize(columns);
  if (picked != nullptr) keep(block.rows, *picked);
  if (picked != nullptr) keep(block.sources, *picked);
  in.end();
}

void decode_frame_block(std::string_view blob, size_t rows, std::span<const std::string_view> wanted,
                        FrameBlock& block) {
  decode_block(blob, rows, wanted, nullptr, block);
}

FrameBlock decode_frame_block(std::string_view blob, size_t rows, std::span<const std::string_view> wanted) {
  FrameBlock block;
  decode_block(blob, rows, wanted, nullptr, block);
  return block;
}

FrameBlock decode_frame_rows(std::string_view blob, size_t rows, std::span<const size_t> picked,
                             std::span<const std::string_view> wanted) {
  FrameBlock block;
  decode_block(blob, rows, wanted, &picked, block);
  return block;
}

}  // namespace hr::store
