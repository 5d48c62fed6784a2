// Two versions of the definition files, told apart item by item and key by key. Pure.
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "defs/load.h"

namespace hr::engine {

struct DefinitionChange {
  enum class What { added, removed, changed } what = What::changed;
  std::string kind;  // the top-level list: kpis, curves, scorecards, objectives, cycles, plans, scales, mappings
  std::string id;
  std::string key;     // what changed in it, as a path: "kpis[revenue].target"; empty when the whole item came or went
  std::string before;  // as written; empty = not given
  std::string after;
  SourceSpan before_span, after_span;  // of the value, or of the item's first one; line 0 = there is none
};

// By kind and id, added and changed items first.
std::vector<DefinitionChange> compare_definitions(const std::vector<defs::DefinitionFile>& before,
                                                  const std::vector<defs::DefinitionFile>& after);

}  // namespace hr::engine
