#include "definitions_input.h"

#include "base/error.h"
#include "base/listed.h"
#include "engine/files.h"
#include "engine/workspace.h"

namespace hr::cmd {

std::vector<defs::DefinitionFile> definitions_input(const Session& session, const std::vector<std::string>& paths) {
  std::vector<defs::DefinitionFile> files =
      paths.empty() ? engine::definition_files(session.require_workspace()) : engine::definition_files(paths);
  if (files.empty() && paths.empty() && !session.workspace()->settings.definitions.empty()) {
    throw Error(ErrorKind::rejected, "no-definition-files/globs",
                {"hrctl.yaml", listed(session.workspace()->settings.definitions)});
  }
  if (files.empty()) {
    throw Error(ErrorKind::rejected, "no-definition-files",
                {paths.empty() ? engine::path_from_here(session.workspace()->root) : listed(paths)});
  }
  return files;
}

}  // namespace hr::cmd
