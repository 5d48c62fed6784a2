// Facts of one subject and KPI whose periods overlap without being equal: a quarter and one of its months. Internal to
// the store.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/period.h"

namespace hr::store {

// Subject numbers of one KPI that have a fact, by period.
class SubjectSet {
 public:
  void add(uint32_t subject);
  void remove(uint32_t subject);
  void add(const SubjectSet& other);
  bool has(uint32_t subject) const {
    return subject / 64 < bits_.size() && ((bits_[subject / 64] >> (subject % 64)) & 1U);
  }

 private:
  std::vector<uint64_t> bits_;
};

// For each period the others that overlap it. `periods` ascending, distinct. Empty when all are of one kind.
std::map<Period, std::vector<Period>> overlapping_periods(const std::vector<Period>& periods);

}  // namespace hr::store
