#include "i18n/message.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace hr::i18n {

namespace {

struct Message {
  std::string_view key;
  std::string_view en;
  std::string_view zh;
};

// Rows of messages/*.def: MESSAGE(key, English, Chinese). A missing translation does not compile.
#define MESSAGE(key, en, zh) {key, en, zh},
constexpr Message kMessages[] = {
#include "i18n/messages/advice.def"
#include "i18n/messages/cmd.def"
#include "i18n/messages/columns.def"
#include "i18n/messages/defs.def"
#include "i18n/messages/engine.def"
#include "i18n/messages/explain.def"
#include "i18n/messages/expr.def"
#include "i18n/messages/facts.def"
#include "i18n/messages/findings.def"
#include "i18n/messages/ingest.def"
#include "i18n/messages/reason.def"
#include "i18n/messages/render.def"
#include "i18n/messages/store.def"
#include "i18n/messages/suggest.def"
};
#undef MESSAGE

// The table sorted by key, made once.
const std::vector<Message>& sorted_messages() {
  static const std::vector<Message> sorted = [] {
    std::vector<Message> all(std::begin(kMessages), std::end(kMessages));
    std::sort(all.begin(), all.end(), [](const Message& a, const Message& b) { return a.key < b.key; });
    return all;
  }();
  return sorted;
}

const Message* find(std::string_view key) {
  const std::vector<Message>& all = sorted_messages();
  const auto it =
      std::lower_bound(all.begin(), all.end(), key, [](const Message& m, std::string_view k) { return m.key < k; });
  return it != all.end() && it->key == key ? &*it : nullptr;
}

std::string_view in_language(const Message& m, Language language) {
  return language == Language::zh ? m.zh : m.en;
}

// The words for a place that needs more than the argument itself; none = fmt fills it.
// English says one row and two rows: {0?row|rows} is the first word when argument 0 is 1, else the second.
// {type/1} is the message type/ARGUMENT 1; where there is none, the argument.
std::optional<std::string> words_of(std::string_view place, Language language, const std::vector<std::string>& args) {
  const auto argument = [&](char digit) {
    const auto index = static_cast<size_t>(digit - '0');
    return index < args.size() ? args[index] : std::string();
  };
  const size_t bar = place.find('|');
  if (place.size() > 2 && place[1] == '?' && bar != std::string_view::npos)
    return std::string(argument(place[0]) == "1" ? place.substr(2, bar - 2) : place.substr(bar + 1));
  const size_t slash = place.find('/');
  if (slash == std::string_view::npos || slash + 2 != place.size()) return std::nullopt;
  const Message* m = find(std::string(place.substr(0, slash + 1)) + argument(place[slash + 1]));
  return m ? std::string(in_language(*m, language)) : "{" + std::string(1, place[slash + 1]) + "}";
}

std::string choose_words(std::string_view pattern, Language language, const std::vector<std::string>& args) {
  std::string out;
  for (size_t at = 0; at < pattern.size();) {
    if (pattern.substr(at).starts_with("{{")) {
      out += "{{";
      at += 2;
      continue;
    }
    const size_t end = pattern[at] == '{' ? pattern.find('}', at) : std::string_view::npos;
    const auto words =
        end == std::string_view::npos ? std::nullopt : words_of(pattern.substr(at + 1, end - at - 1), language, args);
    if (words) {
      out += *words;
      at = end + 1;
    } else {
      out += pattern[at++];
    }
  }
  return out;
}

std::string fill(std::string_view pattern, Language language, const std::vector<std::string>& args) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& arg : args) store.push_back(arg);
  try {
    return fmt::vformat(choose_words(pattern, language, args), store);
  } catch (const fmt::format_error&) {  // fewer arguments than places: still say what can be said
    return std::string(pattern);
  }
}

}  // namespace

bool has_message(std::string_view key) {
  return find(key) != nullptr;
}

std::string text(Language language, std::string_view key, const std::vector<std::string>& args) {
  if (const Message* m = find(key)) return fill(in_language(*m, language), language, args);
  return fmt::format("{} {}", key, fmt::join(args, " "));
}

std::string text(Language language, const Diagnostic& diagnostic) {
  return text(language, diagnostic.message, diagnostic.args);
}

std::string text(Language language, const Error& error) {
  return text(language, error.message(), error.args());
}

std::string help(Language language, const Diagnostic& diagnostic) {
  if (!diagnostic.suggestion.empty()) return text(language, "did-you-mean", {diagnostic.suggestion});
  for (const std::string& key : {diagnostic.message + "/help", diagnostic.code + "/help"}) {
    if (has_message(key)) return text(language, key, diagnostic.args);
  }
  return {};
}

std::string_view pattern(Language language, std::string_view key) {
  const Message* m = find(key);
  return m ? in_language(*m, language) : std::string_view();
}

std::vector<std::string_view> keys() {
  std::vector<std::string_view> all;
  for (const Message& m : sorted_messages()) all.push_back(m.key);
  return all;
}

}  // namespace hr::i18n
