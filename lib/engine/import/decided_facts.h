// Facts of a file that somebody has decided about as findings of the review queue: those dropped are left out, those
// corrected go in with the value that was decided, from whatever file. Costs nothing where nothing is decided so.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/decimal.h"
#include "engine/import/steps.h"
#include "facts/frame.h"
#include "ingest/read.h"
#include "store/review.h"

namespace hr::engine {

class DecidedFacts {
 public:
  DecidedFacts(const Import& import, int threads);

  // Calls for different workers in [0, threads) may run at once.
  void use(ingest::Batch& batch);

  // When all rows are through: counts them, and records where decisions were used.
  void note_uses(store::Store& store, ImportedFile& file) const;

 private:
  // What the newest decision about a finding makes of one value of a fact.
  struct Instead {
    Decimal value;
    store::Decision decision;
    Decimal corrected;  // of correct
  };
  struct Worker {
    std::vector<int8_t> subjects;     // by code, whether something is decided about it; −1: not asked yet
    std::vector<store::RowUse> uses;  // without their source
    DecidedCounts counts;
    std::vector<uint8_t> keep;
  };

  bool is_decided(Worker& worker, const facts::Column& subject, size_t row) const;
  // The decision that a row goes in by, its value changed to that; null: as it stands.
  const store::Decision* decided(facts::Frame& frame, size_t row) const;

  std::unordered_map<std::string, std::vector<Instead>> facts_;  // by subject, KPI, period; oldest decision first
  std::unordered_set<std::string> subjects_;
  std::vector<Worker> workers_;
};

}  // namespace hr::engine
