// Findings about imported key results: made in another order than the rows', and named at the end. Of millions of names
// only theirs are looked at.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "facts/cells.h"
#include "facts/columns.h"
#include "facts/names.h"

namespace hr::facts {

struct KeyResultFinding {
  size_t row = 0;
  const char* message = "";
  Origin at;
  uint32_t key_result = kUnnamed;  // names that the message takes, in this order; kUnnamed = it does not
  uint32_t objective = kUnnamed;
};

class KeyResultFindings {
 public:
  void add(const KeyResultFinding& finding) { found_.push_back(finding); }
  // What was added of that row with that message.
  void take_back(size_t row, std::string_view message) {
    std::erase_if(found_, [&](const KeyResultFinding& f) { return f.row == row && f.message == message; });
  }
  // In the order of the rows, those of one row as they were added.
  void tell(const Names& key_results, const Names& objectives, Diagnostics& diagnostics) {
    std::stable_sort(found_.begin(), found_.end(),
                     [](const KeyResultFinding& a, const KeyResultFinding& b) { return a.row < b.row; });
    std::vector<std::string> of_key_results = texts(key_results, &KeyResultFinding::key_result);
    std::vector<std::string> of_objectives = texts(objectives, &KeyResultFinding::objective);
    auto key_result = of_key_results.begin();
    auto objective = of_objectives.begin();
    for (const KeyResultFinding& f : found_) {
      std::vector<std::string> args;
      if (f.key_result != kUnnamed) args.push_back(std::move(*key_result++));
      if (f.objective != kUnnamed) args.push_back(std::move(*objective++));
      diagnostics.push_back(make_warning(f.message, span_of(f.at), std::move(args)));
    }
  }

 private:
  std::vector<std::string> texts(const Names& names, uint32_t KeyResultFinding::*which) const {
    std::vector<uint32_t> wanted;
    for (const KeyResultFinding& f : found_) {
      if (f.*which != kUnnamed) wanted.push_back(f.*which);
    }
    return names.some(wanted);
  }

  std::vector<KeyResultFinding> found_;
};

}  // namespace hr::facts
