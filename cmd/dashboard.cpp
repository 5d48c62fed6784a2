#include "dashboard.h"

#include "access/cut.h"
#include "analysis.h"
#include "base/error.h"
#include "base/text.h"
#include "cycle_table.h"
#include "engine/check/facts_check.h"
#include "engine/run/score.h"
#include "report/dashboard.h"
#include "run_header.h"

namespace hr::cmd {

namespace {

void require_unit(const facts::Dataset& dataset, const std::string& unit) {
  if (unit.empty() || dataset.units.find(unit)) return;
  if (const auto near = nearest(unit, dataset.units.id.all()))
    throw Error(ErrorKind::rejected, "unit-missing/near", {escape_controls(unit), *near});
  throw Error(ErrorKind::rejected, "unit-missing", {escape_controls(unit)});
}

std::vector<analytics::NamedFinding> findings_of(store::Store& store, const engine::CycleData& data,
                                                 const Session& session) {
  engine::FactsCheckRequest request;
  request.told = data.cycle->range;
  request.known = data.known;
  request.threads = session.threads();
  request.most_places = 0;
  return engine::check_facts(store, request, data.applied.definitions.get()).findings;
}

std::optional<report::DashboardData::Earlier> earlier_of(store::Store& store, const engine::ScoreOutcome& scored) {
  const auto run = earlier_run(store, scored);
  if (!run) return std::nullopt;
  static constexpr std::string_view kColumns[] = {"employee_id", "org_unit", "status", "score", "band"};
  return report::DashboardData::Earlier{run_header(*run, *scored.data->applied.definitions->find_cycle(run->cycle)),
                                        store.run_scores(run->id, kColumns)};
}

// What the viewer may see of a finding's subject, an employee or unit:ID.
model::AccessFields seen_of(const access::Sight& sight, std::string_view subject) {
  constexpr std::string_view kUnit = "unit:";
  return subject.starts_with(kUnit) ? sight.of_unit(subject.substr(kUnit.size())) : sight.of(subject);
}

// Takes out what the viewer may not see; changes are cut already. Quotas of a part of a group say nothing.
void cut(const access::Sight& sight, report::DashboardData& data) {
  using model::AccessField;
  data.scores = access::cut_scores(std::move(data.scores), sight);
  if (data.earlier) data.earlier->scores = access::cut_scores(std::move(data.earlier->scores), sight);
  const facts::People& people = data.dataset.people;
  for (uint32_t person = 0; person < people.size(); ++person) data.fields.push_back(sight.of(people.id[person]));
  data.objectives = access::objectives_seen(data.dataset.okrs, sight);
  for (size_t o = 0; o < data.progress.size(); ++o) {
    if (data.objectives[o] == 0) data.progress[o] = {};
  }
  std::erase_if(data.findings, [&](const auto& f) { return !seen_of(sight, f.subject).has(AccessField::kpi); });
  for (scoring::BandGroup& group : data.groups) {
    if (!sight.everybody.has(AccessField::band)) group.places.clear();
  }
}

}  // namespace

table::Report dashboard_of(const Session& session, store::Store& store, const store::Run& run, const std::string& unit,
                           uint32_t min_shown, SightOrNone sight) {
  const engine::ScoreOutcome scored = engine::rescore(store, run, session.threads(), session.progress());
  const engine::CycleData& of = *scored.data;
  require_unit(of.dataset, unit);
  session.begin("progress/report");
  report::DashboardData data{of.dataset,
                             *of.applied.definitions,
                             run_header(run, *of.cycle),
                             engine::rows_of(scored).all(session.threads(), report::columns_of_scores()),
                             scored.scorer->kpi_scores(session.threads()),
                             scored.scorer->okr_progress(),
                             scored.scorer->band_groups(scored.results, std::nullopt)};
  data.earlier = earlier_of(store, scored);
  data.findings = findings_of(store, of, session);
  data.changes = change_table(store, run.cycle, run.created_at, sight);
  data.unit = unit;
  data.min_shown = min_shown;
  if (sight != nullptr) cut(*sight, data);
  return report::dashboard(std::move(data));
}

}  // namespace hr::cmd
