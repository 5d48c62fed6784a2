// The message table: every sentence a person reads, English and Chinese side by side (lib/i18n/messages/*.def).
// Keys, CSV and JSON headings, ids and diagnostic codes are never translated.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"

namespace hr::i18n {

enum class Language { en, zh };

// The message of `key` with {0} {1} … filled, {0?row|rows} by whether argument 0 is 1, and {type/1} by the message
// type/ARGUMENT 1, else by the argument. A key that is not in the table gives the key and its arguments.
std::string text(Language language, std::string_view key, const std::vector<std::string>& args = {});
bool has_message(std::string_view key);

// What is wrong, in one sentence (no place, no severity).
std::string text(Language language, const Diagnostic& diagnostic);
// What to do about it: the key's "…/help" message if it has one, and "did you mean" when there is a suggestion. May be
// empty.
std::string help(Language language, const Diagnostic& diagnostic);
std::string text(Language language, const Error& error);

// The message with its places unfilled; empty when there is none.
std::string_view pattern(Language language, std::string_view key);
// All keys, sorted: for the lint that finds gaps and leftovers.
std::vector<std::string_view> keys();

}  // namespace hr::i18n
