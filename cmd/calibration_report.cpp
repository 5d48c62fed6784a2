#include "calibration_report.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "engine/run/calibration.h"
#include "report/calibration.h"
#include "run_header.h"

namespace hr::cmd {

// Bands that the run's scales have, and no others.
static std::vector<std::string> favourable_bands(const std::string& given, const engine::ScoreOutcome& scored,
                                                 const std::vector<scoring::BandGroup>& groups) {
  const model::Definitions& definitions = *scored.data->applied.definitions;
  std::vector<std::string> known;
  for (const scoring::BandGroup& group : groups) {
    for (const uint32_t band : group.bands) {
      const std::string& id = definitions.find_scale(definitions.plans[group.plan].scale)->bands[band].id;
      if (std::find(known.begin(), known.end(), id) == known.end()) known.push_back(id);
    }
  }
  std::vector<std::string> bands = words_of(given);
  for (const std::string& band : bands) {
    if (std::find(known.begin(), known.end(), band) == known.end())
      throw Error(ErrorKind::usage, "usage/choice", {"--favourable", escape_controls(band), listed(known)});
  }
  return bands;
}

table::Table calibration_of(const Session& session, store::Store& store, const RunOptions& options,
                            const CalibrationOptions& asked) {
  const store::Run run = find_run(store, options);
  const engine::ScoreOutcome scored = engine::rescore(store, run, session.threads(), session.progress());
  report::CalibrationData data{scored.data->dataset, *scored.data->applied.definitions, scored.results, {}, {}, {}, {}};
  data.groups = scored.scorer->band_groups(scored.results, std::nullopt);
  if (data.groups.empty()) throw Error(ErrorKind::rejected, "calibration-no-bands", {std::to_string(run.id)});
  for (const engine::MoveOfRun& m : engine::moves_of_runs(store, run))
    data.moves.push_back({m.run, m.move.employee, m.move.before, m.move.after, m.move.who, m.move.why});
  for (const std::string& name : words_of(asked.by))
    data.attributes.push_back(engine::require_attribute(scored.data->dataset, name));
  data.favourable = favourable_bands(asked.favourable, scored, data.groups);
  data.min_shown = asked.min_shown;
  return report::calibration(data, run_header(run, *scored.data->cycle));
}

}  // namespace hr::cmd
