#include "person_reports.h"

#include <utility>

#include "engine/advice/advice.h"
#include "person_score.h"
#include "report/reports.h"

namespace hr::cmd {

table::Table scorecard_of(const Session& session, store::Store& store, const RunOptions& options,
                          const std::string& employee, SightOrNone sight) {
  require_seen(sight, employee);
  PersonScore score = person_score(session, store, find_run(store, options), employee);
  cut_person(sight, employee, score);
  table::Table out =
      report::scorecard(score.tree, score.header, *score.outcome.data->applied.definitions, employee, &score.row);
  say_cut(sight, employee, out);
  return out;
}

table::Table advice_of(const Session& session, store::Store& store, const RunOptions& options,
                       const std::string& employee, SightOrNone sight) {
  // What would lift a score tells all that it is made of; and where a band goes by position, what others have.
  require_fields(sight, employee, kFigures, "advice");
  PersonScore score = person_score(session, store, find_run(store, options), employee, true);
  const uint32_t person = *score.outcome.data->dataset.people.find(employee);
  const model::Advice advice = engine::advise(score.outcome, person);
  if (advice.by_position) require_all(sight, model::fields_of({model::AccessField::score}), "advice");
  return report::advice(advice, score.header, *score.outcome.data->applied.definitions, employee, score.row,
                        session.data_language());
}

}  // namespace hr::cmd
