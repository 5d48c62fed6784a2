// Rows of a file that are set aside, as the store keeps them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/import/import.h"
#include "store/store.h"

namespace hr::engine {

// Whether a row, with its fields as read, was set aside.
bool is_aside(const ImportedFile& file, uint32_t line, const std::vector<std::string>& fields);

// Stores those that do not wait there already, for the same reason, and counts them in file.newly_aside.
void append_quarantine_of(store::Store& store, ImportedFile& file);

}  // namespace hr::engine
