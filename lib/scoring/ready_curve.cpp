#include "scoring/ready_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "model/result.h"

namespace hr::scoring {

ReadyCurve::ReadyCurve(const CurveRules& curve, const Goal& goal) : curve_(&curve), goal_(goal) {
  tiers_ = curve.form == Form::tiers && make_tiers(goal);
  many_ = tiers_ && line_[1].beyond > 0 && line_[2].beyond > 0;
}

// The least double that is snapped to the figure or beyond it. It lies a few
// units in the last place before the tie.
static double least_of(Figure figure) {
  double x = (static_cast<double>(figure.nano) - 0.5) / 1e9;
  const double unit = std::abs(x) * std::numeric_limits<double>::epsilon();
  double below = x - 16 * unit;
  while (x - below > unit) {
    const double between = below + (x - below) / 2;
    (snap(between) >= figure ? x : below) = between;
  }
  while (snap(x) >= figure) x = std::nextafter(x, -kFigureLimit);
  while (snap(x) < figure) x = std::nextafter(x, kFigureLimit);
  return x;
}

ReadyCurve::Line ReadyCurve::make_flat(double y) {
  Line line;
  line.y0 = y;
  return line;
}

ReadyCurve::Line ReadyCurve::make_line(double x0, double y0, double x1, double y1) {
  Line line;
  line.x0 = x0;
  line.y0 = y0;
  line.rise = y1 - y0;
  line.run = difference(x1, x0);
  const double size = std::abs(x0);
  line.upper = line.beyond = 0;
  if (!has_15_digits(size)) return line;
  const int exponent = exponent_of(size);
  line.upper = power_of_ten(exponent + 1);
  line.beyond = power_of_ten(std::min(exponent + 2, 15));
  line.scale = {power_of_ten(14 - exponent), power_of_ten(13 - exponent)};
  return line;
}

bool ReadyCurve::make_tiers(const Goal& goal) {
  if (goal.present != curve_->needs) return false;
  lower_ = curve_->direction == model::Direction::lower;
  const std::array<double, 3> x{goal[Role::threshold], goal[Role::target], goal[Role::stretch]};
  std::array<Figure, 3> at;
  for (size_t i = 0; i < x.size(); ++i) {
    const std::optional<Figure> figure = snap(lower_ ? -x[i] : x[i]);
    if (!figure) return false;
    at[i] = *figure;
  }
  if (!(at[0] < at[1] && at[1] < at[2])) return false;
  for (size_t i = 0; i < at.size(); ++i) from_[i] = least_of(at[i]);
  const double* y = curve_->tier;
  line_[1] = make_line(x[0], y[0], x[1], y[1]);
  line_[2] = make_line(x[1], y[1], x[2], y[2]);
  line_[0] = curve_->extend ? line_[1] : make_flat(curve_->below);
  line_[3] = make_flat(y[2]);
  return true;
}

ReadyCurve::Score ReadyCurve::look_up(double value) const {
  const auto bit = [](model::Flag flag) { return 1U << static_cast<uint32_t>(flag); };
  const CurveOutcome outcome = score_on_curve(*curve_, value, goal_, nullptr);
  Score score{outcome.score, 0};
  if (outcome.regressed) score.flags |= bit(model::Flag::regressed);
  if (outcome.fault == Fault::not_computable) score.flags |= bit(model::Flag::not_computable);
  return score;
}

}  // namespace hr::scoring
