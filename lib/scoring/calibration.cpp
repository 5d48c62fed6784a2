#include "scoring/calibration.h"

#include "scoring/trace.h"

namespace hr::scoring {

void calibrate(std::span<const BandMove> moves, std::span<model::PersonResult> results) {
  for (const BandMove& move : moves) {
    model::PersonResult& result = results[move.person];
    result.band = move.band;
    result.set(model::Flag::calibrated);
  }
}

static void fill(model::Derivation& node, const MoveWords& move) {
  node.args = {move.before.empty() ? "-" : move.before, move.after, move.who, move.why};
  node.value = move.after;
}

void explain_moves(std::span<const MoveWords> moves, model::Derivation& root) {
  const bool one = moves.size() == 1;
  Derivation& node = *make_node(root, "calibration", one ? "calibration" : "calibrations");
  if (one) return fill(node, moves.front());
  for (size_t i = 0; i < moves.size(); ++i) fill(*make_part(node, std::to_string(i + 1), "calibration"), moves[i]);
  node.args = {std::to_string(moves.size()), moves.back().after};
  node.value = moves.back().after;
}

}  // namespace hr::scoring
