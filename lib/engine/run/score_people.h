// Scores everybody of a cycle, over threads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/progress.h"
#include "facts/dataset_builder.h"
#include "model/result.h"
#include "scoring/score.h"
#include "store/store.h"

namespace hr::engine {

// From the facts that the dataset holds.
void score_people(const scoring::Scorer& scorer, std::span<model::PersonResult> results, int threads,
                  const Progress& progress);

// The same figures where the dataset holds no facts of people (CycleData::facts_left_out): they are read here, of some
// subjects after the other. `stands`: by person, 1 = the result is there and stays. True where nobody got other OKRs,
// feedback, status or reasons than `results` held.
struct FactsInSlices {
  store::StoredFacts& facts;
  uint64_t memory;  // bytes that facts should take, those of the next people too; a slice is one block of the store at
                    // least, and the next is not read ahead where both need more
};
bool score_people(const scoring::Scorer& scorer, const FactsInSlices& slices, facts::SubjectMap subjects,
                  std::vector<uint8_t> stands, std::span<model::PersonResult> results, int threads,
                  const Progress& progress);

}  // namespace hr::engine
