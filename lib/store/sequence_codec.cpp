#include "store/sequence_codec.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <vector>

#include "store/number_codec.h"

namespace hr::store {

namespace {

enum class Form : uint8_t { plain, steps, runs };

// The least and the greatest of some numbers.
struct Range {
  int64_t low = INT64_MAX;
  int64_t high = INT64_MIN;

  void add(int64_t v) {
    low = std::min(low, v);
    high = std::max(high, v);
  }
  bool empty() const { return high < low; }
  uint64_t width() const { return empty() ? 0 : static_cast<uint64_t>(high) - static_cast<uint64_t>(low); }
  unsigned bits() const { return static_cast<unsigned>(std::bit_width(width())); }  // about what each number takes
};

// What decides in which form numbers take the least.
struct Shape {
  Range values;
  Range steps;    // from each to the next
  Range changes;  // those of them that are not 0
  size_t runs = 0;

  explicit Shape(std::span<const uint32_t> of) : runs(of.empty() ? 0 : 1) {
    if (!of.empty()) values.add(of[0]);
    for (size_t i = 1; i < of.size(); ++i) {
      const int64_t step = int64_t{of[i]} - of[i - 1];
      values.add(of[i]);
      steps.add(step);
      runs += step != 0;
      changes.low = step != 0 ? std::min(changes.low, step) : changes.low;
      changes.high = step != 0 ? std::max(changes.high, step) : changes.high;
    }
  }
};

void encode_steps(ByteWriter& out, std::span<const uint32_t> values, const Range& steps) {
  const int64_t low = steps.empty() ? 0 : steps.low;
  const auto step = [&](size_t i) {
    if (values.size() < 2) return int64_t{0};
    return i == 0 ? int64_t{values[1]} - values[0] : int64_t{values[i]} - values[i - 1];  // the first: as the second
  };
  if (steps.width() <= UINT32_MAX) {
    std::vector<uint32_t> offsets(values.size());
    for (size_t i = 0; i < offsets.size(); ++i) offsets[i] = static_cast<uint32_t>(step(i) - low);
    return encode_offsets(out, low, offsets);
  }
  std::vector<int64_t> all(values.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = step(i);
  encode_integers(out, all);
}

void encode_simple(ByteWriter& out, std::span<const uint32_t> values, const Range& range, const Range& steps) {
  if (steps.bits() < range.bits()) {
    out.byte(static_cast<uint8_t>(Form::steps));
    out.number(values[0]);
    encode_steps(out, values, steps);
  } else {
    out.byte(static_cast<uint8_t>(Form::plain));
    encode_numbers(out, values);
  }
}

void decode_plain_numbers(ByteReader& in, std::span<uint32_t> values, uint32_t limit) {
  const std::optional<int64_t> least = decode_offsets(in, values);
  if (!least || *least < 0 || *least > int64_t{limit}) throw DamagedBlob("a value is out of range");
  const auto low = static_cast<uint32_t>(*least);
  uint32_t widest = 0;
  for (const uint32_t v : values) widest = std::max(widest, v);
  if (widest > limit - low) throw DamagedBlob("a value is out of range");
  for (uint32_t& v : values) v += low;
}

void decode_simple(ByteReader& in, uint8_t form, std::span<uint32_t> values, uint32_t limit) {
  if (form == static_cast<uint8_t>(Form::plain)) return decode_plain_numbers(in, values, limit);
  if (form != static_cast<uint8_t>(Form::steps)) throw DamagedBlob("unknown form of numbers");
  const auto first = static_cast<int64_t>(in.number_up_to(limit));
  bool good = true;
  const auto go_on = [&](const auto& step) {
    int64_t now = first;
    for (size_t i = 0; i < values.size(); ++i) {
      if (i > 0) now += step(i);
      good &= now >= 0 && now <= int64_t{limit};
      values[i] = static_cast<uint32_t>(now);
    }
  };
  constexpr int64_t kMost = UINT32_MAX;
  if (const std::optional<int64_t> least = decode_offsets(in, values)) {
    if (*least < -kMost || *least > kMost) throw DamagedBlob("a value is out of range");
    go_on([&](size_t i) { return *least + int64_t{values[i]}; });
  } else {
    const std::vector<int64_t> steps = decode_integers(in, values.size(), -kMost, kMost);
    go_on([&](size_t i) { return steps[i]; });
  }
  if (!good) throw DamagedBlob("a value is out of range");
}

}  // namespace

// 0 · integers
// 1 · the first · integers of the differences (one a value; the first of them says nothing)
// 2 · number of runs · integers of their lengths · their values, as form 0 or 1
void encode_sequence(ByteWriter& out, std::span<const uint32_t> values) {
  const Shape shape(values);
  const unsigned in_runs = std::min(shape.values.bits(), shape.changes.bits());  // of their values
  const size_t simple = values.size() * std::min(shape.values.bits(), shape.steps.bits());
  if (shape.runs * in_runs >= simple) return encode_simple(out, values, shape.values, shape.steps);
  std::vector<uint32_t> lengths;
  std::vector<uint32_t> each;
  lengths.reserve(shape.runs);
  each.reserve(shape.runs);
  for (const uint32_t v : values) {
    if (each.empty() || each.back() != v) {
      each.push_back(v);
      lengths.push_back(0);
    }
    ++lengths.back();
  }
  Range length;
  for (const uint32_t n : lengths) length.add(n);
  if (shape.runs * (length.bits() + in_runs) >= simple) return encode_simple(out, values, shape.values, shape.steps);
  out.byte(static_cast<uint8_t>(Form::runs));
  out.number(each.size());
  encode_numbers(out, lengths);
  encode_simple(out, each, shape.values, shape.changes);
}

void decode_sequence(ByteReader& in, std::span<uint32_t> values, uint32_t limit) {
  const uint8_t form = in.byte();
  if (form != static_cast<uint8_t>(Form::runs)) return decode_simple(in, form, values, limit);
  const size_t count = in.number_up_to(values.size());
  const std::vector<int64_t> lengths = decode_integers(in, count, 1, static_cast<int64_t>(values.size()));
  std::vector<uint32_t> each(count);
  decode_simple(in, in.byte(), each, limit);
  size_t at = 0;
  for (size_t run = 0; run < count; ++run) {
    const auto length = static_cast<size_t>(lengths[run]);
    if (length > values.size() - at) throw DamagedBlob("runs are too long");
    std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(at), length, each[run]);
    at += length;
  }
  if (at != values.size()) throw DamagedBlob("runs are too short");
}

}  // namespace hr::store
