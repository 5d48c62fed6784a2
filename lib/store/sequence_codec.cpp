#include "store/sequence_codec.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <vector>

#include "base/wide_vectors.h"
#include "store/number_codec.h"

namespace hr::store {

namespace {

enum class Form : uint8_t { plain, steps, runs };

// The least and the greatest of some numbers.
struct Range {
  int64_t low = INT64_MAX;
  int64_t high = INT64_MIN;

  bool empty() const { return high < low; }
  uint64_t width() const { return empty() ? 0 : static_cast<uint64_t>(high) - static_cast<uint64_t>(low); }
  unsigned bits() const { return static_cast<unsigned>(std::bit_width(width())); }  // about what each number takes
};

Range range_of(std::span<const uint32_t> values) {
  if (values.empty()) return {};
  uint32_t low = values[0];
  uint32_t high = values[0];
  for (const uint32_t v : values) {
    low = std::min(low, v);
    high = std::max(high, v);
  }
  return {low, high};
}

// What decides in which form numbers take the least.
struct Shape {
  Range values;
  Range steps;    // from each to the next
  Range changes;  // those of them that are not 0
  size_t runs = 0;

  explicit Shape(std::span<const uint32_t> of) : values(range_of(of)), runs(of.empty() ? 0 : 1) {
    if (values.high <= INT32_MAX)
      add_steps<int32_t>(of);
    else
      add_steps<int64_t>(of);
  }

 private:
  // `Step`: holds any difference of two values. Of narrow ones more are taken at a time.
  template <class Step>
  void add_steps(std::span<const uint32_t> of) {
    constexpr Step kMost = std::numeric_limits<Step>::max();
    constexpr Step kLeast = std::numeric_limits<Step>::min();
    Step low = kMost, high = kLeast, change_low = kMost, change_high = kLeast;
    uint32_t changed = 0;
    for (size_t i = 1; i < of.size(); ++i) {
      const auto step = static_cast<Step>(static_cast<Step>(of[i]) - static_cast<Step>(of[i - 1]));
      const Step none = -static_cast<Step>(step == 0);  // all bits, where it is 0; a choice would stay a branch
      low = std::min(low, step);
      high = std::max(high, step);
      change_low = std::min(change_low, static_cast<Step>(step | (kMost & none)));
      change_high = std::max(change_high, static_cast<Step>(step | (kLeast & none)));
      changed += 1U + static_cast<uint32_t>(none);
    }
    runs += changed;
    if (of.size() > 1) steps = {low, high};
    if (changed > 0) changes = {change_low, change_high};
  }
};

void encode_steps(ByteWriter& out, std::span<const uint32_t> values, const Range& steps) {
  const int64_t low = steps.empty() ? 0 : steps.low;
  const size_t n = values.size();
  if (steps.width() <= UINT32_MAX) {  // so 32 bits tell a step less the least one, whatever it takes itself
    std::vector<uint32_t> offsets(n);
    for (size_t i = 1; i < n; ++i) offsets[i] = values[i] - values[i - 1] - static_cast<uint32_t>(low);
    if (n > 1) offsets[0] = offsets[1];  // the first says nothing
    return encode_offsets(out, low, offsets);
  }
  std::vector<int64_t> all(n);
  for (size_t i = 1; i < n; ++i) all[i] = int64_t{values[i]} - values[i - 1];
  if (n > 1) all[0] = all[1];
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
HR_WIDE_VECTORS void encode_sequence(ByteWriter& out, std::span<const uint32_t> values) {
  const Shape shape(values);
  const unsigned in_runs = std::min(shape.values.bits(), shape.changes.bits());  // of their values
  const size_t simple = values.size() * std::min(shape.values.bits(), shape.steps.bits());
  if (shape.runs * in_runs >= simple) return encode_simple(out, values, shape.values, shape.steps);
  std::vector<uint32_t> lengths(shape.runs);
  std::vector<uint32_t> each(shape.runs);
  size_t run = 0;
  for (size_t i = 0; i < values.size(); ++i) {  // without a branch: nobody can tell where runs end
    run += i > 0 && values[i] != values[i - 1] ? size_t{1} : size_t{0};
    each[run] = values[i];
    lengths[run] = static_cast<uint32_t>(i + 1);  // its end
  }
  for (size_t i = lengths.size(); i-- > 1;) lengths[i] -= lengths[i - 1];
  if (shape.runs * (range_of(lengths).bits() + in_runs) >= simple)
    return encode_simple(out, values, shape.values, shape.steps);
  out.byte(static_cast<uint8_t>(Form::runs));
  out.number(each.size());
  encode_numbers(out, lengths);
  encode_simple(out, each, shape.values, shape.changes);
}

HR_WIDE_VECTORS void decode_sequence(ByteReader& in, std::span<uint32_t> values, uint32_t limit) {
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
