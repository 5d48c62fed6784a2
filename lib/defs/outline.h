// Definition files flattened to "which item, which key, what value": for telling two versions apart in words.
#pragma once

#include <string>
#include <vector>

#include "defs/load.h"

namespace hr::defs {

struct OutlineEntry {
  std::string kind;   // the top-level list: kpis, curves, scorecards …
  std::string id;     // of the item
  std::string key;    // path below it, list items named by their id or kpi, else by number: "kpis[revenue].target"
  std::string value;  // the scalar as written
  SourceSpan span;    // of the scalar
};

// In order of files and lines. Files that do not read give nothing.
std::vector<OutlineEntry> outline(const std::vector<DefinitionFile>& files);

}  // namespace hr::defs
