// The readers of each kind of definition: one YAML item → one plain record, with its own faults reported. What needs
// other items to judge is in checks.h.
#pragma once

#include "defs/cursor.h"
#include "defs/found.h"
#include "model/definitions.h"

namespace hr::defs {

// `version: 1`, as every file of this program has it.
void read_version(const Fields& fields);
model::Kpi read_kpi(const Cursor& item, Found& found);
model::Curve read_curve(const Cursor& item, Found& found);
// A curve's id, or a curve in place.
model::CurveRef read_curve_ref(const Cursor& cursor, Found& found);
// [lowest, highest] of a scale of ratings; none, and said, when it is not one.
struct ScaleEnds {
  Decimal low;
  Decimal high;
};
std::optional<ScaleEnds> read_scale_ends(const Cursor& cursor);
void set_method(model::LowerMethod& method, const std::optional<Cursor>& cursor);
model::Scorecard read_scorecard(const Cursor& item, Found& found);
model::Objective read_objective(const Cursor& item, Found& found);
model::KeyResult read_key_result(const Cursor& item, Found& found);
model::Cycle read_cycle(const Cursor& item, Found& found);
model::Plan read_plan(const Cursor& item, Found& found);
model::PlanPlaces places_of(const Fields& plan);
model::Scale read_scale(const Cursor& item, Found& found);
model::Mapping read_mapping(const Cursor& item, Found& found);
model::Check read_check(const Cursor& item, Found& found);
model::Bounds read_bounds(const Cursor& cursor);
model::AccessRule read_access_rule(const Cursor& item, Found& found);
model::AccessFields read_access_fields(const Cursor& cursor);  // a list of names, at least one

}  // namespace hr::defs
