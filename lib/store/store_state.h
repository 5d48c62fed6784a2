// The few numbers that the store keeps about itself: its version, and the newest time recorded in it.
#pragma once

#include <string_view>

#include "store/database.h"
#include "store/store.h"

namespace hr::store {

int64_t state(Database& database, std::string_view name);
void set_state(Database& database, std::string_view name, int64_t value);

Timestamp latest_time(Database& database);
// Notes that something of time `time` is stored. Throws unless it is after `before`, the newest time when the
// transaction began: what was known at a time must never change.
void record_time(Database& database, Timestamp time, Timestamp before);

}  // namespace hr::store
