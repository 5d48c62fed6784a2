// The raw text of a YAML file: what must be refused before a parser sees it, and how far a scalar reaches in it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hr::defs {

struct TextFault {
  std::string message;  // key of the message table
  size_t at = 0;        // byte
  std::vector<std::string> args;
};

// Size, encoding and characters that YAML does not allow. None: the text may be parsed.
std::optional<TextFault> find_text_fault(std::string_view text);

// Where a scalar that begins at `begin` and was read as `value` ends (exclusive), quotes and all.
struct ScalarExtent {
  size_t end = 0;
  bool closed = true;  // false: its closing quote is missing
};
ScalarExtent scalar_extent(std::string_view text, size_t begin, std::string_view value);

// The first byte of a scalar's content: after its quote, or after the line of | or >.
size_t content_begin(std::string_view text, size_t begin);

// Where byte `offset` of `value` stands in the file, when the value's source begins at `content`: folding and
// indentation change blanks only, so the n-th character that is not blank is the n-th of the source too.
size_t aligned(std::string_view text, size_t content, std::string_view value, size_t offset);

// The end (exclusive) of the flow collection whose last part ends at `from`: after its ] or }.
size_t flow_end(std::string_view text, size_t from);

// The line that byte `at` stands in is indented with a tab.
bool indented_with_tab(std::string_view text, size_t at);

}  // namespace hr::defs
