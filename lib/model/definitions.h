// Everything the definition files of a workspace say, checked and with positions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/access.h"
#include "model/check.h"
#include "model/kpi.h"
#include "model/mapping.h"
#include "model/objective.h"
#include "model/plan.h"
#include "model/scorecard.h"

namespace hr::model {

struct Definitions {
  std::vector<Kpi> kpis;
  std::vector<Curve> curves;
  std::vector<Scorecard> scorecards;
  std::vector<Objective> objectives;
  std::vector<Cycle> cycles;
  std::vector<Plan> plans;
  std::vector<Scale> scales;
  std::vector<Mapping> mappings;
  std::vector<Check> checks;
  std::vector<AccessRule> access;

  // nullptr when there is none of that id.
  const Kpi* find_kpi(std::string_view id) const;
  const Curve* find_curve(std::string_view id) const;
  const Cycle* find_cycle(std::string_view id) const;
  const Plan* find_plan(std::string_view id) const;
  const Scale* find_scale(std::string_view id) const;
  const Mapping* find_mapping(std::string_view id) const;
};

}  // namespace hr::model
