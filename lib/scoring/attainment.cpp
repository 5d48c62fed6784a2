#include "scoring/attainment.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hr::scoring {

double difference(double a, double b) {
  constexpr std::array<double, 23> kTens{1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                         1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const double d = a - b;
  const double larger = std::max(std::abs(a), std::abs(b));
  if (!(larger > 1e-8) || !(larger < 1e15)) return d;  // their 15th digit is no power of ten that a double holds
  const auto decimals = static_cast<size_t>(14 - static_cast<int>(std::floor(std::log10(larger))));
  return std::round(d * kTens[decimals]) / kTens[decimals];
}

namespace {

Attained snapped(double a) {
  const std::optional<Figure> figure = snap(a);
  return {figure, figure ? Fault::none : Fault::not_computable, false};
}

Attained ratio(bool lower, model::LowerMethod method, double v, double t) {
  if (!(t > 0)) return {std::nullopt, Fault::target_not_positive, false};
  if (!lower || method == model::LowerMethod::none) return snapped(v / t);
  if (method == model::LowerMethod::mirror) return snapped(2 - v / t);
  if (v <= 0) return {std::nullopt, Fault::none, true};
  return snapped(t / v);
}

const char* rule_of(model::Attainment of, bool lower, model::LowerMethod method) {
  if (of == model::Attainment::progress) return "attain-progress";
  if (of == model::Attainment::value) return "attain-value";
  if (!lower || method == model::LowerMethod::none) return "attain-ratio";
  return method == model::LowerMethod::mirror ? "attain-mirror" : "attain-reciprocal";
}

Attained compute(model::Attainment of, bool lower, model::LowerMethod method, double v, const Goal& goal) {
  if (of == model::Attainment::value) return snapped(v);
  if (!goal.has(Role::target)) return {std::nullopt, Fault::no_target, false};
  const double t = goal[Role::target];
  if (of == model::Attainment::ratio) return ratio(lower, method, v, t);
  if (!goal.has(Role::baseline)) return {std::nullopt, Fault::no_target, false};
  const double b = goal[Role::baseline];
  if (difference(t, b) == 0) return {std::nullopt, Fault::no_scale, false};
  return snapped(difference(v, b) / difference(t, b));
}

}  // namespace

Attained attain(model::Attainment of, model::Direction direction, model::LowerMethod method, double value,
                const Goal& goal, Derivation* trace) {
  const bool lower = direction == model::Direction::lower;
  const Attained result = compute(of, lower, method, value, goal);
  if (Derivation* d = add_part(trace, "attainment", rule_of(of, lower, method))) {
    d->args = {exact_text(value)};
    if (of != model::Attainment::value) {
      d->args.push_back(goal.has(Role::target) ? exact_text(goal[Role::target]) : "");
      d->args.push_back(goal.has(Role::baseline) ? exact_text(goal[Role::baseline]) : "");
    }
    if (result.fault == Fault::no_target) d->rule = "attain-none";
    d->value = exact_text(result.a);
    d->status = name_of(result.fault);
  }
  return result;
}

}  // namespace hr::scoring
