// --as EMPLOYEE: what a command prints, as somebody may see it.
#pragma once

#include <optional>
#include <string>

#include "access/sight.h"
#include "model/access.h"
#include "options.h"
#include "person_score.h"
#include "report/measures.h"
#include "session.h"

namespace hr::cmd {

// What `viewer` may see on --as-of, else today, by what was known at --known; none where `viewer` is empty. Warnings
// are printed. Throws Error(rejected) when that is nothing.
std::optional<access::Sight> sight_as(const Session& session, store::Store& store, const std::string& viewer,
                                      const RunOptions& when);

// All figures of a run.
inline constexpr model::AccessFields kFigures = model::fields_of(
    {model::AccessField::score, model::AccessField::band, model::AccessField::kpi, model::AccessField::okr,
     model::AccessField::feedback, model::AccessField::coverage, model::AccessField::reasons});

// In these, no sight: everything is seen. All throw Error(rejected).
using SightOrNone = const access::Sight*;
// Of somebody at all. Said before anything is looked up: also whether the employee is there is not for everybody.
void require_seen(SightOrNone sight, const std::string& employee);
// All of these, of somebody, for a report that has them all or is not made.
void require_fields(SightOrNone sight, const std::string& employee, model::AccessFields needed,
                    const std::string& report);
// All of these, of everybody.
void require_all(SightOrNone sight, model::AccessFields needed, const std::string& report);

model::AccessFields field_of(const report::Measure& measure);

void cut_person(SightOrNone sight, const std::string& employee, PersonScore& score);

// Drops from `report units` those with nobody in them or below them whom the viewer sees.
void leave_out_empty(table::Table& units);

// The fact `viewer`, and a note that not all is there.
void say_viewer(SightOrNone sight, table::Heading& out);
// And that what is empty may be so for this viewer alone.
void say_viewer(SightOrNone sight, table::Table& out);
void say_viewer(SightOrNone sight, table::Report& out);
// Which figures of one person are not there.
void say_cut(SightOrNone sight, const std::string& employee, table::Heading& out);

}  // namespace hr::cmd
