#include "scoring/trace.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace hr::scoring {

static constexpr int kDigits = 15;  // that every double holds

static std::string fixed_text(double value, int decimals) {
  std::array<char, 400> buffer{};  // the largest double has 309 digits, the smallest 324 zeros and 17 digits
  char* begin = buffer.data();
  char* end = begin + buffer.size();
  const auto [last, error] = decimals < 0 ? std::to_chars(begin, end, value, std::chars_format::fixed)
                                          : std::to_chars(begin, end, value, std::chars_format::fixed, decimals);
  return error == std::errc() ? std::string(begin, last) : std::string();
}

std::string exact_text(double value) {
  if (value == 0) return "0";
  std::string text = fixed_text(value, -1);
  const size_t point = text.find('.');
  if (point == std::string::npos) return text;
  const size_t first = text.find_first_of("123456789");
  const size_t digits = text.size() - first - (first < point ? 1 : 0);
  if (digits <= kDigits) return text;
  const auto whole = first < point ? static_cast<int>(point - first) : 0;
  const auto zeros = first < point ? 0 : static_cast<int>(first - point - 1);
  text = fixed_text(value, std::max(0, kDigits - whole + zeros));
  if (text.find('.') != std::string::npos) {
    text.resize(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text;
}

void MeanText::add(const std::string& weight, const std::string& figure) {
  terms_ += (count_ > 0 ? " + " : "") + weight + " × " + figure;
  figures_ += (count_ > 0 ? ", " : "") + figure;
  ++count_;
}

void MeanText::add(const std::string& figure) {
  terms_ += (count_ > 0 ? " + " : "") + figure;
  figures_ += (count_ > 0 ? ", " : "") + figure;
  ++count_;
}

std::string MeanText::text(const std::string& divisor) const {
  if (count_ < 2) return count_ == 0 || terms_ == figures_ ? terms_ : terms_ + " / " + divisor;
  return "(" + terms_ + ") / " + divisor;
}

std::string sum_text(const std::string& first, Figure second) {
  const bool minus = second.nano < 0;
  return first + (minus ? " − " : " + ") + exact_text(minus ? Figure{-second.nano} : second);
}

Derivation* make_node(Derivation& parent, std::string_view path, const char* rule) {
  Derivation& node = parent.parts.emplace_back();
  node.node = path;
  node.rule = rule;
  return &node;
}

Derivation* make_part(Derivation& parent, std::string_view suffix, const char* rule) {
  std::string path = parent.node;
  path += '/';
  path += suffix;
  return make_node(parent, path, rule);
}

void set_origin(Derivation& node, const facts::Origin& origin) {
  node.source = origin.source;
  node.row = origin.row;
}

}  // namespace hr::scoring
