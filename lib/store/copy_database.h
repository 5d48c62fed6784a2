// A copy of a store in memory, as it was at some time. Internal to the store.
#pragma once

#include <memory>

#include "store/database.h"

namespace hr::store {

// Everything recorded up to `known`, with the same numbers; what came later is not in it.
std::unique_ptr<Database> copy_database(Database& from, Timestamp known);

}  // namespace hr::store
