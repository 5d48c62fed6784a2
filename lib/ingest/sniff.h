// What a file is, from its ending and its first bytes: its format, or why it cannot be a table of text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "ingest/read.h"

namespace hr::ingest {

// The bytes without a byte order mark of UTF-8.
std::string_view without_bom(std::string_view bytes);

// What its beginning says against a file: it is empty, not text (gzip, a workbook …) or UTF-16.
std::optional<Diagnostic> head_fault(std::string_view head, const std::string& file);
// A fault of the file as a whole: one of its beginning, a NUL byte, GBK.
std::optional<Diagnostic> file_fault(std::string_view bytes, const std::string& file);
// Whether a file without byte order mark, all ASCII before this offset and not UTF-8 there, goes on in GBK.
bool is_gbk_at(const Input& input, uint64_t offset);

// csv, tsv or json_lines: by the option, else the ending, else the first line.
FileFormat format_of(std::string_view bytes, const std::string& file, const ReadOptions& options);

// The separator that records are read by.
char delimiter_of(FileFormat format, const ReadOptions& options);

// The separator that the first line seems to use instead of `delimiter`, which gives it one field only.
std::optional<char> other_delimiter(std::string_view bytes, char delimiter);

}  // namespace hr::ingest
