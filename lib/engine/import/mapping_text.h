// A suggested mapping as YAML that a person reads over: what is sure as keys, what is not as comments.
#pragma once

#include <string>

#include "i18n/message.h"
#include "ingest/suggest.h"

namespace hr::engine {

// `id` and `file`: of the mapping, and of what it was made from.
std::string mapping_text(const ingest::Suggestion& suggestion, const std::string& id, const std::string& file,
                         i18n::Language language);

// A scalar of YAML that reads as this text and nothing else, also within [] and {}.
std::string yaml_scalar(std::string_view text);

}  // namespace hr::engine
