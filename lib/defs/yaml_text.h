// The raw text of a YAML file: what must be refused before a parser sees it.
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

// The end (exclusive) of the flow collection whose last part ends at `from`: after its ] or }.
size_t flow_end(std::string_view text, size_t from);

// The tab with which the line of byte `at` is indented; none where `at` stands within the indentation.
std::optional<size_t> tab_of_indentation(std::string_view text, size_t at);

// Byte `at` is the first of its line that is no blank.
bool begins_line(std::string_view text, size_t at);

}  // namespace hr::defs
