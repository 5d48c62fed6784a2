// Values as YAML that every reader takes for the same text.
#pragma once

#include <string>
#include <string_view>

namespace hr::engine {

// As it is where nobody could take it for anything else, else in double quotes.
std::string yaml_word(std::string_view text);
// Always in double quotes, on one line: what a terminal must not see is escaped.
std::string yaml_text(std::string_view text);

}  // namespace hr::engine
