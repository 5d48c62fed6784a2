// The definition files that a command means: the paths given, else the workspace's.
#pragma once

#include <string>
#include <vector>

#include "defs/load.h"
#include "engine/workspace.h"
#include "session.h"

namespace hr::cmd {

// Throws Error(rejected) when there is no workspace, no such file, or no definition file at all.
std::vector<defs::DefinitionFile> definitions_input(const Session& session, const std::vector<std::string>& paths);

// The same with the custom reports there; no definitions are fine where there are reports.
engine::WorkspaceFiles files_input(const Session& session, const std::vector<std::string>& paths);

}  // namespace hr::cmd
