// Where the headings of a table stand among the first rows of a file: below titles, in one row or two, with remarks
// under them. For `import --suggest`; an import goes by the mapping.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hr::ingest {

struct SheetRow {
  uint32_t line = 0;
  std::vector<std::string> fields;  // trimmed
  std::vector<std::string> raw;     // as they stand in the file

  size_t filled() const;
};

struct HeaderGuess {
  std::vector<SheetRow> rows;         // of the headings; none: the file has none
  int skip = 0;                       // rows below them that are no data
  std::vector<std::string> headings;  // as an import joins them; letters where there are none
  std::vector<std::string> titles;    // texts above
  size_t first_data = 0;              // index in the rows given
};

// `head`: the first rows, without empty ones.
HeaderGuess guess_header(const std::vector<SheetRow>& head);

}  // namespace hr::ingest
