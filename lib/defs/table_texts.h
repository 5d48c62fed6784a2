// Imported tables written as CSV text in a YAML file, as policy tests and what-if files have them.
#pragma once

#include <string>
#include <vector>

#include "defs/cursor.h"

namespace hr::defs {

struct TableText {
  std::string table;
  std::string csv;
  std::string mapping;  // id; empty = by the headings
  SourceSpan mapping_span;
};
using TableTexts = std::vector<TableText>;  // in order

// The value of `tables:`. A table is a text, {mapping: ID, csv: text}, or a list of these. A name that is no table, and
// a value that is no text, are reported.
TableTexts read_table_texts(const Cursor& tables);

}  // namespace hr::defs
