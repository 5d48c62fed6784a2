// Why a row was set aside, or a fact looks wrong, as the store keeps it: in no language yet.
#pragma once

#include <string>
#include <vector>

#include "i18n/message.h"

namespace hr::engine {

// Key of the message table and its arguments, joined by U+001F; and the sentence of that.
std::string sentence_to_store(const std::string& key, const std::vector<std::string>& args);
std::string stored_sentence(const std::string& stored, i18n::Language language);

}  // namespace hr::engine
