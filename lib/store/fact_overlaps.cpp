#include "store/fact_overlaps.h"

#include <algorithm>

namespace hr::store {

void SubjectSet::add(uint32_t subject) {
  if (subject / 64 >= bits_.size()) bits_.resize(subject / 64 + 1);
  bits_[subject / 64] |= uint64_t{1} << (subject % 64);
}

void SubjectSet::remove(uint32_t subject) {
  if (subject / 64 < bits_.size()) bits_[subject / 64] &= ~(uint64_t{1} << (subject % 64));
}

void SubjectSet::add(const SubjectSet& other) {
  bits_.resize(std::max(bits_.size(), other.bits_.size()));
  for (size_t i = 0; i < other.bits_.size(); ++i) bits_[i] |= other.bits_[i];
}

std::map<Period, std::vector<Period>> overlapping_periods(const std::vector<Period>& periods) {
  std::map<Period, std::vector<Period>> overlaps;
  const bool one_kind =
      std::all_of(periods.begin(), periods.end(), [&](const Period& p) { return p.kind == periods[0].kind; });
  if (one_kind) return overlaps;
  for (size_t i = 0; i < periods.size(); ++i) {
    const Date end = periods[i].range().to;
    for (size_t j = i + 1; j < periods.size() && periods[j].from < end; ++j) {  // those that begin inside it
      overlaps[periods[i]].push_back(periods[j]);
      overlaps[periods[j]].push_back(periods[i]);
    }
  }
  return overlaps;
}

}  // namespace hr::store
