// Whether a custom report names columns that there are.
#pragma once

#include "base/diagnostic.h"
#include "model/custom_report.h"
#include "report/custom.h"

namespace hr::report {

// Of the view: columns, group_by, of; of a list also order.
void check_view_names(const View& view, const model::CustomReport& report, Diagnostics& diagnostics);
// Of what comes out: order of groups, charts.
void check_result_names(const table::Table& result, const model::CustomReport& report, Diagnostics& diagnostics);

}  // namespace hr::report
