#include "base/decimal.h"

#include <cassert>
#include <charconv>

#include "base/decimal_scale.h"

namespace hr {

static constexpr int kMaxScale = 18;

static std::optional<Decimal> narrow(Wide unscaled, int scale) {
  while (scale > 0 && unscaled % 10 == 0) {
    unscaled /= 10;
    --scale;
  }
  if (scale > kMaxScale || unscaled > INT64_MAX || unscaled < INT64_MIN) return std::nullopt;
  return Decimal{static_cast<int64_t>(unscaled), scale};
}

Decimal make_decimal(int64_t unscaled, int32_t scale) {
  assert(scale >= 0 && scale <= kMaxScale);
  // Most have no zeros to lose: their last four bits tell so without a division.
  for (; scale >= 4 && unscaled % 16 == 0 && unscaled % 10'000 == 0; scale -= 4) unscaled /= 10'000;
  for (; scale > 0 && unscaled % 10 == 0; --scale) unscaled /= 10;
  return {unscaled, scale};
}

std::strong_ordering Decimal::operator<=>(const Decimal& o) const {
  if (scale == o.scale) return unscaled <=> o.unscaled;
  const int s = scale > o.scale ? scale : o.scale;
  const Wide a = at_scale(*this, s);
  const Wide b = at_scale(o, s);
  return a < b ? std::strong_ordering::less : a > b ? std::strong_ordering::greater : std::strong_ordering::equal;
}

double Decimal::to_double() const {
  // Both operands are exact below 2^53 (and 10^18 < 2^60 is exact, being 2^18 * 5^18): one correctly rounded division.
  constexpr int64_t kExact = int64_t{1} << 53;
  if (unscaled <= kExact && unscaled >= -kExact)
    return static_cast<double>(unscaled) / static_cast<double>(pow10(scale));
  const std::string text = to_string(*this);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::optional<Decimal> parse_decimal(std::string_view text, DecimalFault* fault) {
  const auto fail = [&](DecimalFault why) {
    if (fault) *fault = why;
    return std::nullopt;
  };
  if (text.empty()) return fail(DecimalFault::empty);
  size_t i = 0;
  bool point = false;
  const auto too_many = [&] {  // unless what follows is no number at all
    for (; i < text.size(); ++i) {
      if (text[i] == '.' && !point)
        point = true;
      else if (text[i] < '0' || text[i] > '9')
        return fail(DecimalFault::not_a_number);
    }
    return fail(DecimalFault::too_many_digits);
  };
  const bool negative = text[0] == '-';
  if (negative || text[0] == '+') ++i;
  int64_t unscaled = 0;
  int scale = 0;
  int significant = 0;
  size_t digits = 0;
  int zeros = 0;  // trailing zeros of the fraction not yet taken in
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return fail(DecimalFault::not_a_number);
    ++digits;
    if (point && c == '0') {
      ++zeros;
      continue;
    }
    if (zeros > 0) {  // a non-zero digit follows: those zeros count
      scale += zeros;
      if (unscaled != 0) significant += zeros;
      if (significant > 18 || scale > kMaxScale) return too_many();
      unscaled *= pow10(zeros);
      zeros = 0;
    }
    if (unscaled != 0 || c != '0') ++significant;
    if (point) ++scale;
    if (significant > 18 || scale > kMaxScale) return too_many();
    unscaled = unscaled * 10 + (c - '0');
  }
  if (digits == 0) return fail(DecimalFault::not_a_number);
  if (fault) *fault = DecimalFault::none;
  return Decimal{negative ? -unscaled : unscaled, scale};
}

std::string to_string(Decimal value) {
  const bool negative = value.unscaled < 0;
  const auto magnitude = static_cast<uint64_t>(value.unscaled);
  std::string digits = std::to_string(negative ? ~magnitude + 1 : magnitude);
  if (value.scale > 0) {
    const auto scale = static_cast<size_t>(value.scale);
    if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
    digits.insert(digits.size() - scale, 1, '.');
  }
  return negative ? "-" + digits : digits;
}

Decimal round_half_away(Decimal value, int decimals) {
  assert(decimals >= 0);
  if (value.scale <= decimals) return value;
  const int64_t unit = pow10(value.scale - decimals);
  const int64_t rest = value.unscaled % unit;
  int64_t whole = value.unscaled / unit;
  if (rest >= unit - rest) ++whole;
  if (-rest >= unit + rest) --whole;
  return make_decimal(whole, decimals);
}

std::string to_fixed(Decimal value, int decimals) {
  value = round_half_away(value, decimals);
  std::string text = to_string(value);
  if (value.scale < decimals) {
    if (value.scale == 0) text += '.';
    text.append(static_cast<size_t>(decimals - value.scale), '0');
  }
  return text;
}

std::optional<Decimal> add(Decimal a, Decimal b) {
  const int s = a.scale > b.scale ? a.scale : b.scale;
  return narrow(at_scale(a, s) + at_scale(b, s), s);
}

std::optional<Decimal> multiply(Decimal a, Decimal b) {
  return narrow(static_cast<Wide>(a.unscaled) * b.unscaled, a.scale + b.scale);
}

std::optional<Decimal> sum(std::span<const Decimal> values) {
  std::optional<Decimal> total = Decimal{};
  for (const Decimal& v : values) {
    total = add(*total, v);
    if (!total) return total;
  }
  return total;
}

}  // namespace hr
