#include "ingest/row_text.h"

#include <algorithm>

#include "base/text.h"

namespace hr::ingest {

namespace {

constexpr char kEscape = '\x1d', kText = '\x1e', kField = '\x1f';
constexpr std::string_view kGiven = "\x1dg";
constexpr char kLetters = 'd' - kEscape;  // from a control character to its letter

void append(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (c == kEscape || c == kText || c == kField) {
      out += kEscape;
      out += static_cast<char>(c + kLetters);
    } else {
      out += c;
    }
  }
}

std::string plain(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == kEscape && i + 1 < text.size();
    out += escaped ? static_cast<char>(text[++i] - kLetters) : text[i];
  }
  return out;
}

}  // namespace

template <class Fields>
std::string row_text(const std::vector<std::string>& headings, const Fields& fields, std::string_view given) {
  std::string out;
  if (!given.empty()) {
    out += kGiven;
    append(out, given);
    out += kField;
  }
  for (size_t i = 0; i < std::max(headings.size(), fields.size()); ++i) {
    if (i > 0) out += kField;
    if (i < headings.size()) append(out, headings[i]);
    if (i >= fields.size()) continue;
    out += kText;
    append(out, fields[i]);
  }
  return out;
}

template std::string row_text(const std::vector<std::string>&, const std::vector<std::string>&, std::string_view);
template std::string row_text(const std::vector<std::string>&, const std::vector<std::string_view>&, std::string_view);

RowFields read_row_text(std::string_view text) {
  RowFields row;
  if (text.starts_with(kGiven)) {
    const size_t end = std::min(text.find(kField), text.size());
    row.given = plain(text.substr(kGiven.size(), end - kGiven.size()));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (text.empty()) return row;
  for (const std::string_view field : split(text, kField)) {
    const size_t at = field.find(kText);
    row.headings.push_back(plain(field.substr(0, at)));
    if (at != std::string_view::npos) row.fields.push_back(plain(field.substr(at + 1)));
  }
  return row;
}

bool RowFields::is_whole() const {
  const auto is_no_text = [](const std::string& field) { return invalid_utf8_at(field).has_value(); };
  return !headings.empty() && !headings.back().empty() && headings.size() == fields.size() &&
         std::none_of(fields.begin(), fields.end(), is_no_text);
}

}  // namespace hr::ingest
