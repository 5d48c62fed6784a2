// A run from the one before: people of whom no input has changed keep their results, of the others only KPIs are
// scored. It is the same run, byte for byte: docs/decisions/0003-speed.md says why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/cycle/data.h"
#include "facts/dataset_builder.h"
#include "facts/frame.h"
#include "model/result.h"
#include "scoring/score.h"
#include "store/store.h"

namespace hr::engine {

// What a new run of a cycle may be made from.
struct BaseRun {
  std::optional<store::Run> run;  // none: everybody is to be scored
  std::string why;                // then the key of the message that says why
  std::vector<std::string> why_args;
  std::vector<uint32_t> changed;  // subjects, ascending, of whom facts have changed since
};

// The last scored run of the cycle and plan under the same rules, with the same day and version of the program; `only`:
// this one or none, 0 = any. None too where something else than people's facts has changed since, or one person's
// facts may count for another. `data` lacks its dataset.
BaseRun find_base_run(store::Store& store, const CycleData& data, const std::string& plan,
                      const std::string& program_version, int64_t only, int threads);

// What the rows of a run say, in their order.
struct BaseRows {
  model::PersonResults results;    // without ranks
  std::vector<facts::Column> ids;  // employee_id, a column a block
};
// Does not need the dataset. Throws Error(system) when these are not the rows of such a run.
BaseRows read_base_rows(store::Store& store, const BaseRun& base, const model::Definitions& definitions, int threads);

// Fills `results` with those of the base run, as before ranks and distributions. By person, 1 = that is the result,
// 0 = KPIs are to be scored anew; OKRs and feedback in `results` stand. Throws Error(system) when the run's rows are
// not those of the dataset's people.
std::vector<uint8_t> take_results(BaseRows rows, const BaseRun& base, const CycleData& data,
                                  const scoring::Scorer& scorer, const facts::SubjectMap& subjects, int threads,
                                  model::PersonResults& results);

}  // namespace hr::engine
