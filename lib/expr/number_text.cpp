#include "expr/number_text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <system_error>

#include "base/decimal.h"
#include "base/figure.h"

namespace hr::expr {

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static size_t skip_digits(std::string_view text, size_t pos) {
  while (pos < text.size() && is_digit(text[pos])) ++pos;
  return pos;
}

// Whether `text` is digits[.digits][exponent]. from_chars alone would take "inf" and stop early at rubbish.
static bool is_number(std::string_view text) {
  size_t pos = skip_digits(text, 0);
  size_t digits = pos;
  if (pos < text.size() && text[pos] == '.') {
    const size_t end = skip_digits(text, pos + 1);
    digits += end - pos - 1;
    pos = end;
  }
  if (digits == 0) return false;
  if (pos < text.size() && (text[pos] == 'e' || text[pos] == 'E')) {
    ++pos;
    if (pos < text.size() && (text[pos] == '+' || text[pos] == '-')) ++pos;
    const size_t end = skip_digits(text, pos);
    if (end == pos) return false;
    pos = end;
  }
  return pos == text.size();
}

// Whether a number that from_chars finds out of range is too small, not too large.
static bool is_tiny(std::string_view text) {
  const size_t e = text.find_first_of("eE");
  if (e != std::string_view::npos && text[e + 1] == '-') return true;
  const size_t nonzero = text.find_first_of("123456789");
  const size_t point = text.find('.');
  return e == std::string_view::npos && point != std::string_view::npos && nonzero > point;
}

std::optional<double> parse_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (!is_number(text)) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc::result_out_of_range) {
    if (!is_tiny(text)) return std::nullopt;
    value = 0;
  } else if (error != std::errc{}) {
    return std::nullopt;
  }
  return negative ? -value : value;
}

std::string number_text(double value) {
  return fmt::format("{}", value == 0 ? 0.0 : value);  // no "-0"
}

double round_number(double value, int decimals) {
  if (std::fabs(value) >= kMaxWhole) return value;
  if (const std::optional<Figure> figure = snap(value)) return round_half_away(*figure, decimals).value();
  const std::optional<Decimal> exact = parse_decimal(fmt::format("{}", value));
  return exact ? round_half_away(*exact, decimals).to_double() : value;
}

}  // namespace hr::expr
