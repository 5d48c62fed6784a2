#include "scoring/ready_curve.h"

namespace hr::scoring {

ReadyCurve::ReadyCurve(const CurveRules& curve, const Goal& goal) : curve_(&curve), goal_(goal) {
  lines_ = curve.form == Form::tiers && make_lines(goal);
}

// Only of tiers that make a scale.
bool ReadyCurve::make_lines(const Goal& goal) {
  if (goal.present != curve_->needs) return false;
  lower_ = curve_->direction == model::Direction::lower;
  const double x[] = {goal[Role::threshold], goal[Role::target], goal[Role::stretch]};
  Figure end[3];
  for (size_t i = 0; i < 3; ++i) {
    const std::optional<Figure> figure = snap(x[i]);
    if (!figure) return false;
    end[i] = lower_ ? Figure{-figure->nano} : *figure;
  }
  if (!(end[0] < end[1] && end[1] < end[2])) return false;
  for (size_t i = 0; i < 2; ++i) {
    line_[i] = {end[i + 1], x[i], curve_->tier[i], curve_->tier[i + 1] - curve_->tier[i], difference(x[i + 1], x[i])};
  }
  worse_ = curve_->extend ? Figure{INT64_MIN} : end[0];
  worse_y_ = curve_->below;
  best_y_ = curve_->tier[2];
  return true;
}

ReadyCurve::Score ReadyCurve::look_up(double value) const {
  const CurveOutcome outcome = score_on_curve(*curve_, value, goal_, nullptr);
  return {outcome.score, outcome.regressed, outcome.fault == Fault::not_computable};
}

}  // namespace hr::scoring
