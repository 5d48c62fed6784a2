// Files of custom reports (docs/formats/custom-reports.md): one report a file, known by its top-level key `report:`.
#pragma once

#include <string_view>

#include "base/diagnostic.h"
#include "defs/load.h"
#include "model/custom_report.h"

namespace hr::defs {

// Whether a YAML file of a workspace is a custom report: a line begins with `report:`. It holds no definitions then.
bool is_custom_report(std::string_view text);

struct LoadedReport {
  model::CustomReport report;  // usable only when diagnostics has no errors
  Diagnostics diagnostics;     // in order of line and column
};
LoadedReport load_custom_report(const DefinitionFile& file);

}  // namespace hr::defs
