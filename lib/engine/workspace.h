// A workspace: the folder with an hrctl.yaml, its settings and its definition files.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "defs/load.h"
#include "defs/settings.h"

namespace hr::engine {

struct Workspace {
  std::filesystem::path root;
  defs::Settings settings;
};

// The nearest folder from `start` upward that has an hrctl.yaml. A faulty hrctl.yaml throws Error(rejected) with its
// diagnostics in `diagnostics`.
std::optional<Workspace> find_workspace(const std::filesystem::path& start, Diagnostics& diagnostics);

// What people write beside the settings and the tests; ascending by path. Calibration and what-if files are neither.
struct WorkspaceFiles {
  std::vector<defs::DefinitionFile> definitions;
  std::vector<defs::DefinitionFile> reports;  // custom ones
};
// Every *.yaml below the root but hrctl.yaml, tests/ and folders beginning with a dot; of definitions those that
// `definitions:` names, where it names some. Paths are relative to the root.
WorkspaceFiles files_of(const Workspace& workspace);
// Of files and folders named on a command line, as they are named there.
WorkspaceFiles files_of(const std::vector<std::string>& paths);
// The definitions among them.
std::vector<defs::DefinitionFile> definition_files(const Workspace& workspace);
std::vector<defs::DefinitionFile> definition_files(const std::vector<std::string>& paths);
// tests/*.yaml of the workspace.
std::vector<std::string> policy_test_files(const Workspace& workspace);

}  // namespace hr::engine
