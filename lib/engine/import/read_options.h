// How the files of an import are read: by its options, its mapping and the definitions.
#pragma once

#include "engine/import/steps.h"
#include "ingest/read.h"

namespace hr::engine {

// Throws Error(rejected) where the import asks for a mapping that is not there, or is of another table.
ingest::ReadOptions read_options(const Import& import);

}  // namespace hr::engine
