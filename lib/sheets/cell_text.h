// Texts as the XML of a workbook holds them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hr::sheets {

// What is no character of XML as _x0001_, and a text that looks like such a code so that it stays one; bytes that are
// not UTF-8 as U+FFFD.
std::string cell_text(std::string_view text);
// Characters in 16 bits each, as spreadsheets count them.
size_t characters_of(std::string_view text);
// The beginning of a UTF-8 text that has at most so many.
std::string cut(std::string_view text, size_t characters);

}  // namespace hr::sheets
