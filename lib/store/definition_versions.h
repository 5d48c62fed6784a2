// Applied definitions: every version whole, files that did not change kept once. Internal to the store.
#pragma once

#include <optional>
#include <vector>

#include "store/database.h"
#include "store/store.h"

namespace hr::store {

DefinitionsVersion append_definitions(Database& database, const std::vector<DefinitionFile>& files,
                                      DefinitionsVersion version);
std::optional<DefinitionsVersion> read_latest_definitions(Database& database, Timestamp known);
std::optional<DefinitionsVersion> read_definitions_version(Database& database, int64_t id);
std::vector<DefinitionFile> read_definition_files(Database& database, int64_t version);  // in the order given

}  // namespace hr::store
