#include "store/column_codec.h"

#include <algorithm>

namespace hr::store {

namespace {

constexpr uint8_t kSomeMissing = 1;

void encode_codes(ByteWriter& out, const facts::Column& column, size_t begin, size_t end) {
  std::vector<uint32_t> local(column.dictionary.size(), facts::kMissingCode);  // code in the frame → in the block
  std::vector<std::string_view> texts;
  std::vector<int64_t> codes;  // + 1; 0 = missing
  codes.reserve(end - begin);
  for (size_t row = begin; row < end; ++row) {
    const uint32_t code = column.codes[row];
    if (code == facts::kMissingCode) {
      codes.push_back(0);
      continue;
    }
    if (local[code] == facts::kMissingCode) {
      local[code] = static_cast<uint32_t>(texts.size());
      texts.push_back(column.dictionary[code]);
    }
    codes.push_back(static_cast<int64_t>(local[code]) + 1);
  }
  out.number(texts.size());
  encode_texts(out, texts);
  encode_integers(out, codes);
}

void encode_days(ByteWriter& out, std::span<const int32_t> days) {
  const auto first = std::find_if(days.begin(), days.end(), [](int32_t d) { return d != facts::kMissingDay; });
  const bool some_missing = std::find(days.begin(), days.end(), facts::kMissingDay) != days.end();
  out.byte(some_missing ? kSomeMissing : 0);
  if (some_missing) out.bytes(bitmap_of(days.size(), [&](size_t i) { return days[i] == facts::kMissingDay; }));
  const int32_t filler = first == days.end() ? 0 : *first;
  std::vector<int64_t> values;
  values.reserve(days.size());
  for (const int32_t d : days) values.push_back(d == facts::kMissingDay ? filler : d);
  encode_integers(out, values);
}

std::vector<int32_t> decode_days(ByteReader& in, size_t n) {
  const uint8_t flags = in.byte();
  if (flags > kSomeMissing) throw DamagedBlob("unknown flags");
  const std::string_view missing = flags ? in.bytes((n + 7) / 8) : std::string_view{};
  const std::vector<int64_t> values = decode_integers(in, n, INT32_MIN + 1, INT32_MAX);
  std::vector<int32_t> days(values.begin(), values.end());
  for (size_t i = 0; i < n && !missing.empty(); ++i) {
    if (bit(missing, i)) days[i] = facts::kMissingDay;
  }
  return days;
}

void encode_column(ByteWriter& out, const facts::Column& column, size_t begin, size_t end) {
  out.number(column.name.size());
  out.bytes(column.name);
  out.byte(static_cast<uint8_t>(column.storage));
  out.byte(column.carried ? 1 : 0);
  switch (column.storage) {
    case facts::Storage::text:
      return encode_codes(out, column, begin, end);
    case facts::Storage::day:
      return encode_days(out, std::span(column.days).subspan(begin, end - begin));
    case facts::Storage::decimal:
      break;
  }
  encode_decimals(out, std::span(column.decimals).subspan(begin, end - begin));
}

ColumnBlock decode_column(ByteReader& in, size_t n) {
  ColumnBlock column;
  column.name = in.bytes(in.number());
  const uint8_t storage = in.byte();
  const uint8_t carried = in.byte();
  if (storage > static_cast<uint8_t>(facts::Storage::decimal) || carried > 1) throw DamagedBlob("unknown flags");
  column.storage = static_cast<facts::Storage>(storage);
  column.carried = carried != 0;
  if (column.storage == facts::Storage::day) {
    column.days = decode_days(in, n);
  } else if (column.storage == facts::Storage::decimal) {
    column.decimals = decode_decimals(in, n);
  } else {
    column.texts = decode_texts(in, in.number_up_to(n));
    const auto last = static_cast<int64_t>(column.texts.size());
    column.codes.reserve(n);
    for (const int64_t code : decode_integers(in, n, 0, last)) column.codes.push_back(static_cast<uint32_t>(code) - 1);
  }
  return column;
}

}  // namespace

// lengths · their bytes, one after the other
void encode_texts(ByteWriter& out, std::span<const std::string_view> texts) {
  std::vector<int64_t> lengths;
  lengths.reserve(texts.size());
  for (const std::string_view t : texts) lengths.push_back(static_cast<int64_t>(t.size()));
  encode_integers(out, lengths);
  for (const std::string_view t : texts) out.bytes(t);
}

std::vector<std::string_view> decode_texts(ByteReader& in, size_t n) {
  std::vector<std::string_view> texts;
  texts.reserve(n);
  for (const int64_t length : decode_integers(in, n, 0, UINT32_MAX))
    texts.push_back(in.bytes(static_cast<uint64_t>(length)));
  return texts;
}

// lines · 1 and sources, or 0 · number of columns · columns
std::string encode_frame_block(const facts::Frame& frame, size_t begin, size_t end) {
  ByteWriter out;
  encode_numbers(out, std::span(frame.rows).subspan(begin, end - begin));
  out.byte(frame.sources.empty() ? 0 : 1);
  if (!frame.sources.empty()) encode_numbers(out, std::span(frame.sources).subspan(begin, end - begin));
  out.number(frame.columns.size());
  for (const facts::Column& column : frame.columns) encode_column(out, column, begin, end);
  return out.take();
}

FrameBlock decode_frame_block(std::string_view blob, size_t rows) {
  if (rows > kBlockRows) throw DamagedBlob("too many rows");
  ByteReader in(blob);
  FrameBlock block;
  decode_numbers(in, rows, UINT32_MAX, block.rows);
  const uint8_t has_sources = in.byte();
  if (has_sources > 1) throw DamagedBlob("unknown flags");
  if (has_sources) decode_numbers(in, rows, UINT32_MAX, block.sources);
  const uint64_t columns = in.number_up_to(blob.size());
  for (uint64_t i = 0; i < columns; ++i) block.columns.push_back(decode_column(in, rows));
  in.end();
  return block;
}

}  // namespace hr::store
