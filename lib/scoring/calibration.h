// Calibration (校准): bands moved by people after scoring, step 10 of the fixed order. Scores, ranks and percentiles
// stay; quotas are looked at again, never applied again.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "model/derivation.h"
#include "model/result.h"

namespace hr::scoring {

struct BandMove {
  uint32_t person = 0;
  uint32_t band = 0;  // index into the scale of the person's plan, as written
};

// In order: of two moves of one person the later holds. The people are rated.
void calibrate(std::span<const BandMove> moves, std::span<model::PersonResult> results);

// One move as `explain` tells it: bands by id, empty = none.
struct MoveWords {
  std::string before;
  std::string after;
  std::string who;
  std::string why;
};
// The node `calibration` of somebody who was moved: at least one move, in order.
void explain_moves(std::span<const MoveWords> moves, model::Derivation& root);

}  // namespace hr::scoring
