// The table of everybody's scores, printed part after part where its format allows that.
#pragma once

#include <functional>

#include "facts/frame.h"
#include "model/definitions.h"
#include "report/reports.h"
#include "session.h"

namespace hr::cmd {

// The rows of a run in parts, at least one; each function for several threads at once.
struct ScoreParts {
  size_t count = 0;
  std::function<facts::Frame(size_t part)> decimals;  // of the plans: the column alone
  std::function<facts::Frame(size_t part)> scores;    // report::columns_of_scores()
};

// Only where session.prints_parts(); `ready` as Session::print() has it.
void print_score_parts(const Session& session, const ScoreParts& parts, const report::RunHeader& header,
                       const model::Definitions& definitions, const Session::Ready& ready = {});

// The columns of ScoreParts::decimals.
std::span<const std::string_view> column_of_decimals();

}  // namespace hr::cmd
