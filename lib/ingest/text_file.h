// A file as it lies on disk → the text that its table is read from: unpacked, in UTF-8, and what it is separated by.
// The one place where a file is looked at before it is read.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ingest/read.h"

namespace hr::ingest {

struct TextFile {
  Input text;                       // UTF-8, but for broken bytes; what is no text (a workbook …) as it is, unpacked
  ReadOptions options;              // as given; format, delimiter and encoding (as encoding_named() has it) filled in
  std::optional<Diagnostic> fault;  // why nothing of it can be read
  Diagnostics notes;                // what was found out and people should look at
};

// Encoding: as the options say, else by its mark, its zero bytes, its characters. What cannot be told for sure is a
// fault that says so; so is what the options say and the bytes plainly contradict. Reads the first MiB.
// Throws BrokenInput.
TextFile text_of(const Input& file, const ReadOptions& options);

// All bytes of its text, as open_table() takes them; of a workbook that is too large, a few too many.
std::string whole_file(const TextFile& file);

// What `read` makes of the file's text; a fault of the file, notes, the digest and the text itself are added.
ReadResult read_text(const Input& file, const ReadOptions& options,
                     const std::function<ReadResult(const TextFile&)>& read);

// The encoding that a text, UTF-8 by all that its first MiB has, turns out to be in where at this offset its first
// characters stand that are not ASCII; empty: UTF-8 after all.
std::string_view late_encoding(const Input& text, uint64_t offset);

}  // namespace hr::ingest
