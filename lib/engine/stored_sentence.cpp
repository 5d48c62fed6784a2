#include "engine/stored_sentence.h"

#include "base/text.h"

namespace hr::engine {

std::string sentence_to_store(const std::string& key, const std::vector<std::string>& args) {
  std::string text = key;
  for (const std::string& arg : args) text += '\x1f' + arg;
  return text;
}

std::string stored_sentence(const std::string& stored, i18n::Language language) {
  const std::vector<std::string_view> parts = split(stored, '\x1f');
  return i18n::text(language, parts[0], {parts.begin() + 1, parts.end()});
}

}  // namespace hr::engine
