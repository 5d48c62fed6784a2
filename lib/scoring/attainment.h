// Attainment: a value against its target, before any curve.
#pragma once

#include <optional>

#include "base/figure.h"
#include "model/kpi.h"
#include "scoring/fault.h"
#include "scoring/target.h"

namespace hr::scoring {

// a − b of two values as they are printed, with 15 digits: in doubles 100000000.1 − 100000000 is 0.0999999940…, because
// what the sum of all digits leaves behind is noise. Rounded to the 15th digit of the larger of the two.
double difference(double a, double b);

struct Attained {
  std::optional<Figure> a;
  Fault fault = Fault::none;
  bool best = false;  // reciprocal of v ≤ 0: scores the cap, has no number
};

// `method` is applied to ratios of lower-is-better KPIs: mirror 2 − v/t, reciprocal t/v.
Attained attain(model::Attainment of, model::Direction direction, model::LowerMethod method, double value,
                const Goal& goal, Derivation* trace);

}  // namespace hr::scoring
