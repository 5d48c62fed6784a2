#include "definitions_input.h"

#include "base/error.h"
#include "engine/workspace.h"

namespace hr::cmd {

std::vector<defs::DefinitionFile> definitions_input(const Session& session, const std::vector<std::string>& paths) {
  std::vector<defs::DefinitionFile> files =
      paths.empty() ? engine::definition_files(session.require_workspace()) : engine::definition_files(paths);
  if (files.empty()) throw Error(ErrorKind::rejected, "no-definition-files");
  return files;
}

}  // namespace hr::cmd
