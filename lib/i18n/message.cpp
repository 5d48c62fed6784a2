#include "i18n/message.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>

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
#include "i18n/messages/cmd.def"
#include "i18n/messages/defs.def"
#include "i18n/messages/engine.def"
#include "i18n/messages/explain.def"
#include "i18n/messages/expr.def"
#include "i18n/messages/facts.def"
#include "i18n/messages/ingest.def"
#include "i18n/messages/render.def"
#include "i18n/messages/store.def"
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

// English says one row and two rows: {0?row|rows} is the first word when argument 0 is 1, else the second.
std::string choose_forms(std::string_view pattern, const std::vector<std::string>& args) {
  std::string out;
  for (size_t at = 0; at < pattern.size();) {
    const bool begins = pattern[at] == '{' && at + 2 < pattern.size() && pattern[at + 2] == '?';
    const size_t end = begins ? pattern.find('}', at) : std::string_view::npos;
    const size_t bar = begins ? pattern.find('|', at) : std::string_view::npos;
    if (end == std::string_view::npos || bar > end) {
      out += pattern[at++];
      continue;
    }
    const auto index = static_cast<size_t>(pattern[at + 1] - '0');
    const bool one = index < args.size() && args[index] == "1";
    out += one ? pattern.substr(at + 3, bar - at - 3) : pattern.substr(bar + 1, end - bar - 1);
    at = end + 1;
  }
  return out;
}

std::string fill(std::string_view pattern, const std::vector<std::string>& args) {
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const std::string& arg : args) store.push_back(arg);
  try {
    return fmt::vformat(choose_forms(pattern, args), store);
  } catch (const fmt::format_error&) {  // fewer arguments than places: still say what can be said
    return std::string(pattern);
  }
}

}  // namespace

bool has_message(std::string_view key) {
  return find(key) != nullptr;
}

std::string text(Language language, std::string_view key, const std::vector<std::string>& args) {
  if (const Message* m = find(key)) return fill(language == Language::zh ? m->zh : m->en, args);
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
  if (!m) return {};
  return language == Language::zh ? m->zh : m->en;
}

std::vector<std::string_view> keys() {
  std::vector<std::string_view> all;
  for (const Message& m : sorted_messages()) all.push_back(m.key);
  return all;
}

}  // namespace hr::i18n
