// Reports of a run as a whole, of a day, of cycles: scores, ranking, objectives, org units, changes; as a viewer may
// see them.
#pragma once

#include <string>

#include "options.h"
#include "session.h"
#include "store/store.h"
#include "table/table.h"
#include "viewing.h"

namespace hr::cmd {

table::Table scores_of(const Session& session, store::Store& store, const RunOptions& options, SightOrNone sight);
// The same of everybody, printed where nobody needs to see all rows at once.
void print_scores_in_parts(const Session& session, store::Store& store, const RunOptions& options);
table::Table ranking_of(const Session& session, store::Store& store, const RunOptions& options, SightOrNone sight);

// With --cycle alone: as things stand. Else as the run saw them: on its day, with what was known to it.
table::Table okr_of(const Session& session, store::Store& store, const RunOptions& options, SightOrNone sight);
// With --as-of alone: headcount and pay of that day. Else beside a run's scores, as of the run's day.
table::Table units_of(const Session& session, store::Store& store, const RunOptions& options, SightOrNone sight);

// What happened to cycles and their targets: of no run and of no day, so Error(usage) for either; `report` names it.
table::Table changes_of(store::Store& store, const RunOptions& options, const std::string& report, SightOrNone sight);

}  // namespace hr::cmd
