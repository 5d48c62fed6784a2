// The facts of a file of one KPI, period and block of subjects: put in order, and what stands twice among them. Pure.
// Internal to the store.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "store/fact_entries.h"
#include "store/fact_segments.h"
#include "store/store.h"

namespace hr::store {

// Of lists that each go up by subject, as what each thread took of a file does that goes by subject: their facts as
// columns, in that order. False where one does not go up or a subject stands twice; what is in the columns then counts
// for nothing.
bool merge_ascending(std::span<const EntryList* const> lists, SegmentCells& cells, std::vector<uint32_t>& lines);

// Puts facts in the order of their subjects, facts of one subject in that of their lines, in reused memory.
class PlaceOrder {
 public:
  void sort(std::vector<PlacedFact>& facts);

 private:
  bool merge(std::vector<PlacedFact>& facts);    // false: they are not a few runs in order
  bool scatter(std::vector<PlacedFact>& facts);  // false: a subject stands twice

  std::vector<uint32_t> place_of_;  // by offset
  std::vector<uint64_t> there_;     // one bit an offset
  std::vector<PlacedFact> sorted_;
};

// Removes from ordered facts those that cannot be taken: of equal ones all but the first; when they differ nobody can
// tell which is right, so all go.
void remove_duplicates(std::vector<PlacedFact>& facts, std::vector<DuplicateFact>& duplicates);

}  // namespace hr::store
