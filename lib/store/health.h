// Is everything in the store what was once written? Internal to the store.
#pragma once

#include "store/database.h"
#include "store/store.h"

namespace hr::store {

Store::Health check_health(Database& database);

}  // namespace hr::store
