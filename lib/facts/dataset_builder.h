// Records as the store has them → the dataset of one cycle. Pure. Rules: docs/spec/scoring.md (spells) and
// docs/spec/time.md (timelines of attributes).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/definitions.h"

namespace hr::facts {

// Frames as Store::records() gives them: one each, but one per set of carried columns for assignments.
struct DatasetInput {
  DateRange cycle;
  std::string cycle_id;
  PeriodKind period = PeriodKind::month;
  Date as_of;
  std::vector<Frame> employees, assignments, org_units, targets, objectives, key_results, checkins, feedback, leaves;
};

// Findings that do not stop anything (overlapping spells, managers who do not exist, circles in the org tree) go to
// `diagnostics` as warnings; the file of a span is "source:N", which the caller turns into a name.
Dataset build_dataset(const DatasetInput& input, const model::Definitions& definitions, Diagnostics& diagnostics);

// Which dense person or unit each of the store's subject numbers is.
struct SubjectMap {
  std::vector<uint32_t> person;  // kNone = not a person of the dataset
  std::vector<uint32_t> unit;
};
SubjectMap map_subjects(const Dictionary& subjects, const Dataset& dataset);
// Scatters the facts of one KPI and period into the dataset. Call in ascending order of period for each KPI.
void add_facts(Dataset& dataset, const SubjectMap& map, std::string_view kpi, Period period,
               std::span<const uint32_t> subjects, std::span<const double> values);

}  // namespace hr::facts
