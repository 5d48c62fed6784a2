// Calibration: bands moved by people after scoring. A calibrated run is the inputs of the run it is based on, and its
// own moves in order; so it can be scored again to the same bytes, as any run.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "defs/calibration_file.h"
#include "engine/run/score.h"
#include "engine/who_when.h"
#include "model/derivation.h"
#include "store/store.h"

namespace hr::engine {

// Moves as people wrote them, against what was scored. Found: people who are not there, not rated or named twice, bands
// that the scale does not have, or that a veto does not allow. `moves` holds those that are sound.
struct CheckedMoves {
  std::vector<store::CalibrationMove> moves;
  Diagnostics diagnostics;
};
CheckedMoves check_moves(const ScoreOutcome& outcome, std::span<const defs::BandMove> moves);

// Into results and scores. They were checked, now or when they were stored.
void lay_moves(ScoreOutcome& outcome, const std::vector<store::CalibrationMove>& moves);

// The moves of a run and of the runs below it, oldest first, each with the run that it belongs to.
struct MoveOfRun {
  int64_t run = 0;
  store::CalibrationMove move;
};
std::vector<MoveOfRun> moves_of_runs(store::Store& store, const store::Run& run);
std::vector<store::CalibrationMove> all_moves(store::Store& store, const store::Run& run);

// The node `calibration` of a person's derivation, where the person was moved.
void explain_moves(const ScoreOutcome& outcome, uint32_t person, model::Derivation& tree);

struct CalibrateRequest {
  std::vector<defs::DefinitionFile> files;
  std::optional<int64_t> run;  // instead of the run that the files name; it exists
  bool dry_run = false;
  int threads = 1;
  WhoWhen who_when;
  std::string program_version;
};

// A band that has more or fewer people than places.
struct QuotaGap {
  std::string group;  // empty: the whole run
  std::string band;
  uint32_t people = 0;
  uint32_t places = 0;
};

struct CalibrateOutcome {
  ScoreOutcome scored;  // with all moves, those of the base run too
  std::vector<store::CalibrationMove> moves;
  std::vector<QuotaGap> gaps;
  int64_t other_run = 0;    // the last one that has other moves on the same base; 0 = none
  Diagnostics diagnostics;  // errors: nothing was stored
};

// A new run, or, with any problem, nothing. Throws Error(rejected) when the cycle is closed.
CalibrateOutcome calibrate(store::Store& store, const CalibrateRequest& request);

// The attribute as spells name it: `gender` is attr.gender. Throws Error(rejected) when nobody has such a one.
std::string require_attribute(const facts::Dataset& dataset, const std::string& name);

}  // namespace hr::engine
