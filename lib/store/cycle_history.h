// What happened to cycles, and targets that moved after their cycle had begun. Internal to the store.
#pragma once

#include <vector>

#include "store/database.h"
#include "store/store.h"

namespace hr::store {

void append_cycle_event(Database& database, const CycleEvent& event);
std::vector<CycleEvent> read_cycle_events(Database& database, Timestamp known);  // oldest first
void append_target_changes(Database& database, const std::vector<TargetChange>& changes);
std::vector<TargetChange> read_target_changes(Database& database, Timestamp known);  // oldest first

}  // namespace hr::store
