// Tables that stand as CSV text in a YAML file, imported as any file is.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "defs/table_texts.h"
#include "engine/import/import.h"

namespace hr::engine {

struct ImportedTexts {
  Diagnostics errors;    // of a table as a whole: it could not be read
  Diagnostics rejected;  // rows that were set aside
};

// In the order in which tables may refer to one another. Diagnostics name a table as table_text_path() does.
ImportedTexts import_texts(store::Store& store, const defs::TableTexts& tables, const std::string& path,
                           const model::Definitions& definitions, const WhoWhen& who_when);

// What diagnostics call a table of a file: "tests/a.yaml:facts".
std::string table_text_path(std::string path, const std::string& table);

}  // namespace hr::engine
