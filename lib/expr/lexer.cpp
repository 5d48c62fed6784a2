#include "expr/lexer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/text.h"
#include "expr/number_text.h"
#include "expr/text_literal.h"

namespace hr::expr {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_name(char c) {
  return is_name_start(c) || is_digit(c);
}
bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

// What Chinese input methods and word processors put in place of an operator or a quote.
constexpr std::pair<std::string_view, std::string_view> kLookAlikes[] = {
    {"（", "("},  {"）", ")"}, {"【", "["},  {"】", "]"},  {"，", ","},  {"、", ","}, {"：", ":"},
    {"？", "?"},  {"！", "!"}, {"＝", "=="}, {"＞", ">"},  {"＜", "<"},  {"≥", ">="}, {"≤", "<="},
    {"≠", "!="},  {"＋", "+"}, {"－", "-"},  {"−", "-"},   {"–", "-"},   {"×", "*"},  {"＊", "*"},
    {"÷", "/"},   {"／", "/"}, {"％", "%"},  {"＆", "&&"}, {"｜", "||"}, {"“", "\""}, {"”", "\""},
    {"＂", "\""}, {"‘", "'"},  {"’", "'"},   {"．", "."},  {"；", ""},
};

// Longest first.
constexpr std::string_view kSymbols[] = {"&&", "||", "==", "!=", "<=", ">=", "(", ")", "[", "]", "{", "}",
                                         "?",  ":",  ",",  ".",  "<",  ">",  "+", "-", "*", "/", "%", "!"};

// A blank or a mark that no eye sees, as web pages and word processors leave them: its length in bytes, else 0. `text`
// is UTF-8.
size_t invisible_at(std::string_view text, size_t pos, uint32_t& code_point) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[pos + i]); };
  if (pos >= text.size() || byte(0) < 0xC2 || byte(0) >= 0xF0) return 0;
  const size_t n = byte(0) < 0xE0 ? 2 : 3;
  code_point = n == 2 ? (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU)
                      : (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  const uint32_t c = code_point;
  const bool invisible = c == 0xA0 || c == 0xAD || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200F) ||
                         c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF;
  return invisible ? n : 0;
}

class Lexer {
 public:
  Lexer(std::string_view text, Problems& problems) : text_(text), problems_(problems) {}

  std::vector<Token> run() {
    while (!problems_.any()) {
      skip_blanks();
      if (pos_ >= text_.size()) break;
      next();
    }
    push(TokenKind::end, text_.size(), text_.size());
    return std::move(tokens_);
  }

 private:
  char at(size_t pos) const { return pos < text_.size() ? text_[pos] : '\0'; }

  Token& push(TokenKind kind, size_t begin, size_t end) {
    Token token;
    token.kind = kind;
    token.range = {begin, end};
    token.source = text_.substr(begin, end - begin);
    pos_ = end;
    return tokens_.emplace_back(std::move(token));
  }

  void skip_blanks() {
    while (pos_ < text_.size()) {
      const char c = text_[pos_];
      if (c == '/' && at(pos_ + 1) == '/')
        pos_ = std::min(text_.find('\n', pos_), text_.size());
      else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')
        ++pos_;
      else
        return;
    }
  }

  void next() {
    const char c = text_[pos_];
    uint32_t code_point = 0;
    if (const size_t n = invisible_at(text_, pos_, code_point))
      return problems_.add("invisible", {pos_, pos_ + n}, {fmt::format("U+{:04X}", code_point)});
    if (is_digit(c) || (c == '.' && is_digit(at(pos_ + 1)))) return number();
    if (const size_t prefix = literal_prefix(); prefix != kNoLiteral) return text_literal(prefix);
    if (is_name_start(c)) {
      size_t end = pos_;
      while (is_name(at(end))) ++end;
      if (goes_on_foreign(end)) return foreign_name();
      push(TokenKind::name, pos_, end);
      return;
    }
    if (c == '^' || text_.substr(pos_).starts_with("**"))
      return problems_.add("no-power", {pos_, pos_ + (c == '^' ? 1 : 2)}, {c == '^' ? "^" : "**"});
    if (text_.substr(pos_).starts_with("<>"))
      return problems_.add("unexpected-character", {pos_, pos_ + 2}, {"<>"}, "!=");
    for (const std::string_view symbol : kSymbols) {
      if (text_.substr(pos_).starts_with(symbol)) {
        push(TokenKind::symbol, pos_, pos_ + symbol.size());
        return;
      }
    }
    unexpected_character();
  }

  static constexpr size_t kNoLiteral = SIZE_MAX;
  // Letters before the quote of a text literal that begins here, if one does.
  size_t literal_prefix() const {
    size_t n = 0;
    while (n < 2 && std::string_view("rRbB").find(at(pos_ + n)) != std::string_view::npos && at(pos_ + n) != '\0') ++n;
    const char quote = at(pos_ + n);
    return quote == '"' || quote == '\'' ? n : kNoLiteral;
  }

