#include "store/number_codec.h"

#include <algorithm>
#include <array>
#include <bit>

#include "facts/frame.h"

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

uint64_t zigzag(int64_t v) {
  return (static_cast<uint64_t>(v) << 1U) ^ (v < 0 ? ~uint64_t{0} : 0);
}

int64_t unzigzag(uint64_t u) {
  return static_cast<int64_t>((u >> 1U) ^ (~(u & 1U) + 1));
}

// How many bits planes hold: whole bytes, and then 0, 1, 2 or 4 more in a narrower plane.
unsigned plane_bits(unsigned bits) {
  const unsigned rest = bits % 8;
  return rest <= 2 ? bits : rest <= 4 ? bits - rest + 4 : bits - rest + 8;
}

// Bytes of the narrow plane: values i, i + h, i + 2h … share byte i of h, so that each part of the plane is one plain
// loop.
size_t narrow_bytes(size_t n, unsigned rest) {
  const size_t in_byte = rest ? 8 / rest : 1;
  return rest ? (n + in_byte - 1) / in_byte : 0;
}

// Of an exception with so many bits above the planes: where it is, mostly near the one before, and those bits.
size_t exception_bits(size_t above) {
  constexpr size_t kPlace = 12;
  return kPlace + 8 * ((above + 6) / 7);
}

// How many numbers there are of each width.
template <class Number>
std::array<size_t, 65> count_widths(std::span<const Number> values, Number base) {
  constexpr size_t kSides = 4;  // counted side by side: equal widths would wait for one another
  std::array<std::array<uint32_t, 65>, kSides> sides{};
  for (size_t i = 0; i < values.size(); ++i)
    ++sides[i % kSides][static_cast<size_t>(std::bit_width(static_cast<Number>(values[i] - base)))];
  std::array<size_t, 65> count{};
  for (size_t width = 0; width < count.size(); ++width) {
    for (const auto& side : sides) count[width] += side[width];
  }
  return count;
}

// The width that takes the fewest bytes, when what does not fit is written apart.
template <class Number>
unsigned best_bits(std::span<const Number> values, Number base) {
  const std::array<size_t, 65> count = count_widths(values, base);
  size_t least = SIZE_MAX;
  unsigned best = 0;
  for (unsigned bits = 0; bits <= 64; ++bits) {
    size_t beyond = 0;
    size_t cost = plane_bits(bits) * values.size();
    for (size_t width = plane_bits(bits) + 1; width < count.size(); ++width) {
      beyond += count[width];
      cost += count[width] * exception_bits(width - plane_bits(bits));
    }
    if (cost < least) {
      least = cost;
      best = plane_bits(bits);
    }
    if (beyond == 0) break;
  }
  return best;
}

template <class Number>
void write_planes(ByteWriter& out, std::span<const Number> values, Number base, unsigned bits) {
  const size_t n = values.size();
  const unsigned planes = bits / 8;
  for (unsigned p = 0; p < planes; ++p) {
    char* to = out.grow(n);
    for (size_t i = 0; i < n; ++i) to[i] = static_cast<char>(static_cast<Number>(values[i] - base) >> (8 * p));
  }
  const unsigned rest = bits % 8;
  const size_t bytes = narrow_bytes(n, rest);
  if (bytes == 0) return;
  const auto mask = static_cast<Number>((1U << rest) - 1);
  char* to = out.grow(bytes);
  std::fill_n(to, bytes, '\0');
  for (size_t begin = 0, shift = 0; begin < n; begin += bytes, shift += rest) {
    const size_t count = std::min(bytes, n - begin);
    for (size_t i = 0; i < count; ++i) {
      const Number top = (static_cast<Number>(values[begin + i] - base) >> (8 * planes)) & mask;
      to[i] = static_cast<char>(static_cast<unsigned char>(to[i]) | static_cast<unsigned>(top) << shift);
    }
  }
}

