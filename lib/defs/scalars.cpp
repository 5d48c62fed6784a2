#include "defs/scalars.h"

#include <algorithm>

#include "base/text.h"

namespace hr::defs {

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

static std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

// 1e3, 1.5E-7: digits on both sides of one e.
static bool is_exponent_form(std::string_view number) {
  const size_t e = number.find('e');
  if (e == std::string_view::npos || e == 0 || e + 1 == number.size()) return false;
  const auto part = [](std::string_view s) {
    if (!s.empty() && (s[0] == '-' || s[0] == '+')) s.remove_prefix(1);
    return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) { return is_digit(c) || c == '.'; });
  };
  return part(number.substr(0, e)) && part(number.substr(e + 1));
}

// Full-width digits, the minus sign U+2212, the dash U+2013: they look like a number and are none.
static bool has_foreign_digits(std::string_view text) {
  if (text.starts_with("\xE2\x88\x92") || text.starts_with("\xE2\x80\x93")) return true;
  return parse_decimal(fold_for_match(text)).has_value();
}

static std::string shape_fault(std::string_view text) {
  const std::string number = lower(text.substr(text[0] == '-' || text[0] == '+' ? 1 : 0));
  if (number.size() > 1 && number[0] == '0' && (number[1] == 'x' || number[1] == 'o' || number[1] == 'b')) {
    return "bad-value/number-base";
  }
  if (number == ".nan" || number == "nan" || number == ".inf" || number == "inf" || number == "infinity") {
    return "bad-value/not-finite";
  }
  if (is_exponent_form(number)) return "bad-value/exponent";
  if (is_digit(number.empty() ? ' ' : number[0]) && contains(number, "%")) return "bad-value/percent";
  const bool grouped = std::all_of(number.begin(), number.end(),
                                   [](char c) { return is_digit(c) || c == ',' || c == '_' || c == '.' || c == '\''; });
  if (grouped && std::any_of(number.begin(), number.end(), is_digit)) return "bad-value/separator";
  return "bad-value/number";
}

std::string decimal_fault(std::string_view text) {
  DecimalFault fault = DecimalFault::none;
  if (text.empty()) return "bad-value/number";
  if (parse_decimal(text, &fault)) {
    const size_t first = text[0] == '-' || text[0] == '+' ? 1 : 0;
    return text.size() > first + 1 && text[first] == '0' && is_digit(text[first + 1]) ? "bad-value/leading-zero" : "";
  }
  if (fault == DecimalFault::too_many_digits) return "bad-value/digits";
  const bool ascii = std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return has_foreign_digits(text) ? "bad-value/foreign-digits" : "bad-value/number";
  return shape_fault(text);
}

std::string id_fault(std::string_view id) {
  const auto allowed = [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; };
  if (id.size() > 64) return "bad-value/id-length";
  if (!std::all_of(id.begin(), id.end(), allowed)) return "bad-value/id";
  return std::any_of(id.begin(), id.end(), [](char c) { return is_letter(c) || is_digit(c); }) ? "" : "bad-value/id";
}

std::string imported_id_fault(std::string_view id) {
  size_t characters = 0;
  for (const char c : id) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  if (characters > 64) return "bad-value/id-length";
  const bool sound = !id.empty() && trim(id) == id && escape_controls(id) == id && !contains(id, ":");
  return sound ? "" : "bad-value/imported-id";
}

bool is_boolean_word(std::string_view word) {
  return word == "true" || word == "True" || word == "TRUE" || word == "false" || word == "False" || word == "FALSE";
}

std::string shown(std::string_view value) {
  return truncate_to_width(value, 60);
}

}  // namespace hr::defs
