// Imported targets, objectives and key results against the stages of their cycles: which rows would change what a cycle
// that has begun measures by. Finds; does not store. Rules: docs/spec/time.md.
#pragma once

#include <string>
#include <vector>

#include "engine/cycle/goalposts.h"
#include "engine/import/checks.h"
#include "engine/import/reconcile.h"
#include "engine/import/steps.h"
#include "facts/frame.h"
#include "store/store.h"

namespace hr::engine {

// A cycle that is not planned any more.
struct BegunCycle {
  const model::Cycle* cycle = nullptr;
  Stage stage = Stage::open;
};
std::vector<BegunCycle> begun_cycles(const Import& import);

struct RowMoves {
  std::vector<RowFault> faults;            // rows that cannot be taken: `cycle-frozen`, `target-moved`; ascending
  std::vector<store::TargetChange> moved;  // by rows that are taken, with their lines; no time and no source yet
};

// `stored`: the table's records. Nothing for tables other than targets, objectives and key results.
RowMoves moved_by_rows(const Import& import, const RecordIndex& stored, const facts::Frame& frame,
                       const std::string& file);

// Which cycle an objective belongs to, by definitions and imports; empty = by neither.
class ObjectiveCycles {
 public:
  explicit ObjectiveCycles(const Import& import);
  std::string of_objective(const std::string& objective) const;
  std::string of_key_result(const std::string& key_result) const;  // or KEY_RESULT/MILESTONE

 private:
  std::unordered_map<std::string, std::string> cycles_;      // by objective
  std::unordered_map<std::string, std::string> objectives_;  // by key result
};

}  // namespace hr::engine
