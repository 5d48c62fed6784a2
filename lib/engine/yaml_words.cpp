#include "engine/yaml_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "base/text.h"

namespace hr::engine {

std::string yaml_text(std::string_view text) {
  std::string out = "\"";
  for (size_t pos = 0; pos < text.size();) {
    int32_t code_point = 0;
    const size_t control = control_at(text, pos, code_point);
    if (control > 0) {
      out += code_point < 0x100 ? fmt::format("\\x{:02x}", code_point) : fmt::format("\\u{:04x}", code_point);
      pos += control;
      continue;
    }
    if (text[pos] == '"' || text[pos] == '\\') out += '\\';
    out += text[pos++];
  }
  return out + "\"";
}

// Letters first, so that it is no number, date or sign; and none of the words that are no texts.
std::string yaml_word(std::string_view text) {
  static constexpr std::string_view kTaken[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"};
  const auto plain = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' || c == ' ';
  };
  std::string lower(text);
  for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  const bool taken = std::find(std::begin(kTaken), std::end(kTaken), lower) != std::end(kTaken);
  const bool letter = !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0;
  const bool id = is_ascii(text) && letter && text.back() != ' ' && std::all_of(text.begin(), text.end(), plain);
  return id && !taken ? std::string(text) : yaml_text(text);
}

}  // namespace hr::engine
