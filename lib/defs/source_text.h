// A file's text and where its lines begin: offsets to lines and columns.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace hr::defs {

struct SourceText {
  std::string file;
  std::string_view text;        // of the whole file; outlives this
  std::vector<uint32_t> lines;  // where each line begins; the first one behind a byte order mark

  SourceText() = default;
  SourceText(std::string name, std::string_view content);

  // Line and column of bytes [begin, end), cut at the end of the first line.
  SourceSpan span(uint32_t begin, uint32_t end) const;
};

// The bytes of a byte order mark at the beginning: 3 or 0.
uint32_t mark_size(std::string_view text);

}  // namespace hr::defs
