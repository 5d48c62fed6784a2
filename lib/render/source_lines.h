// The lines of the files that diagnostics point into, each file split once, and positions in them counted as people,
// terminals and editors count. A byte-order mark and the "\r" of a line end are not part of a line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "render/diagnostics.h"

namespace hr::render {

enum class Unit : uint8_t {
  characters,  // code points; a byte that is not UTF-8 counts one
  utf16,       // UTF-16 units, as editors and SARIF count
};

// A span in other units. Without the line's text it stays in bytes; of a workbook it is the number of the column.
struct Position {
  int column = 0;  // from 1; 0 = not known
  int length = 0;
};

class SourceLines {
 public:
  explicit SourceLines(const FileText& file_text) : file_text_(file_text) {}

  // Line `number` (from 1) of `file`; none when the file or the line is not there.
  std::optional<std::string_view> line(const std::string& file, int number);
  Position position(const SourceSpan& span, Unit unit);

 private:
  struct Count {
    size_t bytes = 0;
    size_t units[2] = {0, 0};  // by Unit
  };
  struct File {
    std::string_view text;
    std::vector<size_t> starts;                        // offset of each line
    const std::map<int, std::string>* some = nullptr;  // instead of text
    std::map<int, std::vector<Count>> counts;          // of long lines: what stands before every few thousand bytes
  };
  File* open(const std::string& file);
  static size_t count_before(File& file, int number, std::string_view line, size_t bytes, Unit unit);

  FileText file_text_;
  std::map<std::string, std::optional<File>> files_;
};

// The stretch of `line` that a span marks: [begin, end) in bytes, moved to the edges of characters and of the line.
struct Marked {
  size_t begin = 0;
  size_t end = 0;
};
Marked marked_bytes(std::string_view line, const SourceSpan& span);

// The next edge of a character at or before, at or after `at`.
size_t edge_before(std::string_view line, size_t at);
size_t edge_after(std::string_view line, size_t at);

}  // namespace hr::render
