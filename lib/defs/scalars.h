// Single values as people write them in definition files: strict, one meaning each, with the reason when refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"

namespace hr::defs {

// The key of the message that says why `text` is no decimal ("bad-value/percent"); empty when it is one.
// Stricter than parse_decimal(): no leading zeros, since 012 means 12 to some readers and 10 to others.
std::string decimal_fault(std::string_view text);

// Letters, digits, '-', '_', '.', at most 64, with at least one letter or digit. Empty: sound.
std::string id_fault(std::string_view id);
// Of imported ids (employees, units): any text up to 64 characters without blanks at the ends, control characters, ':'.
std::string imported_id_fault(std::string_view id);

// true, True, TRUE, false … : words that YAML readers take for booleans when they are not in quotes.
bool is_boolean_word(std::string_view word);

// The value as messages show it: cut to a reasonable width.
std::string shown(std::string_view value);

}  // namespace hr::defs
