#include "scoring/attainment.h"

#include "scoring/difference.h"

namespace hr::scoring {

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
