// hrctl calibrate apply FILE…: the moves of calibration files, laid on their run as a new run.
#include "base/error.h"
#include "command.h"
#include "engine/files.h"
#include "engine/run/calibration.h"
#include "options.h"
#include "version.h"

namespace hr::cmd {

namespace {

struct CalibrateApplyOptions {
  std::vector<std::string> files;
  std::string run;
  bool dry_run = false;
};

constexpr uint64_t kMostYaml = 64ULL << 20;  // defs has its own, tighter bound with a place in the message

engine::CalibrateRequest request_of(const Session& session, store::Store& store, const CalibrateApplyOptions& options) {
  engine::CalibrateRequest request;
  for (const std::string& file : options.files) request.files.push_back({file, engine::read_file(file, kMostYaml)});
  if (!options.run.empty()) request.run = find_run(store, {options.run, "", "", ""}).id;
  request.dry_run = options.dry_run;
  request.threads = session.threads();
  request.who_when = session.who_when();
  request.program_version = kVersion;
  return request;
}

void say_gaps(const Session& session, const std::vector<engine::QuotaGap>& gaps) {
  for (const engine::QuotaGap& gap : gaps) {
    const std::string group = gap.group.empty() ? i18n::text(session.language, "calibration-whole-run") : gap.group;
    const bool over = gap.people > gap.places;
    const std::vector<std::string> args{group, gap.band, std::to_string(gap.people), std::to_string(gap.places),
                                        std::to_string(over ? gap.people - gap.places : gap.places - gap.people)};
    if (over)
      session.warn("calibration-quota", args);
    else
      session.note("calibration-quota/under", args);
  }
}

int run_calibrate_apply(const Session& session, const CalibrateApplyOptions& options) {
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const engine::CalibrateRequest request = request_of(session, *store, options);
  const engine::CalibrateOutcome outcome = engine::calibrate(*store, request);
  session.print_diagnostics(outcome.diagnostics, request.files);
  if (has_errors(outcome.diagnostics)) {
    throw Error(ErrorKind::rejected, "calibration-refused",
                {std::to_string(count(outcome.diagnostics, Severity::error))});
  }
  const store::Run& made = outcome.scored.run;
  const std::string base = std::to_string(made.base_run);
  for (const store::CalibrationMove& m : outcome.moves)
    session.note("calibration-move", {m.employee, m.before.empty() ? "-" : m.before, m.after, m.who, m.why});
  say_gaps(session, outcome.gaps);
  if (outcome.other_run != 0) session.warn("calibration-other-run", {std::to_string(outcome.other_run), base});
  const std::string moves = std::to_string(outcome.moves.size());
  if (options.dry_run)
    session.note("calibration-done/dry", {moves, base});
  else
    session.note("calibration-done", {std::to_string(made.id), moves, base});
  return 0;
}

}  // namespace

void add_calibrate_apply(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<CalibrateApplyOptions>();
  CLI::App* leaf = add_leaf(parent, "apply", session);
  add_words(leaf, session, "FILE", options->files, true);
  add_value(leaf, session, "--run N", options->run);
  add_flag(leaf, session, "-n,--dry-run", options->dry_run);
  set_action(leaf, session, Prints::nothing, [&session, options] { return run_calibrate_apply(session, *options); });
}

}  // namespace hr::cmd
