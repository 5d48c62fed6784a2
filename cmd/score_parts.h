// The table of everybody's scores in parts, for formats that allow that.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "facts/frame.h"
#include "model/definitions.h"
#include "render/render.h"
#include "report/reports.h"

namespace hr::cmd {

// The rows of a run in parts, at least one; each function for several threads at once.
struct ScoreParts {
  size_t count = 0;
  std::function<facts::Frame(size_t part)> decimals;  // of the plans: the column alone
  std::function<facts::Frame(size_t part)> scores;    // report::columns_of_scores()
};

// Refers to all but `threads`.
render::Parts table_in_parts(const ScoreParts& parts, const report::RunHeader& header,
                             const model::Definitions& definitions, int threads);

// The columns of ScoreParts::decimals.
std::span<const std::string_view> column_of_decimals();

}  // namespace hr::cmd
