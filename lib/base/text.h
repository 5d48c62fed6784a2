// UTF-8 text: validity, width on a terminal, escaping of what a terminal must not see, nearest names.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hr {

// Offset of the first byte that is not well-formed UTF-8 (overlong, surrogate and > U+10FFFF are not), or none.
std::optional<size_t> invalid_utf8_at(std::string_view text);
// Columns that the text takes on a terminal: 2 for wide characters, 0 for combining marks and controls.
size_t display_width(std::string_view text);
// The longest prefix of whole grapheme clusters that fits `width`, with '…' as its last column when cut.
std::string truncate_to_width(std::string_view text, size_t width);
// The same for the end of a text: the longest suffix that fits, with '…' as its first column when cut.
std::string truncate_left_to_width(std::string_view text, size_t width);
// Lines of at most `width` columns, broken at blanks and between wide characters; 0 = one line. A word longer than a
// line is cut.
std::vector<std::string> wrap_to_width(std::string_view text, size_t width);
// Pads with blanks to `width` columns, or returns the text where it is wider.
std::string pad_right(std::string_view text, size_t width);
std::string pad_left(std::string_view text, size_t width);
// Control characters (C0, DEL, C1), bidi controls, U+2028, U+2029 and bytes that are not UTF-8 as \n \t \x1b \u202e.
std::string escape_controls(std::string_view text);
// The length of such a character at `pos` of UTF-8 text, and which it is; 0 when what stands there is harmless.
size_t control_at(std::string_view text, size_t pos, int32_t& code_point);
// Canonical composition plus width folding and case folding, blanks removed (NFKC_Casefold): for comparing headings.
std::string fold_for_match(std::string_view text);
// What the text looks like to a reader: compatibility forms (full width, ligatures) folded by NFKC, and the Cyrillic
// and Greek letters that no eye tells from Latin ones (Unicode UTS 39, confusables) turned into these.
std::string look_of(std::string_view text);
bool is_ascii(std::string_view text);
std::string_view trim(std::string_view text);     // ASCII blanks, U+00A0, U+3000, zero-width
bool is_ascii_identifier(std::string_view text);  // [A-Za-z_][A-Za-z0-9_]*
// The candidate nearest to `name` by edit distance, if near enough (at most a third of its characters, at
// least 1, never all of them; ASCII case does not count).
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> candidates);
std::optional<std::string> nearest(std::string_view name, std::span<const std::string_view> candidates);
// Splits at each separator; an empty text gives one empty part.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace hr