// minimum · bits · planes, lowest first · how many exceptions · of each how many values lie before it and what is above
template <class Number>
void write_integers(ByteWriter& out, std::span<const Number> values, Number base) {
  Number all = 0;
  for (const Number v : values) all |= static_cast<Number>(v - base);
  const unsigned bits = all == 0 ? 0 : best_bits(values, base);
  out.byte(static_cast<uint8_t>(bits));
  write_planes(out, values, base, bits);
  constexpr unsigned kWidth = sizeof(Number) * 8;
  std::vector<size_t> exceptions;
  for (size_t i = 0; i < values.size() && bits < kWidth && (all >> bits) != 0; ++i) {
    if (static_cast<Number>(values[i] - base) >> bits) exceptions.push_back(i);
  }
  out.number(exceptions.size());
  size_t next = 0;
  for (const size_t i : exceptions) {
    out.number(i - next);
    out.number(static_cast<Number>(values[i] - base) >> bits);
    next = i + 1;
  }
}

// Puts planes into values, which hold zeros.
template <class Number>
void read_planes(ByteReader& in, size_t n, unsigned bits, Number* values) {
  const unsigned planes = bits / 8;
  for (unsigned p = 0; p < planes; ++p) {
    const auto* from = reinterpret_cast<const unsigned char*>(in.bytes(n).data());
    for (size_t i = 0; i < n; ++i) values[i] |= static_cast<Number>(from[i]) << (8 * p);
  }
  const unsigned rest = bits % 8;
  const size_t bytes = narrow_bytes(n, rest);
  if (bytes == 0) return;
  const auto* from = reinterpret_cast<const unsigned char*>(in.bytes(bytes).data());
  const unsigned mask = (1U << rest) - 1;
  for (size_t begin = 0, shift = 0; begin < n; begin += bytes, shift += rest) {
    const size_t count = std::min(bytes, n - begin);
    for (size_t i = 0; i < count; ++i)
      values[begin + i] |= static_cast<Number>((static_cast<unsigned>(from[i]) >> shift) & mask) << (8 * planes);
  }
}

// Calls put(i, what lies above `bits`) for numbers of `width` bits.
void read_exceptions(ByteReader& in, size_t n, unsigned bits, unsigned width, const auto& put) {
  const uint64_t count = in.number_up_to(n);
  if (count > 0 && bits >= width) throw DamagedBlob("a number is too large");
  uint64_t next = 0;
  for (uint64_t i = 0; i < count; ++i, ++next) {
    next += in.number_up_to(n);
    if (next >= n) throw DamagedBlob("an exception is out of place");
    put(next, in.number_up_to(UINT64_MAX >> (64 - width + bits)));
  }
}

unsigned read_bits(ByteReader& in) {
  const unsigned bits = in.byte();
  if (bits > 64 || plane_bits(bits) != bits) throw DamagedBlob("too many planes");
  return bits;
}

// Differences to the minimum, which is returned.
template <class Number>
int64_t read_differences(ByteReader& in, size_t n, std::vector<Number>& values) {
  const int64_t base = unzigzag(in.number());
  const unsigned bits = read_bits(in);
  if (bits > sizeof(Number) * 8) throw DamagedBlob("a number is too large");
  values.assign(n, 0);
  read_planes(in, n, bits, values.data());
  read_exceptions(in, n, bits, sizeof(Number) * 8,
                  [&](size_t i, uint64_t above) { values[i] |= static_cast<Number>(above) << bits; });
  return base;
}

// The scale that holds all values exactly, or −1 when their integers would not fit.
int common_scale(std::span<const Decimal> values) {
  int scale = 0;
  int64_t low = 0;
  int64_t high = 0;
  for (const Decimal& v : values) {
    scale = std::max(scale, v.scale);
    low = std::min(low, v.unscaled);
    high = std::max(high, v.unscaled);
  }
  const auto fits = [](int64_t number, int64_t factor) {
    return number <= INT64_MAX / factor && number >= -(INT64_MAX / factor);
  };
  if (fits(low, pow10(scale)) && fits(high, pow10(scale))) return scale;
  for (const Decimal& v : values) {
    if (v.scale >= 0 && v.scale != scale && !fits(v.unscaled, pow10(scale - v.scale))) return -1;
  }
  return scale;
}

// What stands before the integers of decimals.
struct DecimalHead {
  std::string_view missing;     // a bitmap, or empty
  int scale = 0;                // of all
  std::vector<int64_t> scales;  // or one each, where not empty

