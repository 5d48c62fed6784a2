// A comparison of two runs, printed: the summary in words, then the table.
#pragma once

#include "engine/compare/compare_runs.h"
#include "session.h"

namespace hr::cmd {

void print_difference(const Session& session, const facts::RunDifference& difference, const engine::ComparedRun& before,
                      const engine::ComparedRun& after);

}  // namespace hr::cmd
