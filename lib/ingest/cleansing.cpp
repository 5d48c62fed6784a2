#include "ingest/cleansing.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/values.h"

namespace hr::ingest {

std::string_view rule_id(Rule rule) {
  static constexpr std::array<std::string_view, kRules> kIds{"fill",      "join",  "split", "blanks",  "width",
                                                             "missing",   "value", "open",  "default", "currency",
                                                             "thousands", "date",  "unit",  "scale"};
  return kIds[static_cast<size_t>(rule)];
}

namespace {

bool is_nothing(uint32_t c) {  // zero width, byte-order mark
  return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

bool is_blank(uint32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::optional<std::string> changed(std::string_view before, std::string after) {
  return after == before ? std::nullopt : std::optional(std::move(after));
}

}  // namespace

// One word, or several with single blanks between them, in ASCII: nearly all are so.
static bool is_plain(std::string_view text) {
  char last = ' ';
  for (const char c : text) {
    if (c < ' ' || c == 0x7F || (c == ' ' && last == ' ')) return false;
    last = c;
  }
  return last != ' ' || text.empty();
}

std::optional<std::string> without_odd_blanks(std::string_view text) {
  if (is_plain(text)) return std::nullopt;
  std::string out;
  bool between = false;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    size_t size = 0;
    const uint32_t c = code_point_at(text, at, size);
    at += size;
    if (is_nothing(c)) continue;
    if (is_blank(c)) {
      between = !out.empty();
      continue;
    }
    if (between) out += ' ';
    between = false;
    out += text.substr(begin, size);
  }
  return changed(text, std::move(out));
}

std::optional<std::string> without_full_width(std::string_view text) {
  if (is_ascii(text)) return std::nullopt;
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = at;
    size_t size = 0;
    const uint32_t c = code_point_at(text, at, size);
    at += size;
    if (c >= 0xFF01 && c <= 0xFF5E)
      out += static_cast<char>(c - 0xFF01 + '!');
    else if (c == 0x3000)
      out += ' ';
    else
      out += text.substr(begin, size);
  }
  return changed(text, std::move(out));
}

namespace {

// Longer ones first: US$ is no $.
constexpr std::string_view kSigns[] = {"HK$", "US$", "NT$", "CNY",    "RMB",  "USD",  "EUR",  "GBP",
                                       "HKD", "TWD", "JPY", "人民币", "美元", "欧元", "港元", "元",
                                       "￥",  "¥",   "$",   "€",      "£",    "￡"};

// One name for what means the same.
std::string_view meant(std::string_view sign) {
  if (sign == "￥" || sign == "¥" || sign == "元" || sign == "RMB" || sign == "人民币") return "CNY";
  if (sign == "$" || sign == "US$" || sign == "美元") return "USD";
  if (sign == "€" || sign == "欧元") return "EUR";
  if (sign == "£" || sign == "￡") return "GBP";
  if (sign == "HK$" || sign == "港元") return "HKD";
  if (sign == "NT$") return "TWD";
  return sign;
}

std::string_view without_ascii_blanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

bool sign_fits(std::string_view sign, std::string_view currency) {
  static constexpr std::string_view kDollars[] = {"HKD", "TWD", "SGD", "CAD", "AUD", "NZD", "MXN", "MOP"};
  if (sign == currency || (sign == "CNY" && (currency == "JPY" || currency == "RMB"))) return true;
  return sign == "USD" && std::find(std::begin(kDollars), std::end(kDollars), currency) != std::end(kDollars);
}

std::optional<std::string> without_currency(std::string_view text, std::string_view& sign) {
  std::string_view rest = without_ascii_blanks(text);
  const bool negative = rest.starts_with('-');
  if (negative) rest = without_ascii_blanks(rest.substr(1));
  for (const std::string_view word : kSigns) {
    if (rest.starts_with(word))
      rest.remove_prefix(word.size());
    else if (rest.ends_with(word))
      rest.remove_suffix(word.size());
    else
      continue;
    rest = without_ascii_blanks(rest);
    if (rest.empty() || !(is_digit(rest.front()) || rest.front() == '-' || rest.front() == '.')) return std::nullopt;
    if (!is_digit(rest.back()) && rest.back() != '.') return std::nullopt;  // 5万元 is no 5万
    if (negative && rest.front() == '-') return std::nullopt;
    sign = meant(word);
    return (negative ? "-" : "") + std::string(rest);
  }
  return std::nullopt;
}

std::optional<std::string> without_thousands(std::string_view text) {
  static constexpr std::string_view kMarks[] = {",", " ", "，", "\u00A0", "\u202F", "'", "’"};
  const size_t first = text.find_first_not_of("+-0123456789");
  if (first == std::string_view::npos) return std::nullopt;
  for (const std::string_view mark : kMarks) {
    if (!text.substr(first).starts_with(mark)) continue;
    std::string out(text.substr(0, first));
    const size_t sign = out.starts_with('-') || out.starts_with('+') ? 1 : 0;
    const size_t lead = out.size() - sign;
    if (lead < 1 || lead > 3) return std::nullopt;
    size_t at = first;
    while (text.substr(at).starts_with(mark)) {
      const std::string_view group = text.substr(at + mark.size(), 3);
      if (group.size() < 3 || !std::all_of(group.begin(), group.end(), is_digit)) return std::nullopt;
      out += group;
      at += mark.size() + 3;
    }
    if (at < text.size() && text[at] != '.' && text[at] != '%') return std::nullopt;
    return out += text.substr(at);
  }
  return std::nullopt;
}

std::string_view part_of(std::string_view text, const model::Split& split) {
  std::vector<std::string_view> parts;
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(split.by, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + split.by.size();
    if (end == text.size()) break;
  }
  const auto n = static_cast<int>(parts.size());
  const int at = split.part > 0 ? split.part - 1 : n + split.part;
  return at < 0 || at >= n ? std::string_view{} : trim(parts[static_cast<size_t>(at)]);
}

void Changes::begin_row() {
  used_ = 0;
  if (!any_) return;
  any_ = false;
  row_counts_ = {};
  row_.clear();
}

std::string_view Changes::keep(std::string text) {
  if (used_ == texts_.size()) texts_.emplace_back();
  return texts_[used_++] = std::move(text);
}

void Changes::note(std::string_view column, Rule rule, std::string_view before, std::string_view after) {
  any_ = true;
  ++row_counts_[static_cast<size_t>(rule)];
  if (kept_) row_.push_back({0, std::string(column), rule, std::string(before), std::string(after)});
}

void Changes::accept_row(uint32_t line) {
  if (!any_) return;
  for (size_t i = 0; i < kRules; ++i) counts_[i] += row_counts_[i];
  row_counts_ = {};
  for (CellChange& change : row_) {
    change.line = line;
    changes_.push_back(std::move(change));
  }
  row_.clear();
}

}  // namespace hr::ingest
