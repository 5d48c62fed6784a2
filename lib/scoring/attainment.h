// Attainment: a value against its target, before any curve.
#pragma once

#include <optional>

#include "base/figure.h"
#include "model/kpi.h"
#include "scoring/fault.h"
#include "scoring/target.h"

namespace hr::scoring {

struct Attained {
  std::optional<Figure> a;
  Fault fault = Fault::none;
  bool best = false;  // reciprocal of v ≤ 0: scores the cap, has no number
};

// `method` is applied to ratios of lower-is-better KPIs: mirror 2 − v/t, reciprocal t/v.
Attained attain(model::Attainment of, model::Direction direction, model::LowerMethod method, double value,
                const Goal& goal, Derivation* trace);

}  // namespace hr::scoring
