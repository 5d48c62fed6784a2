// A run's rows read back: the result that each was made of.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "model/definitions.h"
#include "model/result.h"

namespace hr::facts {

// The inverse of RunScores before people are ranked: rank and percentile are none. So is best_band, which no row tells.
class RunResults {
 public:
  static std::span<const std::string_view> columns();  // that `rows` must have
  // Keeps references to both. The definitions are those of the run.
  RunResults(const Frame& rows, const model::Definitions& definitions);

  model::PersonResult result(size_t row) const;

 private:
  const Column& column(std::string_view name) const { return *rows_.find(name); }
  void read_bands(const model::Definitions& definitions);

  const Frame& rows_;
  const Column &plan_, &status_, &reasons_, &flags_, &band_;
  std::vector<const Column*> figures_;        // in the order of columns()
  std::vector<uint32_t> plans_;               // by code, indexes into Definitions::plans
  std::vector<uint32_t> reason_bits_;         // by code
  std::vector<uint32_t> flag_bits_;           // by code
  std::vector<uint8_t> rated_;                // by code
  std::vector<std::vector<uint32_t>> bands_;  // by plan and code, indexes into the plan's scale
};

}  // namespace hr::facts
