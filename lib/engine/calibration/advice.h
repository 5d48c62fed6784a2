// What a calibration file says beside a person, for people to weigh: how generous the manager is, and what the quotas
// and the neighbours suggest. Nothing of it is applied.
#pragma once

#include <map>
#include <string>

#include "engine/run/score.h"
#include "i18n/message.h"
#include "scoring/leniency.h"

namespace hr::engine {

// By rater id. Where the plan counts feedback: of the ratings that managers gave, and of no other relation. Else of the
// scores of the people whose manager they are, `of_scores`.
struct LeniencyOf {
  bool of_scores = false;
  std::map<std::string, scoring::Leniency> by_rater;
};
LeniencyOf leniency_in(const ScoreOutcome& scored, uint32_t plan, int shrinkage);

// A sentence or several, or empty. `place`: index into group.people.
std::string calibration_advice(const ScoreOutcome& scored, const scoring::BandGroup& group, size_t place,
                               i18n::Language language);

}  // namespace hr::engine
