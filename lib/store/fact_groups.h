// The rows of a frame of facts, put in order: by KPI, period, subject. Pure. Internal to the store.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/period.h"
#include "facts/frame.h"

namespace hr::store {

// The four columns of a frame of facts; throws std::logic_error when they are not there, or a cell is missing.
struct FactColumns {
  explicit FactColumns(const facts::Frame& frame);
  const facts::Column& subject;
  const facts::Column& kpi;
  const facts::Column& period;
  const facts::Column& value;
};

struct FactGroup {
  uint32_t kpi = 0;  // code in the frame
  Period period;
  std::span<const uint32_t> rows;      // of the frame, ascending by subject number, of equal ones by row
  std::span<const uint32_t> subjects;  // their numbers
};

class FactGroups {
 public:
  // number_of: the store's number of each subject code of the frame; `subjects`: how many numbers there are.
  FactGroups(const FactColumns& columns, const std::vector<uint32_t>& number_of, size_t subjects);
  const std::vector<FactGroup>& all() const { return groups_; }  // by KPI code, then period

 private:
  struct Places;

  bool scatter(const Places& places, const std::vector<uint32_t>* order);
  void sort(const Places& places);

  std::vector<uint32_t> rows_;      // by place, then subject
  std::vector<uint32_t> subjects_;  // of each of rows_
  std::vector<FactGroup> groups_;
};

}  // namespace hr::store
