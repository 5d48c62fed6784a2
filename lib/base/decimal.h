// Exact decimal numbers as people write them: weights, targets, values, money. Equality and sums are exact.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hr {

// unscaled / 10^scale, scale 0..18. Always canonical: no trailing zero in the fraction (2.50 is {25, 1}), so == is
// exact.
struct Decimal {
  int64_t unscaled = 0;
  int32_t scale = 0;

  bool operator==(const Decimal&) const = default;
  std::strong_ordering operator<=>(const Decimal& o) const;
  double to_double() const;  // the nearest double
};

enum class DecimalFault : uint8_t { none, empty, not_a_number, too_many_digits };

// [+-]digits[.digits] or [+-].digits or digits. ; at most 18 significant digits and 18 decimals; no exponent, no
// blanks.
std::optional<Decimal> parse_decimal(std::string_view text, DecimalFault* fault = nullptr);
Decimal make_decimal(int64_t unscaled, int32_t scale);  // canonical form of it; scale 0..18
inline Decimal make_decimal(int64_t whole) {
  return {whole, 0};
}

std::string to_string(Decimal value);               // shortest: 2.5
std::string to_fixed(Decimal value, int decimals);  // half away from zero: to_fixed(2.345, 2) is 2.35
Decimal round_half_away(Decimal value, int decimals);
std::optional<Decimal> add(Decimal a, Decimal b);       // none when it does not fit
std::optional<Decimal> multiply(Decimal a, Decimal b);  // none when it does not fit; exact otherwise
std::optional<Decimal> sum(std::span<const Decimal> values);

}  // namespace hr
