#include "store/column_codec.h"

#include <algorithm>
#include <cmath>

namespace hr::store {

namespace {

constexpr int kMaxScale = 18;
constexpr uint8_t kSomeMissing = 1;
constexpr uint8_t kOwnScales = 2;

constexpr int64_t kPow10[] = {1,
                              10,
                              100,
                              1'000,
                              10'000,
                              100'000,
                              1'000'000,
                              10'000'000,
                              100'000'000,
                              1'000'000'000,
                              10'000'000'000,
                              100'000'000'000,
                              1'000'000'000'000,
                              10'000'000'000'000,
                              100'000'000'000'000,
                              1'000'000'000'000'000,
                              10'000'000'000'000'000,
                              100'000'000'000'000'000,
                              1'000'000'000'000'000'000};

int64_t pow10(int n) {
  return kPow10[static_cast<size_t>(n)];
}

unsigned planes_of(uint64_t largest) {
  unsigned n = 0;
  for (; largest != 0; largest >>= 8U) ++n;
  return n;
}

uint64_t zigzag(int64_t v) {
  return (static_cast<uint64_t>(v) << 1U) ^ (v < 0 ? ~uint64_t{0} : 0);
}

int64_t unzigzag(uint64_t u) {
  return static_cast<int64_t>((u >> 1U) ^ (~(u & 1U) + 1));
}

// One bit a value, low ones first.
std::string bitmap_of(size_t n, const auto& is_set) {
  std::string bits((n + 7) / 8, '\0');
  for (size_t i = 0; i < n; ++i) {
    if (is_set(i)) bits[i / 8] = static_cast<char>(static_cast<unsigned char>(bits[i / 8]) | 1U << (i % 8));
  }
  return bits;
}

bool bit(std::string_view bits, size_t i) {
  return (static_cast<unsigned char>(bits[i / 8]) >> (i % 8)) & 1U;
}

// The scale that holds all values exactly, or −1 when their integers would not fit.
int common_scale(std::span<const Decimal> values) {
  int scale = 0;
  for (const Decimal& v : values) scale = std::max(scale, v.scale);
  for (const Decimal& v : values) {
    if (v.scale < 0 || v.scale == scale) continue;
    const int64_t factor = pow10(scale - v.scale);
    if (v.unscaled > INT64_MAX / factor || v.unscaled < -(INT64_MAX / factor)) return -1;
  }
  return scale;
}

// Decimals as they lie in a blob.
struct DecimalPlanes {
  std::string_view missing;     // a bitmap, or empty
  int scale = 0;                // of all
  std::vector<int64_t> scales;  // or one each, where not empty
  std::vector<int64_t> numbers;

