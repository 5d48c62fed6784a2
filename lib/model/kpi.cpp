#include "model/kpi.h"

namespace hr::model {

// The attainment that a form takes, or none for forms that look at the value and the target themselves.
static std::optional<Attainment> attainment_of(const Curve& curve) {
  if (const auto* c = std::get_if<LinearCurve>(&curve.form)) return c->of;
  if (const auto* c = std::get_if<PointsCurve>(&curve.form)) return c->of;
  if (const auto* c = std::get_if<StepsCurve>(&curve.form)) return c->of;
  return std::nullopt;
}

bool Curve::needs_target() const {
  if (std::holds_alternative<DeductCurve>(form) || std::holds_alternative<RangeCurve>(form)) return false;
  return attainment_of(*this) != Attainment::value;
}

bool Curve::needs_baseline() const {
  return attainment_of(*this) == Attainment::progress;
}

}  // namespace hr::model
