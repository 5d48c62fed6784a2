// Takes out of what reports are made of all that a viewer may not see, so that no report can say it. Which figure
// belongs to which field: docs/spec/access.md.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "access/sight.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "facts/okr_columns.h"
#include "model/access.h"
#include "model/derivation.h"
#include "model/result.h"

namespace hr::access {

// Rows of a run (facts::RunScores, with employee_id): people who are not seen go, other figures that are not seen are
// missing.
facts::Frame cut_scores(facts::Frame scores, const Sight& sight);
// The same, but of these rows alone, ascending: of a viewer who sees few people of many.
facts::Frame cut_scores(const facts::Frame& scores, std::span<const uint32_t> rows, const Sight& sight);
// The same of results by person, of those alone of whom all of `needed` are seen; the others are not in the cycle.
void cut_results(const facts::People& people, const Sight& sight, model::AccessFields needed,
                 std::span<model::PersonResult> results);
// Pay that is not seen is missing.
void cut_pay(const Sight& sight, facts::Dataset& dataset);
// And spells of people of whom not all of `needed` are seen are in force no more.
void cut_organisation(const Sight& sight, model::AccessFields needed, facts::Dataset& organisation);
// By objective, 1 = seen: the company's, those of people and of units of whom `okr` is seen.
std::vector<uint8_t> objectives_seen(const facts::Okrs& okrs, const Sight& sight);
// Steps that are not seen go, with all below them; of those that stay, sentences that say other figures too.
model::Derivation cut_derivation(const model::Derivation& derivation, model::AccessFields fields);

// What is not among `fields`, pay left out: no report of one person has it.
model::AccessFields missing_in(model::AccessFields fields);
std::vector<std::string> fields_named(model::AccessFields fields);

}  // namespace hr::access
