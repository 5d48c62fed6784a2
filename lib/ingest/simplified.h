// Traditional characters that the headings and marks of personnel tables are written in, as simplified ones: 工號 is
// 工号. One character for one; what Taiwan and Hong Kong call otherwise is in heading_words.def.
#pragma once

#include <string>
#include <string_view>

namespace hr::ingest {

// UTF-8. Characters that are not known stay.
std::string simplified(std::string_view text);

// For comparing with words of ours: fold_for_match() in simplified characters.
std::string fold_word(std::string_view text);

}  // namespace hr::ingest