  void text_literal(size_t prefix) {
    const std::string_view letters = text_.substr(pos_, prefix);
    const size_t end = end_of_text_literal(text_, pos_ + prefix, letters.find_first_of("rR") != letters.npos);
    if (end == std::string_view::npos) {
      const bool triple = is_triple_quoted(text_, pos_ + prefix);
      const Range quotes{pos_ + prefix, pos_ + prefix + (triple ? 3 : 1)};
      const std::string_view mark = text_.substr(quotes.begin, quotes.end - quotes.begin);
      return problems_.add("unclosed-text", {pos_, quotes.end}, {std::string(mark)});
    }
    if (letters.find_first_of("bB") != letters.npos) {
      return problems_.add("unsupported", {pos_, end}, {escape_controls(text_.substr(pos_, end - pos_))});
    }
    TextLiteralFault fault;
    std::string decoded;
    if (!decode_text_literal(text_.substr(pos_, end - pos_), decoded, fault)) {
      const Range range{pos_ + fault.begin, pos_ + fault.end};
      return problems_.add("bad-escape", range, {escape_controls(text_.substr(range.begin, range.end - range.begin))});
    }
    push(TokenKind::text, pos_, end).text = std::move(decoded);
  }

  // End of digits[.digits][exponent] that begins at pos_.
  size_t end_of_decimal(bool& whole) const {
    size_t end = pos_;
    while (is_digit(at(end))) ++end;
    whole = true;
    if (at(end) == '.' && is_digit(at(end + 1))) {
      whole = false;
      for (++end; is_digit(at(end));) ++end;
    }
    if (at(end) == 'e' || at(end) == 'E') {
      const size_t digits = end + (at(end + 1) == '+' || at(end + 1) == '-' ? 2 : 1);
      if (is_digit(at(digits))) {
        whole = false;
        for (end = digits; is_digit(at(end));) ++end;
      }
    }
    return end;
  }

  void number() {
    const bool hex = text_[pos_] == '0' && (at(pos_ + 1) == 'x' || at(pos_ + 1) == 'X');
    bool whole = true;
    size_t end = pos_ + 2;
    if (hex) {
      while (is_hex(at(end))) ++end;
    } else {
      end = end_of_decimal(whole);
    }
    size_t stop = end;  // of what was perhaps meant: 5u, 12abc, 1.5.2
    while (is_name(at(stop)) || (at(stop) == '.' && is_digit(at(stop + 1)))) ++stop;
    const Range range{pos_, stop};
    const std::string written(text_.substr(pos_, stop - pos_));
    if (whole && stop == end + 1 && (at(end) == 'u' || at(end) == 'U'))
      return problems_.add("unsupported", range, {written});
    if (stop != end || (hex && end == pos_ + 2)) return problems_.add("bad-number", range, {written});
    const std::optional<double> value = hex ? hex_value(text_.substr(pos_ + 2, end - pos_ - 2)) : parse_number(written);
    // A whole number beyond 2^53 may not be representable: refused, never rounded in silence.
    if (!value || (whole && !hex && beyond_max_whole(written))) {
      return problems_.add("number-out-of-range", range, {written});
    }
    push(TokenKind::number, pos_, end).number = *value;
  }

  static std::optional<double> hex_value(std::string_view digits) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    if (error != std::errc{} || value > (uint64_t{1} << 53U)) return std::nullopt;
    return static_cast<double>(value);
  }

  static bool beyond_max_whole(std::string_view digits) {
    uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error != std::errc{} || value > (uint64_t{1} << 53U);
  }

  bool starts_look_alike(size_t pos) const {
    for (const auto& [foreign, ascii] : kLookAlikes) {
      if (text_.substr(pos).starts_with(foreign)) return true;
    }
    return false;
  }

  // A letter outside ASCII stands at `pos`.
  bool goes_on_foreign(size_t pos) const {
    uint32_t ignored = 0;
    return pos < text_.size() && !is_ascii(text_[pos]) && !starts_look_alike(pos) &&
           invisible_at(text_, pos, ignored) == 0;
  }

  // A name with letters outside ASCII: 职级. CEL has no such names; attr["职级"] says it. Full-width letters are meant
  // as those they look like.
  void foreign_name() {
    size_t end = pos_;
    while (end < text_.size() && (is_name(text_[end]) || goes_on_foreign(end))) ++end;
    const std::string_view written = text_.substr(pos_, end - pos_);
    const std::string name = escape_controls(written);
    const std::string looks = look_of(written);
    problems_.add("foreign-name", {pos_, end}, {name}, hr::is_ascii(looks) ? looks : "attr[\"" + name + "\"]");
  }

  void unexpected_character() {
    for (const auto& [foreign, ascii] : kLookAlikes) {
      if (!text_.substr(pos_).starts_with(foreign)) continue;
      return problems_.add("unexpected-character", {pos_, pos_ + foreign.size()}, {std::string(foreign)},
                           std::string(ascii));
    }
    if (!is_ascii(text_[pos_])) return foreign_name();
    const char c = text_[pos_];
    const std::string suggestion = c == '=' ? "==" : c == '&' ? "&&" : c == '|' ? "||" : "";
    problems_.add("unexpected-character", {pos_, pos_ + 1}, {escape_controls(text_.substr(pos_, 1))}, suggestion);
  }

  std::string_view text_;
  Problems& problems_;
  size_t pos_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> lex(std::string_view text, Problems& problems) {
  return Lexer(text, problems).run();
}

}  // namespace hr::expr
