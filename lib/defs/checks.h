// What can only be judged with all definition files together. Each check appends its findings.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "defs/found.h"
#include "defs/load.h"
#include "model/definitions.h"

namespace hr::defs {

// All definitions by id: Definitions' own look-up is linear.
struct Index {
  explicit Index(const model::Definitions& definitions);

  std::unordered_map<std::string_view, const model::Kpi*> kpis;
  std::unordered_map<std::string_view, const model::Curve*> curves;
  std::unordered_map<std::string_view, const model::Plan*> plans;
  std::unordered_map<std::string_view, const model::Scale*> scales;
};

// duplicate-id, unknown-reference.
void check_names(const model::Definitions& definitions, const Found& found, Diagnostics& diagnostics);
// method-missing, target-missing, start-equals-target, targets and tiers that the curve cannot work with.
void check_curves(const model::Definitions& definitions, const Index& index, const Found& found,
                  Diagnostics& diagnostics);
// bands-gap, several plans of a cycle, bands of quotas.
void check_plans(const model::Definitions& definitions, const Index& index, Diagnostics& diagnostics);
// Weights of the objectives of one owner, key results under several objectives, alignment-cycle.
void check_objectives(const model::Definitions& definitions, Diagnostics& diagnostics);
// bad-expression, formula-cycle. `files`: to find the line of a character in an expression that is folded over lines.
void check_expressions(const model::Definitions& definitions, const std::vector<DefinitionFile>& files,
                       bool kpis_complete, Diagnostics& diagnostics);

// The circles of a graph, each once: every list of nodes in which each points to the next and the last to the first.
std::vector<std::vector<size_t>> find_circles(const std::vector<std::vector<size_t>>& edges);
// "a → b → a"
std::string circle_text(const std::vector<std::string>& ids);

}  // namespace hr::defs
