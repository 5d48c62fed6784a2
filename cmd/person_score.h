// One person of one run, computed again from what the run was scored from.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "engine/review/imported_places.h"
#include "engine/run/score.h"
#include "model/derivation.h"
#include "report/reports.h"
#include "session.h"

namespace hr::cmd {

struct PersonScore {
  engine::ScoreOutcome outcome;
  model::Derivation tree;
  facts::Frame row;  // the one of the run's table
  report::RunHeader header;
};

// Throws Error(rejected) when the run does not list that person (with the nearest id). `among_others`: the outcome has
// everybody.
PersonScore person_score(const Session& session, store::Store& store, const store::Run& run,
                         const std::string& employee, bool among_others = false);

// Words for a place in an imported file, and whose decision it was that the row there went in as it is. Keeps a
// reference to the places.
std::function<std::string(uint32_t source, uint32_t line)> words_for_places(const engine::ImportedPlaces& places,
                                                                            i18n::Language language);

// The table of that tree, or of a part of it, with the files and rows that it names.
table::Table explanation_of(const Session& session, store::Store& store, const PersonScore& score,
                            const model::Derivation& tree, const std::string& employee);

}  // namespace hr::cmd
