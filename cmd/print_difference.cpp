#include "print_difference.h"

#include "report/reports.h"

namespace hr::cmd {

void print_difference(const Session& session, const facts::RunDifference& difference, const engine::ComparedRun& before,
                      const engine::ComparedRun& after) {
  session.end_progress();
  const auto number = [](uint64_t n) { return std::to_string(n); };
  const report::DifferenceSummary s = report::summary_of(difference);
  if (s.differing == 0 && s.rank_only == 0) {
    session.note("diff/none", {number(s.compared)});
  } else {
    session.note("diff/summary",
                 {number(s.differing), number(s.compared), number(s.up), number(s.down), number(s.bands),
                  (s.coefficients.unscaled > 0 ? "+" : "") + to_string(s.coefficients)});
  }
  if (s.rank_only > 0) session.note("diff/rank-only", {number(s.rank_only)});
  session.print(report::diff(difference, std::to_string(before.id), after.id > 0 ? std::to_string(after.id) : "",
                             before.scored.cycle, *after.applied.definitions, session.data_language()));
}

}  // namespace hr::cmd
