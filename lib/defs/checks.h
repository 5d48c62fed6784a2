// What can only be judged with all definition files together. Each check appends its findings.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/diagnostic.h"
#include "base/suggester.h"
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
void check_names(const model::Definitions& definitions, const Found& found, Suggester& suggester,
                 Diagnostics& diagnostics);
// method-missing, target-missing, start-equals-target, targets and tiers that the curve cannot work with.
void check_curves(const model::Definitions& definitions, const Index& index, const Found& found,
                  Diagnostics& diagnostics);
// bands-gap, several plans of a cycle, bands of quotas.
void check_plans(const model::Definitions& definitions, const Index& index, Diagnostics& diagnostics);
// Weights of the objectives of one owner, key results under several objectives, alignment-cycle.
void check_objectives(const model::Definitions& definitions, const Found& found, Diagnostics& diagnostics);
// Two entries of `checks` that speak of one rule and KPI.
void check_checks(const model::Definitions& definitions, Diagnostics& diagnostics);
// bad-expression, formula-cycle. `files`: to find where the characters of an expression stand.
void check_expressions(const model::Definitions& definitions, const std::vector<DefinitionFile>& files,
                       bool kpis_complete, Suggester& suggester, Diagnostics& diagnostics);

// Of every group of nodes that reach each other one circle, as short as can be: each node points to the next, the last
// to the first.
std::vector<std::vector<size_t>> find_circles(const std::vector<std::vector<size_t>>& edges);
// `message` with "a → b → a", at the first one; of a long circle the beginning and the end, as `long_message`.
Diagnostic circle_error(const char* message, const char* long_message, const std::vector<Named>& circle);

}  // namespace hr::defs
