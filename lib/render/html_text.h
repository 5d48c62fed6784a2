// Text as HTML and SVG hold it.
#pragma once

#include <string>
#include <string_view>

namespace hr::render {

// Reads as itself, in an element and in a quoted attribute: no markup, no control characters.
std::string escape_html(std::string_view text);

}  // namespace hr::render
