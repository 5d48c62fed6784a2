// hrctl calibrate plan: a file per group of a run, for people to fill in and review.
#include <filesystem>

#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "engine/calibration/plan.h"
#include "engine/files.h"
#include "engine/run/calibration.h"
#include "options.h"

namespace hr::cmd {

namespace {

namespace fs = std::filesystem;

struct CalibratePlanOptions {
  std::string run, cycle, group_by, dir, shrinkage;
  bool force = false;
};

// Where the files go: --dir, else calibration/RUN of the workspace, or of the folder here.
fs::path folder_of(const Session& session, const CalibratePlanOptions& options, const store::Run& run) {
  if (!options.dir.empty()) return options.dir;
  const fs::path root = session.workspace() ? session.workspace()->root : fs::current_path();
  return engine::path_from_here(root / "calibration" / std::to_string(run.id));
}

// The schema of the workspace as seen from the folder; empty when there is none.
std::string schema_from(const Session& session, const fs::path& folder) {
  std::error_code ignored;
  if (!session.workspace()) return {};
  const fs::path schema = session.workspace()->root / ".schemas" / "calibration-file.schema.json";
  if (!fs::exists(schema, ignored)) return {};
  return fs::absolute(schema)
      .lexically_normal()
      .lexically_relative(fs::absolute(folder).lexically_normal())
      .generic_string();
}

void write_files(const fs::path& folder, const std::vector<engine::PlannedFile>& files, bool force) {
  std::error_code error;
  for (const engine::PlannedFile& file : files) {  // nothing is written before it is sure that nothing is overwritten
    if (!force && fs::exists(folder / file.name, error))
      throw Error(ErrorKind::rejected, "file-exists", {(folder / file.name).string()});
  }
  fs::create_directories(folder, error);
  if (error) throw Error(ErrorKind::system, "folder-unwritable", {folder.string(), error.message()});
  for (const engine::PlannedFile& file : files) engine::write_file(folder / file.name, file.text);
}

int run_calibrate_plan(const Session& session, const CalibratePlanOptions& options) {
  engine::CalibrationPlanRequest request;
  if (!options.shrinkage.empty())
    request.shrinkage = static_cast<int>(parse_count(options.shrinkage, "--shrinkage", 0, 1000));
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const store::Run run = find_run(*store, {options.run, options.cycle, "", ""});
  const engine::ScoreOutcome scored = engine::rescore(*store, run, session.threads(), session.progress());
  if (!options.group_by.empty()) request.group_by = engine::require_attribute(scored.data->dataset, options.group_by);
  const fs::path folder = folder_of(session, options, run);
  request.schema = schema_from(session, folder);
  request.language = session.language;
  request.who_when = session.who_when();
  const std::vector<engine::PlannedFile> files = engine::plan_calibration(scored, request);
  write_files(folder, files, options.force);
  for (const engine::PlannedFile& file : files)
    session.note("calibration-planned", {(folder / file.name).string(), std::to_string(file.people)});
  session.note("calibration-planned/all", {std::to_string(files.size()), std::to_string(run.id)});
  return 0;
}

}  // namespace

void add_calibrate_plan(CLI::App& parent, Session& session) {
  const auto options = std::make_shared<CalibratePlanOptions>();
  CLI::App* leaf = add_leaf(parent, "plan", session);
  add_value(leaf, session, "--run N", options->run);
  add_value(leaf, session, "--cycle ID", options->cycle);
  add_value(leaf, session, "--group-by KEY", options->group_by);
  add_value(leaf, session, "--to DIR", options->dir);
  add_value(leaf, session, "--shrinkage K", options->shrinkage);
  add_flag(leaf, session, "--force", options->force);
  set_action(leaf, session, Prints::nothing, [&session, options] { return run_calibrate_plan(session, *options); });
}

}  // namespace hr::cmd
