// A row as it was read, as one text: what a row set aside is kept as, and known again by in whatever file it stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hr::ingest {

// Heading, U+001E, text; joined by U+001F. A field behind the last heading has an empty one; a heading that the row has
// no field for stands alone. Inside headings and texts U+001D, U+001E and U+001F are written U+001D and 'd', 'e', 'f'.
// Before them, where there is any: U+001D, 'g', and what the mapping gives (given_by()), U+001F.
template <class Fields>  // of std::string or std::string_view
std::string row_text(const std::vector<std::string>& headings, const Fields& fields, std::string_view given = {});

struct RowFields {
  std::vector<std::string> headings;
  std::vector<std::string> fields;  // parallel, as far as there are any
  std::string given = {};           // see row_given.h

  bool is_whole() const;  // a field for each heading, and all of them text
};
RowFields read_row_text(std::string_view text);

}  // namespace hr::ingest
