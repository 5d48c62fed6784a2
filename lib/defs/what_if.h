// A what-if file: a definition file that may also have `tables:`, as policy tests do. docs/formats/what-if.md.
#pragma once

#include "defs/load.h"
#include "defs/table_texts.h"

namespace hr::defs {

struct WhatIf {
  DefinitionFile definitions;  // the file without its tables, at the same lines and columns
  TableTexts tables;
  Diagnostics diagnostics;
};

// Definitions are not checked here: only together with those that they replace.
WhatIf read_what_if(const DefinitionFile& file);

}  // namespace hr::defs
