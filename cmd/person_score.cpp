#include "person_score.h"

#include "base/error.h"
#include "base/text.h"
#include "engine/run/score_person.h"
#include "freed_memory.h"
#include "run_header.h"

namespace hr::cmd {

PersonScore person_score(const Session& session, store::Store& store, const store::Run& run,
                         const std::string& employee, bool among_others) {
  keep_freed_memory();
  PersonScore score;
  score.outcome = among_others ? engine::rescore(store, run, session.threads(), session.progress())
                               : engine::rescore_person(store, run, employee, session.threads(), session.progress());
  const facts::People& people = score.outcome.data->dataset.people;
  const auto person = people.find(employee);
  if (!person || score.outcome.results[*person].status == model::Status::not_in_cycle) {
    const auto near = person ? std::nullopt : nearest(employee, people.id.all());
    if (near)
      throw Error(ErrorKind::rejected, "employee-missing/near",
                  {escape_controls(employee), std::to_string(run.id), *near});
    throw Error(ErrorKind::rejected, "employee-missing", {escape_controls(employee), std::to_string(run.id)});
  }
  score.row = engine::rows_of(score.outcome).of_person(*person);
  score.tree = engine::explain(store, score.outcome, *person);
  score.header = run_header(run, *score.outcome.data->cycle);
  return score;
}

}  // namespace hr::cmd
