// Store::few_records(). Internal to the store.
#pragma once

#include <memory>

#include "store/database.h"
#include "store/store.h"

namespace hr::store {

std::unique_ptr<FewRecords> few_records(Database& database, Timestamp known);

}  // namespace hr::store
