// What a file is, from its ending and its first bytes: its format, its delimiter, or why it cannot be a table of text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "ingest/read.h"

namespace hr::ingest {

// The bytes without a byte order mark of UTF-8.
std::string_view without_bom(std::string_view bytes);

// What bytes are that are no text: "PDF", "Excel (.xlsx)" …; empty: perhaps text.
std::string_view kind_of(std::string_view head);
// A workbook, or what only its reader can tell from one (other archives, .xls).
bool is_workbook(std::string_view head);
// What its beginning says against a text: it is empty, or something else.
std::optional<Diagnostic> head_fault(std::string_view head, const std::string& file);

// csv, tsv or json: by the option, else the ending (but .gz), else the first line.
FileFormat format_of(std::string_view head, std::string_view file, const ReadOptions& options);

// What the fields of a text are separated by, as far as its headings and first rows tell: `usual`, or another one by
// which alone it has headings. Several: it may be any of them.
std::string delimiters_of(std::string_view head, char usual);
std::string delimiter_name(char delimiter);  // as --delimiter takes it

// The separator that the first line seems to use instead of `delimiter`, which gives it one field only.
std::optional<char> other_delimiter(std::string_view bytes, char delimiter);

}  // namespace hr::ingest