  bool is_missing(size_t i) const { return !missing.empty() && bit(missing, i); }
};

DecimalPlanes decode_decimal_planes(ByteReader& in, size_t n) {
  DecimalPlanes planes;
  const uint8_t flags = in.byte();
  if (flags > (kSomeMissing | kOwnScales)) throw DamagedBlob("unknown flags");
  if (flags & kSomeMissing) planes.missing = in.bytes((n + 7) / 8);
  if (flags & kOwnScales)
    planes.scales = decode_integers(in, n, 0, kMaxScale);
  else
    planes.scale = static_cast<int>(in.number_up_to(kMaxScale));
  planes.numbers = decode_integers(in, n, -INT64_MAX, INT64_MAX);
  return planes;
}

Decimal canonical(int64_t number, int scale) {
  while (scale > 0 && number % 10 == 0) {
    number /= 10;
    --scale;
  }
  return {number, scale};
}

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

std::vector<int64_t> widened(std::span<const uint32_t> values) {
  return {values.begin(), values.end()};
}

std::vector<uint32_t> decode_numbers32(ByteReader& in, size_t n) {
  const std::vector<int64_t> values = decode_integers(in, n, 0, UINT32_MAX);
  return {values.begin(), values.end()};
}

}  // namespace

// minimum · number of planes · planes, lowest first
void encode_integers(ByteWriter& out, std::span<const int64_t> values) {
  int64_t low = 0;
  int64_t high = 0;
  if (!values.empty()) {
    const auto [a, b] = std::minmax_element(values.begin(), values.end());
    low = *a;
    high = *b;
  }
  const auto base = static_cast<uint64_t>(low);
  const unsigned planes = planes_of(static_cast<uint64_t>(high) - base);
  out.number(zigzag(low));
  out.byte(static_cast<uint8_t>(planes));
  for (unsigned p = 0; p < planes; ++p) {
    char* to = out.grow(values.size());
    for (size_t i = 0; i < values.size(); ++i)
      to[i] = static_cast<char>((static_cast<uint64_t>(values[i]) - base) >> (8 * p));
  }
}

std::vector<int64_t> decode_integers(ByteReader& in, size_t n) {
  const auto base = static_cast<uint64_t>(unzigzag(in.number()));
  const unsigned planes = in.byte();
  if (planes > 8) throw DamagedBlob("too many planes");
  const unsigned char* plane[8] = {};
  for (unsigned p = 0; p < planes; ++p) plane[p] = reinterpret_cast<const unsigned char*>(in.bytes(n).data());
  std::vector<int64_t> values(n);
  if (planes <= 2) {
    for (size_t i = 0; i < n; ++i) {
      uint64_t u = base;
      if (planes > 0) u += plane[0][i];
      if (planes > 1) u += static_cast<uint64_t>(plane[1][i]) << 8U;
      values[i] = static_cast<int64_t>(u);
    }
    return values;
  }
  for (size_t i = 0; i < n; ++i) {
    uint64_t u = plane[0][i] | static_cast<uint64_t>(plane[1][i]) << 8U | static_cast<uint64_t>(plane[2][i]) << 16U;
    for (unsigned p = 3; p < planes; ++p) u |= static_cast<uint64_t>(plane[p][i]) << (8 * p);
    values[i] = static_cast<int64_t>(base + u);
  }
  return values;
}

std::vector<int64_t> decode_integers(ByteReader& in, size_t n, int64_t low, int64_t high) {
  std::vector<int64_t> values = decode_integers(in, n);
  bool good = true;
  for (const int64_t v : values) good &= v >= low && v <= high;
  if (!good) throw DamagedBlob("a value is out of range");
  return values;
}

// flags · bitmap of missing ones · scale, or scales · integers
void encode_decimals(ByteWriter& out, std::span<const Decimal> values) {
  const int scale = common_scale(values);
  const auto first = std::find_if(values.begin(), values.end(), [](const Decimal& v) { return v.scale >= 0; });
  const bool some_missing = std::any_of(values.begin(), values.end(), [](const Decimal& v) { return v.scale < 0; });
  const Decimal filler = first == values.end() ? Decimal{} : *first;
  std::vector<int64_t> numbers(values.size());
  std::vector<int64_t> scales(scale < 0 ? values.size() : 0);
  for (size_t i = 0; i < values.size(); ++i) {
    const Decimal v = values[i].scale < 0 ? filler : values[i];
    numbers[i] = scale < 0 ? v.unscaled : v.unscaled * pow10(scale - v.scale);
    if (scale < 0) scales[i] = v.scale;
  }
  out.byte(static_cast<uint8_t>((some_missing ? kSomeMissing : 0) | (scale < 0 ? kOwnScales : 0)));
  if (some_missing) out.bytes(bitmap_of(values.size(), [&](size_t i) { return values[i].scale < 0; }));
  if (scale < 0)
    encode_integers(out, scales);
  else
    out.number(static_cast<uint64_t>(scale));
  encode_integers(out, numbers);
}

std::vector<Decimal> decode_decimals(ByteReader& in, size_t n) {
  const DecimalPlanes planes = decode_decimal_planes(in, n);
  std::vector<Decimal> values(n);
  for (size_t i = 0; i < n; ++i) {
    const int scale = planes.scales.empty() ? planes.scale : static_cast<int>(planes.scales[i]);
    values[i] = planes.is_missing(i) ? facts::kMissingDecimal : canonical(planes.numbers[i], scale);
  }
  return values;
}

void decode_doubles(ByteReader& in, size_t n, std::vector<double>& values, std::vector<uint8_t>& missing) {
  const DecimalPlanes planes = decode_decimal_planes(in, n);
  constexpr int64_t kExact = int64_t{1} << 53;  // up to it the division of two exact doubles is correctly rounded
  bool exact = planes.scales.empty();
  for (const int64_t v : planes.numbers) exact &= v <= kExact && v >= -kExact;
  values.resize(n);
  const auto divisor = static_cast<double>(pow10(planes.scale));
  for (size_t i = 0; i < n; ++i) {
    if (exact)
      values[i] = static_cast<double>(planes.numbers[i]) / divisor;
    else
      values[i] =
          canonical(planes.numbers[i], planes.scales.empty() ? planes.scale : static_cast<int>(planes.scales[i]))
              .to_double();
  }
  missing.clear();
  for (size_t i = 0; i < n && !planes.missing.empty(); ++i) missing.push_back(bit(planes.missing, i));
}

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
  encode_integers(out, widened(std::span(frame.rows).subspan(begin, end - begin)));
  out.byte(frame.sources.empty() ? 0 : 1);
  if (!frame.sources.empty()) encode_integers(out, widened(std::span(frame.sources).subspan(begin, end - begin)));
  out.number(frame.columns.size());
  for (const facts::Column& column : frame.columns) encode_column(out, column, begin, end);
  return out.take();
}

FrameBlock decode_frame_block(std::string_view blob, size_t rows) {
  if (rows > kBlockRows) throw DamagedBlob("too many rows");
  ByteReader in(blob);
  FrameBlock block;
  block.rows = decode_numbers32(in, rows);
  const uint8_t has_sources = in.byte();
  if (has_sources > 1) throw DamagedBlob("unknown flags");
  if (has_sources) block.sources = decode_numbers32(in, rows);
  const uint64_t columns = in.number_up_to(blob.size());
  for (uint64_t i = 0; i < columns; ++i) block.columns.push_back(decode_column(in, rows));
  in.end();
  return block;
}

}  // namespace hr::store
