#include "custom_report.h"

#include <optional>
#include <utility>

#include "base/error.h"
#include "base/text.h"
#include "custom_views.h"
#include "defs/custom_report.h"
#include "engine/files.h"
#include "report/custom.h"
#include "run_reports.h"

namespace hr::cmd {

using model::AccessField;

namespace {

// Views that are not cut for a viewer have all of it.
constexpr model::AccessFields kAllThereIs =
    model::fields_of({AccessField::score, AccessField::band, AccessField::kpi, AccessField::okr, AccessField::feedback,
                      AccessField::coverage, AccessField::reasons, AccessField::recognitions, AccessField::pay});

report::View view_for(const Session& session, store::Store& store, model::ReportView view, const RunOptions& options,
                      SightOrNone sight) {
  switch (view) {
    case model::ReportView::scores:
      return {scores_of(session, store, options, sight), "employee_id"};
    case model::ReportView::ranking:
      return {ranking_of(session, store, options, sight), "employee_id"};
    case model::ReportView::okr:
      return {okr_of(session, store, options, sight), ""};
    case model::ReportView::units:
      return {units_of(session, store, options, sight),
              "",
              {"salary_total", "salary_mean", "salary_median", "salary_missing", "currency"}};
    case model::ReportView::changes:
      return {changes_of(store, options, "custom", sight), ""};
    default:
      require_all(sight, kAllThereIs, "custom");
      return view_of(session, store, view, options);
  }
}

}  // namespace

table::Table custom_of(const Session& session, store::Store& store, const std::string& path, const RunOptions& options,
                       uint32_t min_shown, SightOrNone sight) {
  constexpr uint64_t kMostBytes = 64ULL << 20;  // the reader has its own, tighter bound, with a place in the message
  const defs::DefinitionFile file{path, engine::read_file(path, kMostBytes)};
  defs::LoadedReport loaded = defs::load_custom_report(file);
  std::optional<table::Table> table;
  if (!has_errors(loaded.diagnostics)) {
    report::View view = view_for(session, store, loaded.report.view, options, sight);
    table = report::custom(std::move(view), loaded.report, min_shown, loaded.diagnostics);
  }
  defs::sort_by_place({file}, loaded.diagnostics);
  session.print_diagnostics(loaded.diagnostics, {file});
  if (!table) throw Error(ErrorKind::rejected, "report-refused", {escape_controls(path)});
  return std::move(*table);
}

}  // namespace hr::cmd
