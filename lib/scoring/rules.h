// Plans and scorecards with their names resolved and their numbers in doubles: what the kernels read.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/figure.h"
#include "expr/expr.h"
#include "model/definitions.h"
#include "scoring/band.h"
#include "scoring/curve.h"
#include "scoring/kpi_value.h"

namespace hr::scoring {

struct EntryRules {  // a KPI of a scorecard
  const model::ScorecardKpi* entry = nullptr;
  uint32_t kpi = 0;
  CurveRules curve;
  bool additive = false;
  bool of_unit = false;
};

struct AdjustmentRules {
  const model::Adjustment* adjustment = nullptr;
  uint32_t kpi = 0;
  double points = 0;
  std::optional<double> cap;
};

struct VetoRules {
  const model::Veto* veto = nullptr;
  std::optional<expr::Program> when;
  std::vector<uint32_t> kpis;  // in the order of the program's fields
  std::optional<double> score_cap;
};

struct ScorecardRules {
  const model::Scorecard* scorecard = nullptr;
  std::vector<EntryRules> kpis;
  std::vector<AdjustmentRules> adjustments;
  std::vector<VetoRules> vetoes;
  bool any_of_unit = false;
};

std::vector<ScorecardRules> make_scorecard_rules(const model::Definitions& definitions, Diagnostics& diagnostics);

struct GroupRules {  // a group of raters
  enum class Kind : uint8_t { manager, peer, report, other, all };
  Kind kind = Kind::peer;
  std::string name;
  double weight = 0;
};

struct PlanRules {
  const model::Plan* plan = nullptr;
  uint32_t index = 0;  // of Definitions::plans
  std::array<std::optional<double>, model::kComponents> weight;
  Figure min_coverage;
  double okr_norm = 0.7;
  double okr_cap = 1;  // 1 = 100 %
  std::vector<GroupRules> groups;
  double scale_low = 1, scale_high = 5;
  std::optional<double> cap;
  double floor = 0;
  std::optional<double> adjustments_cap;
  int decimals = 2;
  BandRules bands;
  std::vector<uint8_t> eligible_when;  // by spell; empty = no condition
};

// Everything but eligible_when. A scale that is not defined is an error in `diagnostics`.
PlanRules make_plan_rules(const model::Definitions& definitions, uint32_t plan, Diagnostics& diagnostics);

}  // namespace hr::scoring
