#include "person_score.h"

#include "base/error.h"
#include "base/text.h"
#include "engine/review/items.h"
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

// A place, and whose decision it was that the row there went in as it is.
static std::string words_of(const std::string& place, const store::Decision* decision, i18n::Language language) {
  if (decision == nullptr) return place;
  const char* key = decision->verdict == store::Verdict::correct ? "explain-decided/correct" : "explain-decided/accept";
  return i18n::text(language, key,
                    {place, engine::item_name(decision->kind, decision->item), decision->by, decision->reason});
}

std::function<std::string(uint32_t, uint32_t)> words_for_places(const engine::ImportedPlaces& places,
                                                                i18n::Language language) {
  return [&places, language](uint32_t source, uint32_t line) {
    return words_of(places.place(source, line), places.decision(source, line), language);
  };
}

table::Table explanation_of(const Session& session, store::Store& store, const PersonScore& score,
                            const model::Derivation& tree, const std::string& employee) {
  const engine::ImportedPlaces places(store);
  const model::Definitions& definitions = *score.outcome.data->applied.definitions;
  return report::explain(tree, score.header, definitions, employee, words_for_places(places, session.data_language()),
                         session.data_language());
}

}  // namespace hr::cmd
