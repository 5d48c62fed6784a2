// Attainment → score: one curve of a KPI, its numbers ready for the kernels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/figure.h"
#include "model/kpi.h"
#include "model/scorecard.h"
#include "scoring/fault.h"
#include "scoring/target.h"

namespace hr::scoring {

enum class Form : uint8_t { linear, points, steps, tiers, deduct, range, binary };

struct CurveRules {
  Form form = Form::linear;
  model::Attainment of = model::Attainment::ratio;
  model::Direction direction = model::Direction::higher;
  model::LowerMethod method = model::LowerMethod::none;
  double floor = 0;
  double cap = 150;
  struct Point {
    Figure at;  // x, as compared
    double x;
    double y;
  };
  std::vector<Point> points;        // of points and steps
  double below = 0;                 // the score under the first x, or worse than the threshold
  bool extend = false;              // points: on above the last; tiers: on below the threshold
  double tier[3] = {50, 100, 150};  // threshold, target, stretch
  double deduct = 0, from = 100;
  double low = 0, high = 0, tolerance = 0;
  uint8_t needs = 0;  // bits of Role
  SourceSpan span;    // line 0: the default curve
  SourceSpan limits;  // of what says floor and cap
};

// `entry` may be nullptr; its floor, cap and curve go before the KPI's. `curve` is the one that applies.
CurveRules make_curve_rules(const model::Curve& curve, const model::Kpi& kpi, const model::ScorecardKpi* entry);

struct CurveOutcome {
  std::optional<Figure> attainment;  // none for forms that look at the value and the target themselves
  std::optional<Figure> score;
  Fault fault = Fault::none;
  bool regressed = false;
};

CurveOutcome score_on_curve(const CurveRules& curve, double value, const Goal& goal, Derivation* trace);

}  // namespace hr::scoring