  bool is_missing(size_t i) const { return !missing.empty() && bit(missing, i); }
  int scale_of(size_t i) const { return scales.empty() ? scale : static_cast<int>(scales[i]); }
};

DecimalHead read_decimal_head(ByteReader& in, size_t n) {
  DecimalHead head;
  const uint8_t flags = in.byte();
  if (flags > (kSomeMissing | kOwnScales)) throw DamagedBlob("unknown flags");
  if (flags & kSomeMissing) head.missing = in.bytes((n + 7) / 8);
  if (flags & kOwnScales)
    head.scales = decode_integers(in, n, 0, kMaxScale);
  else
    head.scale = static_cast<int>(in.number_up_to(kMaxScale));
  return head;
}

Decimal canonical(int64_t number, int scale) {
  while (scale > 0 && number % 10 == 0) {
    number /= 10;
    --scale;
  }
  return {number, scale};
}

}  // namespace

void encode_offsets(ByteWriter& out, int64_t least, std::span<const uint32_t> offsets) {
  out.number(zigzag(least));
  write_integers(out, offsets, uint32_t{0});
}

void encode_integers(ByteWriter& out, std::span<const int64_t> values) {
  int64_t low = values.empty() ? 0 : values[0];
  int64_t high = low;
  for (const int64_t v : values) {
    low = std::min(low, v);
    high = std::max(high, v);
  }
  if (static_cast<uint64_t>(high) - static_cast<uint64_t>(low) <= UINT32_MAX) {  // nearly always: half the memory
    std::vector<uint32_t> offsets(values.size());
    for (size_t i = 0; i < values.size(); ++i)
      offsets[i] = static_cast<uint32_t>(static_cast<uint64_t>(values[i]) - static_cast<uint64_t>(low));
    return encode_offsets(out, low, offsets);
  }
  out.number(zigzag(low));
  const auto* numbers = reinterpret_cast<const uint64_t*>(values.data());
  write_integers(out, std::span(numbers, values.size()), static_cast<uint64_t>(low));
}

void encode_numbers(ByteWriter& out, std::span<const uint32_t> values) {
  uint32_t low = values.empty() ? 0 : values[0];
  for (const uint32_t v : values) low = std::min(low, v);
  out.number(zigzag(low));
  write_integers(out, values, low);
}

std::vector<int64_t> decode_integers(ByteReader& in, size_t n) {
  std::vector<uint64_t> differences;
  const auto base = static_cast<uint64_t>(read_differences(in, n, differences));
  std::vector<int64_t> values(n);
  for (size_t i = 0; i < n; ++i) values[i] = static_cast<int64_t>(base + differences[i]);
  return values;
}

std::vector<int64_t> decode_integers(ByteReader& in, size_t n, int64_t low, int64_t high) {
  std::vector<int64_t> values = decode_integers(in, n);
  bool good = true;
  for (const int64_t v : values) good &= v >= low && v <= high;
  if (!good) throw DamagedBlob("a value is out of range");
  return values;
}

void decode_numbers(ByteReader& in, size_t n, uint32_t high, std::vector<uint32_t>& values) {
  const int64_t base = read_differences(in, n, values);
  if (n == 0) return;
  if (base < 0 || base > int64_t{high}) throw DamagedBlob("a value is out of range");
  uint32_t largest = 0;
  for (const uint32_t v : values) largest = std::max(largest, v);
  if (largest > high - static_cast<uint32_t>(base)) throw DamagedBlob("a value is out of range");
  for (uint32_t& v : values) v += static_cast<uint32_t>(base);
}

