// What a heading that nobody has listed probably means: its words are looked up, and patterns of words stand for
// columns. For `import --suggest`, which a person reads over; an import without a mapping takes exact headings only
// (headings.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ingest/heading_parts.h"
#include "model/imported_table.h"

namespace hr::ingest {

enum class Likeness {
  maybe,   // a person should look
  likely,  // all of its words are known, and together they mean this column and nothing else
  exact,   // a heading that an import without a mapping takes too
};
struct HeadingGuess {
  std::string_view column;  // canonical
  Likeness likeness = Likeness::maybe;
  size_t rank = 0;  // of the pattern among those of the column; earlier ones say more
};
// The columns of `table` that the heading may mean: the likeliest first; of equals, in the order of the table.
std::vector<HeadingGuess> guess_columns(model::TableId table, std::string_view heading);

// Whether numbers under the heading may measure something: they are no numbers of rows, people, phones, documents.
bool heading_is_measure(std::string_view heading);

// Whether the heading speaks of a number or code of something: EducationLevelID. Not of the number of a row.
bool heading_names_id(std::string_view heading);

// Whether the heading is one of a list of what people did before: 担任职位, 证明人. Days and companies beside it are
// those of other employers.
bool heading_tells_of_former_jobs(std::string_view heading);

// Which share of a text's characters are words that headings are made of: 0 to 1. Names of people and of places, values
// and sentences have few.
double heading_likeness(std::string_view text);

}  // namespace hr::ingest
