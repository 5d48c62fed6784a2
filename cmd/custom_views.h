// The views of custom reports (docs/formats/custom-reports.md): tables that other commands print, as rows to work with.
#pragma once

#include "model/custom_report.h"
#include "options.h"
#include "report/custom.h"
#include "session.h"
#include "store/store.h"

namespace hr::cmd {

// What a view of imported records, of people of a day, of runs or cycles, and of everybody's KPIs holds. Throws as the
// commands do that print it; Error(usage) for an option that says nothing about the view.
report::View view_of(const Session& session, store::Store& store, model::ReportView view, const RunOptions& options);

}  // namespace hr::cmd
