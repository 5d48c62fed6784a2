#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ingest/quick_values.h"
#include "ingest/values.h"

namespace hr::ingest {

std::optional<Decimal> read_number(std::string_view text, bool percent_sign, ValueFault& fault) {
  if (percent_sign && text.ends_with('%')) text = without_blanks(text.substr(0, text.size() - 1));
  Decimal quick;
  if (quick_decimal(text, quick)) return quick;
  DecimalFault why = DecimalFault::none;
  const auto value = parse_decimal(text, &why);
  if (!value) fault = number_fault(text, why);
  return value;
}

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return out;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// A sign, digits, and only the characters of `also`.
bool made_of(std::string_view text, std::string_view also) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [&](char c) { return is_digit(c) || also.find(c) != std::string_view::npos; });
}

struct Character {
  uint32_t code = 0;
  std::string_view bytes;
};

Character character_at(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<uint32_t>(static_cast<unsigned char>(text[at + i])); };
  const uint32_t lead = byte(0);
  const size_t n = std::min<size_t>(lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1, text.size() - at);
  uint32_t code = n == 1 ? lead : lead & (0xFFU >> (n + 1));
  for (size_t i = 1; i < n; ++i) code = code << 6U | (byte(i) & 0x3FU);
  return {code, text.substr(at, n)};
}

// Digits of other scripts that people paste: full width, Arabic-Indic, Persian, Devanagari, mathematical.
bool is_foreign_digit(uint32_t c) {
  return (c >= 0xFF10 && c <= 0xFF19) || (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9) ||
         (c >= 0x966 && c <= 0x96F) || (c >= 0x1D7CE && c <= 0x1D7FF);
}

bool is_minus(uint32_t c) {  // U+2212, hyphens and dashes, full-width hyphen-minus
  return c == 0x2212 || (c >= 0x2010 && c <= 0x2015) || c == 0xFF0D || c == 0xFE63;
}

bool is_currency(uint32_t c) {
  return c == '$' || (c >= 0xA2 && c <= 0xA5) || (c >= 0x20A0 && c <= 0x20CF) || c == 0xFFE5 || c == 0x5143;
}

std::string named(const Character& c) {
  return fmt::format("{} (U+{:04X})", c.bytes, c.code);
}

// What the first character that is not ASCII tells.
std::optional<ValueFault> character_fault(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    const Character c = character_at(text, i);
    i += c.bytes.size();
    if (is_currency(c.code)) return ValueFault{"bad-number/currency", {std::string(c.bytes)}, {}};
    if (c.code < 0x80) continue;
    if (is_foreign_digit(c.code)) return ValueFault{"bad-number/digit", {named(c)}, {}};
    const bool alone = i == c.bytes.size() && i == text.size();
    if (is_minus(c.code)) return ValueFault{alone ? "bad-number/dash" : "bad-number/minus", {named(c)}, {}};
    if (c.code == 0xFF05) return ValueFault{"bad-number/percent", {}, {}};
    if (c.code == 0x4E07 || c.code == 0x4EBF || c.code == 0x5343) {  // 万 亿 千
      return ValueFault{"bad-number/unit", {std::string(text.substr(i - c.bytes.size()))}, {}};
    }
    return ValueFault{"bad-number/character", {named(c)}, {}};
  }
  return std::nullopt;
}

std::string comma_variant(std::string_view text) {
  const size_t comma = text.find(',');
  const size_t point = text.find('.');
  if (point != std::string_view::npos) return comma < point ? "bad-number/thousands" : "bad-number/comma-and-point";
  return text.size() - comma == 4 || std::count(text.begin(), text.end(), ',') > 1 ? "bad-number/thousands"
                                                                                   : "bad-number/decimal-comma";
}

char digit_of(uint32_t c) {  // of a foreign digit that compatibility folding leaves as it is
  for (const uint32_t zero : {0x660U, 0x6F0U, 0x966U}) {
    if (c >= zero && c <= zero + 9) return static_cast<char>('0' + (c - zero));
  }
  return 0;
}

