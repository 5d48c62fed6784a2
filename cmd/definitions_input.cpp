#include "definitions_input.h"

#include "base/error.h"
#include "base/listed.h"
#include "engine/files.h"
#include "engine/workspace.h"

namespace hr::cmd {

static void require_some(const Session& session, const std::vector<std::string>& paths,
                         const std::vector<defs::DefinitionFile>& files) {
  if (files.empty() && paths.empty() && !session.workspace()->settings.definitions.empty()) {
    throw Error(ErrorKind::rejected, "no-definition-files/globs",
                {"hrctl.yaml", listed(session.workspace()->settings.definitions)});
  }
  if (files.empty()) {
    throw Error(ErrorKind::rejected, "no-definition-files",
                {paths.empty() ? engine::path_from_here(session.workspace()->root) : listed(paths)});
  }
}

static engine::WorkspaceFiles read_files(const Session& session, const std::vector<std::string>& paths) {
  return paths.empty() ? engine::files_of(session.require_workspace()) : engine::files_of(paths);
}

std::vector<defs::DefinitionFile> definitions_input(const Session& session, const std::vector<std::string>& paths) {
  engine::WorkspaceFiles files = read_files(session, paths);
  require_some(session, paths, files.definitions);
  return std::move(files.definitions);
}

engine::WorkspaceFiles files_input(const Session& session, const std::vector<std::string>& paths) {
  engine::WorkspaceFiles files = read_files(session, paths);
  if (files.reports.empty()) require_some(session, paths, files.definitions);
  return files;
}

}  // namespace hr::cmd
