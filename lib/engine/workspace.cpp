#include "engine/workspace.h"

#include <fnmatch.h>

#include <algorithm>
#include <set>

#include "base/error.h"
#include "defs/custom_report.h"
#include "engine/files.h"

namespace hr::engine {

namespace fs = std::filesystem;

static constexpr uint64_t kMostYaml = 64ULL << 20;  // defs has its own, tighter bound with a place in the message

static bool is_yaml(const fs::path& path) {
  return path.extension() == ".yaml" || path.extension() == ".yml";
}

std::optional<Workspace> find_workspace(const fs::path& start, Diagnostics& diagnostics) {
  std::error_code ignored;
  fs::path folder = fs::absolute(start, ignored);
  for (;; folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / "hrctl.yaml", ignored)) break;
    if (folder == folder.parent_path()) return std::nullopt;
  }
  Workspace workspace;
  workspace.root = folder;
  const std::string path = path_from_here(folder / "hrctl.yaml");
  workspace.settings = defs::load_settings({path, read_file(path, kMostYaml)}, diagnostics);
  if (has_errors(diagnostics)) throw Error(ErrorKind::rejected, "settings-faulty", {path});
  return workspace;
}

// Relative paths of the YAML files below `root`, ascending; skips tests/, folders with a dot and workspaces within.
static std::vector<std::string> yaml_below(const fs::path& root) {
  std::vector<std::string> found;
  std::error_code error;
  fs::recursive_directory_iterator it(root, fs::directory_options::skip_permission_denied, error);
  for (; !error && it != fs::recursive_directory_iterator(); it.increment(error)) {
    const fs::path& path = it->path();
    const std::string name = path.filename().string();
    if (it->is_directory(error)) {
      const bool other = fs::exists(path / "hrctl.yaml", error);  // a workspace of its own
      if (name.starts_with(".") || name == "tests" || other) it.disable_recursion_pending();
    } else if (is_yaml(path) && name != "hrctl.yaml" && !name.starts_with(".") && it->is_regular_file(error)) {
      found.push_back(path.lexically_relative(root).generic_string());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

static bool wanted(const std::vector<std::string>& globs, const std::string& path) {
  return globs.empty() || std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
           return ::fnmatch(glob.c_str(), path.c_str(), 0) == 0;
         });
}

static void sort_in(std::string path, std::string text, WorkspaceFiles& files) {
  if (defs::is_custom_report(text))
    files.reports.push_back({std::move(path), std::move(text)});
  else if (defs::holds_definitions(text))
    files.definitions.push_back({std::move(path), std::move(text)});
}

WorkspaceFiles files_of(const Workspace& workspace) {
  WorkspaceFiles files;
  for (const std::string& path : yaml_below(workspace.root)) {
    const bool is_named = wanted(workspace.settings.definitions, path);
    std::string text = read_file((workspace.root / path).string(), kMostYaml);
    if (is_named || defs::is_custom_report(text)) sort_in(path, std::move(text), files);
  }
  return files;
}

WorkspaceFiles files_of(const std::vector<std::string>& paths) {
  WorkspaceFiles files;
  std::set<fs::path> taken;  // a file that is named twice is read once
  const auto take = [&](const std::string& name) {
    std::error_code ignored;
    if (!taken.insert(fs::weakly_canonical(name, ignored)).second && name != "-") return;
    sort_in(name, read_file(name, kMostYaml), files);
  };
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (!fs::is_directory(path, ignored)) {
      take(path);
      continue;
    }
    for (const std::string& below : yaml_below(path))
      take((fs::path(path) / below).lexically_normal().generic_string());
  }
  return files;
}

std::vector<defs::DefinitionFile> definition_files(const Workspace& workspace) {
  return files_of(workspace).definitions;
}

std::vector<defs::DefinitionFile> definition_files(const std::vector<std::string>& paths) {
  return files_of(paths).definitions;
}

std::vector<std::string> policy_test_files(const Workspace& workspace) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator it(workspace.root / "tests", error), end; !error && it != end; it.increment(error)) {
    if (is_yaml(it->path())) files.push_back(path_from_here(it->path()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace hr::engine