// The plain number that a text in another form most likely means; empty = nobody can say.
std::string likely_number(std::string_view text) {
  const std::string folded = look_of(text);
  std::string plain;
  bool percent = false;
  for (size_t i = 0; i < folded.size();) {
    const Character c = character_at(folded, i);
    i += c.bytes.size();
    if (c.code == '%')
      percent = true;
    else if (is_minus(c.code))
      plain += '-';
    else if (digit_of(c.code) != 0)
      plain += digit_of(c.code);
    else if (!is_currency(c.code) && c.code != ' ' && c.code != '_' && c.code != '\'')
      plain += c.bytes;
  }
  if (plain.size() > 2 && plain.starts_with('(') && plain.ends_with(')'))
    plain = "-" + plain.substr(1, plain.size() - 2);
  if (plain.find(',') != std::string::npos) {
    const std::string variant = comma_variant(plain);
    const char separator = variant == "bad-number/thousands" ? ',' : variant == "bad-number/comma-and-point" ? '.' : 0;
    plain.erase(std::remove(plain.begin(), plain.end(), separator), plain.end());
    std::replace(plain.begin(), plain.end(), ',', '.');
  }
  const auto number = parse_decimal(plain);
  const auto scaled = number && percent ? multiply(*number, make_decimal(1, 2)) : number;
  return scaled ? to_string(*scaled) : std::string();
}

ValueFault fault_of(std::string_view text) {
  const std::string word = lower(text);
  const std::string_view unsigned_word =
      std::string_view(word).substr(!word.empty() && (word[0] == '-' || word[0] == '+') ? 1 : 0);
  if (text.starts_with('#') && text.size() > 2 && text[1] >= 'A' && text[1] <= 'Z')
    return {"bad-number/excel-error", {}, {}};
  if (is_one_of(text, {"-", "--", "---"})) return {"bad-number/dash", {}, {}};
  if (is_one_of(word, {"n/a", "na", "null", "none", "nil", "n.a."}) || text == "无")
    return {"bad-number/word-for-nothing", {}, {}};
  if (is_one_of(unsigned_word, {"nan", "inf", "infinity", "1.#inf", "1.#qnan"}))
    return {"bad-number/not-finite", {}, {}};
  if (unsigned_word.starts_with("0x")) return {"bad-number/hexadecimal", {}, {}};
  if (text.ends_with('%')) return {"bad-number/percent", {}, {}};
  if (const auto fault = character_fault(text)) return *fault;
  if (text.starts_with('\'')) return {"bad-number/apostrophe", {}, {}};
  if (text.starts_with('(') && text.ends_with(')')) return {"bad-number/parentheses", {}, {}};
  if (made_of(text, ".eE+-") && text.find_first_of("eE") != std::string_view::npos && is_digit(text.back())) {
    return {"bad-number/exponent", {}, {}};
  }
  if (made_of(text, ".,") && text.find(',') != std::string_view::npos) return {comma_variant(text), {}, {}};
  if (made_of(text, ".,' _")) return {"bad-number/grouped", {}, {}};
  return {"bad-number", {}, {}};
}

}  // namespace

ValueFault number_fault(std::string_view text, DecimalFault why) {
  if (why == DecimalFault::too_many_digits) return {"bad-number/too-many-digits", {}, {}};
  ValueFault fault = fault_of(text);
  if (text.size() <= 64) fault.suggestion = likely_number(text);
  return fault;
}

std::string first_foreign(std::string_view text) {
  const auto foreign = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
  const auto at = std::find_if(text.begin(), text.end(), foreign);
  return at == text.end() ? std::string() : named(character_at(text, static_cast<size_t>(at - text.begin())));
}

std::string code_point_name(std::string_view text) {
  return text.empty() ? std::string() : fmt::format("U+{:04X}", character_at(text, 0).code);
}

}  // namespace hr::ingest