std::optional<int64_t> decode_offsets(ByteReader& in, std::span<uint32_t> offsets) {
  ByteReader ahead = in;
  const int64_t base = unzigzag(ahead.number());
  const unsigned bits = read_bits(ahead);
  if (bits > 32) return std::nullopt;
  std::fill(offsets.begin(), offsets.end(), 0U);
  read_planes(ahead, offsets.size(), bits, offsets.data());
  bool fits = true;
  read_exceptions(ahead, offsets.size(), bits, 64, [&](size_t i, uint64_t above) {
    const uint64_t offset = offsets[i] | above << bits;
    fits &= offset <= UINT32_MAX;
    offsets[i] = static_cast<uint32_t>(offset);
  });
  if (!fits) return std::nullopt;
  in = ahead;
  return base;
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

void encode_scaled(ByteWriter& out, std::span<int64_t> numbers, int scale) {
  const auto is_whole = [](int64_t v) { return v % 10 == 0; };
  while (scale > 0 && std::all_of(numbers.begin(), numbers.end(), is_whole)) {
    for (int64_t& v : numbers) v /= 10;
    --scale;
  }
  out.byte(0);
  out.number(static_cast<uint64_t>(scale));
  encode_integers(out, numbers);
}

void LazyDecimals::decode(ByteReader& in, size_t n) {
  DecimalHead head = read_decimal_head(in, n);
  missing_ = head.missing;
  scale_ = head.scale;
  scales_ = std::move(head.scales);
  numbers_ = decode_integers(in, n, -INT64_MAX, INT64_MAX);
}

Decimal LazyDecimals::operator[](size_t i) const {
  if (!missing_.empty() && bit(missing_, i)) return facts::kMissingDecimal;
  return canonical(numbers_[i], scales_.empty() ? scale_ : static_cast<int>(scales_[i]));
}

void decode_decimals(ByteReader& in, size_t n, std::vector<Decimal>& values) {
  const DecimalHead head = read_decimal_head(in, n);
  values.resize(n);
  const auto set = [&](size_t i, int64_t number) {
    values[i] = head.is_missing(i) ? facts::kMissingDecimal : canonical(number, head.scale_of(i));
  };
  std::vector<uint32_t> offsets(n);
  ByteReader ahead = in;
  const std::optional<int64_t> base = decode_offsets(ahead, offsets);
  if (base && *base > INT64_MIN && *base <= INT64_MAX - int64_t{UINT32_MAX}) {
    for (size_t i = 0; i < n; ++i) set(i, *base + int64_t{offsets[i]});
    in = ahead;
    return;
  }
  const std::vector<int64_t> numbers = decode_integers(in, n, -INT64_MAX, INT64_MAX);
  for (size_t i = 0; i < n; ++i) set(i, numbers[i]);
}

namespace {

constexpr int64_t kExact = int64_t{1} << 53;  // up to it the division of two exact doubles is correctly rounded

double to_double(uint64_t number, int scale) {
  return canonical(static_cast<int64_t>(number), scale).to_double();
}

// Most columns: one scale, and planes so narrow that minimum and difference add up exactly.
void decode_narrow(ByteReader& in, size_t n, unsigned bits, int64_t base, int scale, std::vector<double>& values) {
  std::vector<int32_t> differences(n);
  read_planes(in, n, bits, differences.data());
  const auto low = static_cast<double>(base);
  const auto divisor = static_cast<double>(pow10(scale));
  for (size_t i = 0; i < n; ++i) values[i] = (low + static_cast<double>(differences[i])) / divisor;
  read_exceptions(in, n, bits, 64, [&](size_t i, uint64_t above) {
    values[i] = to_double(static_cast<uint64_t>(base) + (static_cast<uint64_t>(differences[i]) | above << bits), scale);
  });
}

void decode_wide(ByteReader& in, const DecimalHead& head, std::vector<double>& values) {
  const std::vector<int64_t> numbers = decode_integers(in, values.size(), -INT64_MAX, INT64_MAX);
  for (size_t i = 0; i < numbers.size(); ++i)
    values[i] = to_double(static_cast<uint64_t>(numbers[i]), head.scale_of(i));
}

}  // namespace

void decode_doubles(ByteReader& in, size_t n, std::vector<double>& values, std::vector<uint8_t>& missing) {
  const DecimalHead head = read_decimal_head(in, n);
  missing.clear();
  for (size_t i = 0; i < n && !head.missing.empty(); ++i) missing.push_back(bit(head.missing, i));
  values.resize(n);
  ByteReader planes = in;
  const int64_t base = unzigzag(planes.number());
  const unsigned bits = read_bits(planes);
  if (!head.scales.empty() || bits > 30 || base < -kExact / 2 || base > kExact / 2)
    return decode_wide(in, head, values);
  in = planes;
  decode_narrow(in, n, bits, base, head.scale, values);
}

}  // namespace hr::store
