// `calibrate plan`: one file a group, for people to fill in and review. docs/formats/calibration.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/run/score.h"
#include "engine/who_when.h"
#include "i18n/message.h"

namespace hr::engine {

inline constexpr int kShrinkage = 5;  // --shrinkage: a rater of five people counts half

struct CalibrationPlanRequest {
  std::optional<std::string> group_by;  // instead of the distribution's; an attribute as spells name it
  int shrinkage = kShrinkage;
  std::string schema;  // path of the JSON Schema as seen from the files; empty: none is named
  i18n::Language language = i18n::Language::en;
  WhoWhen who_when;
};

struct PlannedFile {
  std::string name;  // SALES.yaml; no two alike
  std::string text;
  size_t people = 0;
};
// Ascending by plan, then as groups rank. Throws Error(rejected) when no plan of the run has a scale.
std::vector<PlannedFile> plan_calibration(const ScoreOutcome& scored, const CalibrationPlanRequest& request);

}  // namespace hr::engine
