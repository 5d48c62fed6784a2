// hrctl.yaml: the settings of a workspace or of a user. Only syntax and types; cmd decides what goes before what.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "defs/load.h"

namespace hr::defs {

struct Settings {
  std::optional<std::string> store;      // path of the store, relative to the workspace
  std::optional<std::string> lang;       // en | zh
  std::vector<std::string> definitions;  // globs; empty = every *.yaml below
  std::optional<std::string> encoding;
  std::optional<int> threads;
  std::optional<std::string> memory;  // a size: 700MB
  std::optional<std::string> color;   // auto | always | never
  std::optional<int> min_shown;       // smallest group whose figures are shown
};

Settings load_settings(const DefinitionFile& file, Diagnostics& diagnostics);

}  // namespace hr::defs
