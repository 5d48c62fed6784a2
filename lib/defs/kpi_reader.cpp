#include "defs/readers.h"

namespace hr::defs {

using namespace model;

Kpi read_kpi(const Cursor& item, Found& found) {
  Kpi kpi;
  const Fields fields(item, {"id", "name", "description", "dimension", "unit", "direction", "nature", "aggregate",
                             "curve", "method", "formula", "bounds"});
  kpi.id = found.declare(Kind::kpi, fields, true);
  const auto id = fields.get("id");
  kpi.span = id ? id->span() : item.span();
  if (const auto c = fields.get("name")) set(kpi.name, c->text());
  if (const auto c = fields.get("description")) set(kpi.description, c->text());
  if (const auto c = fields.get("dimension")) set(kpi.dimension, c->word());
  if (const auto c = fields.get("unit")) set(kpi.unit, c->word());
  set_choice(kpi.direction, fields.get("direction"), {"higher", "lower", "band"});
  set_choice(kpi.nature, fields.get("nature"), {"rate", "additive"});
  kpi.aggregate = kpi.nature == Nature::additive ? Aggregate::sum : Aggregate::last;
  set_choice(kpi.aggregate, fields.get("aggregate"), {"sum", "mean", "last", "min", "max"});
  if (const auto c = fields.get("curve")) kpi.curve = read_curve_ref(*c, found);
  set_method(kpi.method, fields.get("method"));
  if (const auto c = fields.get("formula")) kpi.formula = c->expression();
  if (const auto c = fields.get("bounds")) kpi.bounds = read_bounds(*c);
  return kpi;
}

}  // namespace hr::defs
