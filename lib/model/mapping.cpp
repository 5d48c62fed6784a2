#include "model/mapping.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/wide.h"

namespace hr::model {

namespace {

constexpr Wide kWideLimit = Wide{1} << 124;

bool shift(Wide& value, int32_t decimals) {
  for (; decimals > 0; --decimals) {
    if (value > kWideLimit / 10 || value < -kWideLimit / 10) return false;
    value *= 10;
  }
  return true;
}

std::optional<Decimal> minus(Decimal a, Decimal b) {
  return add(a, Decimal{-b.unscaled, b.scale});
}

// a / b for b > 0, to nine decimals, half away from zero.
std::optional<Decimal> divide(Decimal a, Decimal b) {
  Wide dividend = a.unscaled;
  Wide divisor = b.unscaled;
  const int32_t decimals = 9 + b.scale - a.scale;
  if (!shift(decimals > 0 ? dividend : divisor, decimals > 0 ? decimals : -decimals)) return std::nullopt;
  Wide nano = dividend / divisor;
  const Wide rest = dividend % divisor;
  if (2 * rest >= divisor) ++nano;
  if (2 * rest <= -divisor) --nano;
  if (nano > INT64_MAX || nano < -INT64_MAX) return std::nullopt;
  return make_decimal(static_cast<int64_t>(nano), 9);
}

}  // namespace

// low2 + (x − low1) × (high2 − low2) / (high1 − low1), over one divisor, so that it is rounded once.
std::optional<Decimal> ScaleConversion::convert(Decimal x) const {
  const auto width = minus(from_high, from_low);
  const auto new_width = minus(to_high, to_low);
  const auto above = minus(x, from_low);
  if (!width || !new_width || !above) return std::nullopt;
  const auto base = multiply(to_low, *width);
  const auto rise = multiply(*above, *new_width);
  const auto dividend = base && rise ? add(*base, *rise) : std::nullopt;
  return dividend ? divide(*dividend, *width) : std::nullopt;
}

bool ScaleConversion::is_lossy() const {
  const bool whole = from_low.scale == 0 && from_high.scale == 0 && to_low.scale == 0 && to_high.scale == 0;
  const auto points = minus(from_high, from_low);
  const auto new_points = minus(to_high, to_low);
  return whole && points && new_points && *new_points < *points;
}

bool ColumnMapping::changes_fields() const {
  return !join.empty() || split || (clean && clean->any()) || !dates.formats.empty() || !values.empty() ||
         !unit.empty() || scale || exclusive || !open.empty();
}

bool is_clock(std::string_view unit) {
  return unit == "clock";
}

std::optional<Decimal> clock_hours(std::string_view text) {
  int64_t seconds = 0;
  int parts = 0;
  for (size_t begin = 0; begin <= text.size(); ++parts) {
    const size_t end = std::min(text.find(':', begin), text.size());
    const std::string_view digits = text.substr(begin, end - begin);
    int64_t part = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), part);
    const bool sound = read.ec == std::errc() && read.ptr == digits.data() + digits.size() && digits[0] != '-';
    if (!sound || digits.size() > 4 || parts == 3 || (parts > 0 && (part > 59 || digits.size() != 2)))
      return std::nullopt;
    seconds = seconds * 60 + part;
    begin = end + 1;
  }
  if (parts < 2) return std::nullopt;
  return divide({parts == 2 ? seconds * 60 : seconds, 0}, {3600, 0});
}

bool is_percent(std::string_view unit) {
  return unit == "percent" || unit == "%" || unit == "百分比";
}

std::optional<Decimal> unit_factor(std::string_view unit) {
  struct Unit {
    std::string_view name;
    Decimal factor;
  };
  static constexpr std::array kUnits{
      Unit{"percent", {1, 2}},
      Unit{"%", {1, 2}},
      Unit{"百分比", {1, 2}},
      Unit{"permille", {1, 3}},
      Unit{"‰", {1, 3}},
      Unit{"one", {1, 0}},
      Unit{"元", {1, 0}},
      Unit{"thousand", {1000, 0}},
      Unit{"k", {1000, 0}},
      Unit{"千", {1000, 0}},
      Unit{"千元", {1000, 0}},
      Unit{"wan", {10000, 0}},
      Unit{"万", {10000, 0}},
      Unit{"万元", {10000, 0}},
      Unit{"million", {1000000, 0}},
      Unit{"m", {1000000, 0}},
      Unit{"百万", {1000000, 0}},
      Unit{"百万元", {1000000, 0}},
      Unit{"yi", {100000000, 0}},
      Unit{"亿", {100000000, 0}},
      Unit{"亿元", {100000000, 0}},
      Unit{"billion", {1000000000, 0}},
      Unit{"cent", {1, 2}},
      Unit{"分", {1, 2}},
      Unit{"clock", {1, 0}},
  };
  for (const Unit& u : kUnits) {
    if (u.name == unit) return u.factor;
  }
  return std::nullopt;
}

}  // namespace hr::model
