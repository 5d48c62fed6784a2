// KPIs (indicators) and curves (attainment → score). Arithmetic: docs/spec/scoring.md.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostic.h"
#include "model/check.h"
#include "model/expression.h"
#include "model/text.h"

namespace hr::model {

enum class Direction { higher, lower, band };  // band: best inside a range
enum class Nature { rate, additive };          // additive: its target is prorated over time; rate: never
enum class Aggregate { sum, mean, last, min, max };
enum class Attainment { ratio, progress, value };     // what a curve's x is: v/t, (v−b)/(t−b), v
enum class LowerMethod { none, mirror, reciprocal };  // ratio of a lower-is-better KPI: 2 − v/t, t/v

struct CurvePoint {
  Decimal x;
  Decimal y;
};

struct PointsCurve {               // straight lines between points
  std::vector<CurvePoint> points;  // ascending x, at least two
  Attainment of = Attainment::ratio;
  std::optional<Decimal> below;  // the score under the first x; none: 0
  bool extend_above = false;     // go on along the last line, up to the cap; else flat
};
struct LinearCurve {
  Attainment of = Attainment::ratio;
};
struct TiersCurve {  // through the person's own threshold, target and stretch, on the value itself
  Decimal threshold{50, 0};
  Decimal target{100, 0};
  Decimal stretch{150, 0};
  bool extend_below = false;  // go on along the first line, down to the floor
  Decimal below;              // the score worse than the threshold, unless extend_below
};
struct StepsCurve {  // the y of the highest x ≤ a
  std::vector<CurvePoint> points;
  Attainment of = Attainment::ratio;
  Decimal below;
};
struct DeductCurve {  // from − deduct·v
  Decimal deduct;
  Decimal from{100, 0};
};
struct RangeCurve {  // 100 inside [low, high], falling to 0 over `tolerance` outside
  Decimal low;
  Decimal high;
  Decimal tolerance;
};
struct BinaryCurve {};  // 100 when the target is met, else 0

struct Curve {
  std::string id;  // empty when written in place
  std::variant<LinearCurve, PointsCurve, TiersCurve, StepsCurve, DeductCurve, RangeCurve, BinaryCurve> form;
  LowerMethod method = LowerMethod::none;
  std::optional<Decimal> floor;  // default 0
  std::optional<Decimal> cap;    // default 150
  SourceSpan span;

  bool needs_target() const;    // false for value, deduct and range forms
  bool needs_baseline() const;  // true for progress forms
};

// A curve given by id or in place.
struct CurveRef {
  std::string id;  // empty when in place
  std::optional<Curve> inline_curve;
  SourceSpan span;

  bool given() const { return !id.empty() || inline_curve; }
};

struct Kpi {
  std::string id;
  Text name;
  std::string dimension;
  std::string unit;
  Text description;
  Direction direction = Direction::higher;
  Nature nature = Nature::rate;
  Aggregate aggregate = Aggregate::last;   // default: sum if additive, last if rate
  CurveRef curve;                          // not given: {linear: ratio}
  LowerMethod method = LowerMethod::none;  // for a curve that does not say its own
  Expression formula;                      // not empty: derived, of other KPIs
  Bounds bounds;                           // for `facts check`
  SourceSpan span;

  const std::string& label_en() const { return name.en.empty() ? id : name.en; }
};

}  // namespace hr::model
