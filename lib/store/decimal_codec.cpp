#include "store/decimal_codec.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/decimal_scale.h"
#include "base/wide_vectors.h"
#include "facts/frame.h"
#include "store/number_codec.h"
#include "store/number_planes.h"

namespace hr::store {

namespace {

constexpr int kMaxScale = 18;
constexpr uint8_t kSomeMissing = 1;
constexpr uint8_t kOwnScales = 2;

// What values are between; −1 is the scale of a missing one.
struct Extent {
  int least_scale = 0;
  int scale = 0;  // the greatest
  int64_t low = 0;
  int64_t high = 0;

  explicit Extent(std::span<const Decimal> values) {
    for (const Decimal& v : values) {
      least_scale = std::min(least_scale, v.scale);
      scale = std::max(scale, v.scale);
      low = std::min(low, v.unscaled);
      high = std::max(high, v.unscaled);
    }
  }
};

// Whether the greatest scale holds all values exactly in 64 bits.
bool share_scale(std::span<const Decimal> values, const Extent& extent) {
  const auto fits = [](int64_t number, int64_t factor) {
    return number <= INT64_MAX / factor && number >= -(INT64_MAX / factor);
  };
  const int64_t most = pow10(extent.scale);
  if (fits(extent.low, most) && fits(extent.high, most)) return true;
  return std::all_of(values.begin(), values.end(), [&](const Decimal& v) {
    return v.scale < 0 || v.scale == extent.scale || fits(v.unscaled, pow10(extent.scale - v.scale));
  });
}

// What stands before the integers of decimals.
struct DecimalHead {
  std::string_view missing;     // a bitmap, or empty
  int scale = 0;                // of all
  std::vector<int64_t> scales;  // or one each, where not empty

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

constexpr int64_t kExact = int64_t{1} << 53;  // up to it the division of two exact doubles is correctly rounded

double to_double(uint64_t number, int scale) {
  return make_decimal(static_cast<int64_t>(number), scale).to_double();
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

HR_WIDE_VECTORS ScaledDecimals scale_decimals(std::span<const Decimal> values) {
  const Extent extent(values);
  const bool shared = share_scale(values, extent);
  ScaledDecimals out;
  out.numbers.resize(values.size());
  if (shared) out.scale = extent.scale;
  if (shared && extent.least_scale >= 0) {
    for (size_t i = 0; i < values.size(); ++i)
      out.numbers[i] = values[i].unscaled * pow10(extent.scale - values[i].scale);
    return out;
  }
  const auto is_missing = [](const Decimal& v) { return v.scale < 0; };
  if (extent.least_scale < 0) out.missing = bitmap_of(values.size(), [&](size_t i) { return is_missing(values[i]); });
  const auto first = std::find_if_not(values.begin(), values.end(), is_missing);
  const Decimal filler = first == values.end() ? Decimal{} : *first;
  if (!shared) out.scales.resize(values.size());
  for (size_t i = 0; i < values.size(); ++i) {
    const Decimal v = is_missing(values[i]) ? filler : values[i];
    out.numbers[i] = shared ? v.unscaled * pow10(extent.scale - v.scale) : v.unscaled;
    if (!shared) out.scales[i] = v.scale;
  }
  return out;
}

// flags · bitmap of missing ones · scale, or scales · integers
void encode_decimals(ByteWriter& out, const ScaledDecimals& values) {
  const bool some_missing = !values.missing.empty();
  const bool own_scales = !values.scales.empty();
  out.byte(static_cast<uint8_t>((some_missing ? kSomeMissing : 0) | (own_scales ? kOwnScales : 0)));
  out.bytes(values.missing);
  if (own_scales)
    encode_integers(out, values.scales);
  else
    out.number(static_cast<uint64_t>(values.scale));
  encode_integers(out, values.numbers);
}

HR_WIDE_VECTORS void encode_scaled(ByteWriter& out, std::span<int64_t> numbers, int scale) {
  const auto is_whole = [](int64_t v) { return v % 10 == 0; };
  while (scale > 0 && std::all_of(numbers.begin(), numbers.end(), is_whole)) {
    for (int64_t& v : numbers) v /= 10;
    --scale;
  }
  out.byte(0);
  out.number(static_cast<uint64_t>(scale));
  encode_integers(out, numbers);
}

HR_WIDE_VECTORS void LazyDecimals::decode(ByteReader& in, size_t n) {
  DecimalHead head = read_decimal_head(in, n);
  missing_ = head.missing;
  scale_ = head.scale;
  scales_ = std::move(head.scales);
  numbers_ = decode_integers(in, n, -INT64_MAX, INT64_MAX);
}

Decimal LazyDecimals::operator[](size_t i) const {
  if (!missing_.empty() && bit(missing_, i)) return facts::kMissingDecimal;
  return make_decimal(numbers_[i], scales_.empty() ? scale_ : static_cast<int>(scales_[i]));
}

// Numbers of one or two decimals without the zeros at their end, as nearly all columns have them. Whether there is a
// zero to lose nobody foresees: no branch asks.
static void set_short(std::span<const uint32_t> numbers, uint32_t base, int scale, Decimal* values) {
  constexpr size_t kSome = 1'024;  // stay in the nearest cache
  std::array<uint32_t, kSome> shorter;
  std::array<int32_t, kSome> scales;
  for (size_t begin = 0; begin < numbers.size(); begin += kSome) {
    const uint32_t* const from = numbers.data() + begin;
    const size_t n = std::min(kSome, numbers.size() - begin);
    uint32_t* const to = shorter.data();
    int32_t* const scale_of = scales.data();
    if (scale == 1) {
      for (size_t i = 0; i < n; ++i) {
        const uint32_t number = base + from[i];
        const uint32_t tenth = number / 10;
        to[i] = number == 10 * tenth ? tenth : number;
        scale_of[i] = number == 10 * tenth ? 0 : 1;
      }
    } else {
      for (size_t i = 0; i < n; ++i) {
        const uint32_t number = base + from[i];
        const uint32_t tenth = number / 10;
        const uint32_t hundredth = number / 100;
        const uint32_t rest = number == 10 * tenth ? tenth : number;
        const int32_t left = number == 10 * tenth ? 1 : 2;
        to[i] = number == 100 * hundredth ? hundredth : rest;
        scale_of[i] = number == 100 * hundredth ? 0 : left;
      }
    }
    for (size_t i = 0; i < n; ++i) values[begin + i] = {to[i], scale_of[i]};
  }
}

// Whether all numbers of one scale fit into 32 bits.
static bool are_short(const DecimalHead& head, int64_t base, std::span<const uint32_t> offsets) {
  uint32_t most = 0;
  for (const uint32_t offset : offsets) most = std::max(most, offset);
  return head.scales.empty() && (head.scale == 1 || head.scale == 2) && base >= 0 && base <= int64_t{UINT32_MAX} - most;
}

HR_WIDE_VECTORS void decode_decimals(ByteReader& in, size_t n, std::vector<Decimal>& values) {
  const DecimalHead head = read_decimal_head(in, n);
  values.resize(n);
  const auto set_all = [&](const auto& number) {
    if (head.scales.empty() && head.scale == 0) {
      for (size_t i = 0; i < n; ++i) values[i] = make_decimal(number(i));
    } else {
      for (size_t i = 0; i < n; ++i) values[i] = make_decimal(number(i), head.scale_of(i));
    }
  };
  std::vector<uint32_t> offsets(n);
  ByteReader ahead = in;
  const std::optional<int64_t> base = decode_offsets(ahead, offsets);
  if (base && *base > INT64_MIN && *base <= INT64_MAX - int64_t{UINT32_MAX}) {
    if (are_short(head, *base, offsets))
      set_short(offsets, static_cast<uint32_t>(*base), head.scale, values.data());
    else
      set_all([&](size_t i) { return *base + int64_t{offsets[i]}; });
    in = ahead;
  } else {
    const std::vector<int64_t> numbers = decode_integers(in, n, -INT64_MAX, INT64_MAX);
    set_all([&](size_t i) { return numbers[i]; });
  }
  for (size_t i = 0; i < n && !head.missing.empty(); ++i) {
    if (bit(head.missing, i)) values[i] = facts::kMissingDecimal;
  }
}

HR_WIDE_VECTORS void decode_doubles(ByteReader& in, size_t n, std::vector<double>& values,
                                    std::vector<uint8_t>& missing) {
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
