#include "store/number_codec.h"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

#include "base/wide_vectors.h"
#include "store/number_planes.h"

namespace hr::store {

namespace {

// Of an exception with so many bits above the planes: where it is, mostly near the one before, and those bits.
size_t exception_bits(size_t above) {
  constexpr size_t kPlace = 12;
  return kPlace + 8 * ((above + 6) / 7);
}

// As std::bit_width(), without asking whether it is 0.
template <class Number>
size_t width_of(Number value) {
  if constexpr (sizeof(Number) == sizeof(uint64_t)) return static_cast<size_t>(std::bit_width(value));
  return 63U - static_cast<size_t>(__builtin_clzll(uint64_t{value} << 1U | 1U));
}

// How many numbers there are of each width, of every `step`th one.
template <class Number>
std::array<size_t, 65> count_widths(std::span<const Number> values, Number base, size_t step) {
  constexpr size_t kSides = 4;  // counted side by side: equal widths would wait for one another
  std::array<std::array<uint32_t, 65>, kSides> sides{};
  size_t side = 0;
  for (size_t i = 0; i < values.size(); i += step, side = (side + 1) % kSides)
    ++sides[side][width_of(static_cast<Number>(values[i] - base))];
  std::array<size_t, 65> count{};
  for (size_t width = 0; width < count.size(); ++width) {
    for (const auto& of_side : sides) count[width] += of_side[width];
  }
  return count;
}

// The width that takes the fewest bytes, as far as a sample tells, when what does not fit is written apart.
template <class Number>
unsigned best_bits(std::span<const Number> values, Number base) {
  constexpr size_t kMany = 4096;
  const size_t step = values.size() < kMany ? 1 : 11;  // many are like those beside them; no calendar goes by eleven
  const size_t n = (values.size() + step - 1) / step;
  const std::array<size_t, 65> count = count_widths(values, base, step);
  size_t least = SIZE_MAX;
  unsigned best = 0;
  for (unsigned bits = 0; bits <= 64; ++bits) {
    size_t beyond = 0;
    size_t cost = plane_bits(bits) * n;
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
  std::vector<uint32_t> exceptions;
  if (bits < kWidth && (all >> bits) != 0) {
    constexpr size_t kGroup = 64;  // most have no exception
    std::array<uint32_t, kGroup> here;
    for (size_t begin = 0; begin < values.size(); begin += kGroup) {
      const size_t end = std::min(values.size(), begin + kGroup);
      Number of_group = 0;
      for (size_t i = begin; i < end; ++i) of_group |= static_cast<Number>(values[i] - base);
      if (of_group >> bits == 0) continue;
      size_t found = 0;
      for (size_t i = begin; i < end; ++i) {  // without a branch: nobody can tell where they are
        here[found] = static_cast<uint32_t>(i);
        found += (static_cast<Number>(values[i] - base) >> bits) != 0 ? size_t{1} : size_t{0};
      }
      exceptions.insert(exceptions.end(), here.begin(), here.begin() + static_cast<std::ptrdiff_t>(found));
    }
  }
  out.number(exceptions.size());
  size_t next = 0;
  for (const size_t i : exceptions) {
    out.number(i - next);
    out.number(static_cast<Number>(values[i] - base) >> bits);
    next = i + 1;
  }
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

}  // namespace

HR_WIDE_VECTORS void encode_offsets(ByteWriter& out, int64_t least, std::span<const uint32_t> offsets) {
  out.number(zigzag(least));
  write_integers(out, offsets, uint32_t{0});
}

HR_WIDE_VECTORS void encode_integers(ByteWriter& out, std::span<const int64_t> values) {
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

HR_WIDE_VECTORS void encode_numbers(ByteWriter& out, std::span<const uint32_t> values) {
  uint32_t low = values.empty() ? 0 : values[0];
  for (const uint32_t v : values) low = std::min(low, v);
  out.number(zigzag(low));
  write_integers(out, values, low);
}

HR_WIDE_VECTORS std::vector<int64_t> decode_integers(ByteReader& in, size_t n) {
  std::vector<uint64_t> differences;
  const auto base = static_cast<uint64_t>(read_differences(in, n, differences));
  std::vector<int64_t> values(n);
  for (size_t i = 0; i < n; ++i) values[i] = static_cast<int64_t>(base + differences[i]);
  return values;
}

HR_WIDE_VECTORS std::vector<int64_t> decode_integers(ByteReader& in, size_t n, int64_t low, int64_t high) {
  std::vector<int64_t> values = decode_integers(in, n);
  bool good = true;
  for (const int64_t v : values) good &= v >= low && v <= high;
  if (!good) throw DamagedBlob("a value is out of range");
  return values;
}

HR_WIDE_VECTORS void decode_numbers(ByteReader& in, size_t n, uint32_t high, std::vector<uint32_t>& values) {
  const int64_t base = read_differences(in, n, values);
  if (n == 0) return;
  if (base < 0 || base > int64_t{high}) throw DamagedBlob("a value is out of range");
  uint32_t largest = 0;
  for (const uint32_t v : values) largest = std::max(largest, v);
  if (largest > high - static_cast<uint32_t>(base)) throw DamagedBlob("a value is out of range");
  for (uint32_t& v : values) v += static_cast<uint32_t>(base);
}

HR_WIDE_VECTORS std::optional<int64_t> decode_offsets(ByteReader& in, std::span<uint32_t> offsets) {
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

}  // namespace hr::store
