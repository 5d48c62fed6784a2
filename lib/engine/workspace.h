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

// Every *.yaml below the root but hrctl.yaml, tests/ and folders beginning with a dot, or what `definitions:` names;
// ascending by path, paths relative to the root. Calibration files are no definitions, here and below.
std::vector<defs::DefinitionFile> definition_files(const Workspace& workspace);
// Of files and folders named on a command line, as they are named there.
std::vector<defs::DefinitionFile> definition_files(const std::vector<std::string>& paths);
// tests/*.yaml of the workspace.
std::vector<std::string> policy_test_files(const Workspace& workspace);

}  // namespace hr::engine
