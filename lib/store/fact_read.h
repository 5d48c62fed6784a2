// Facts as they stand, or stood at some time: segments put together. Internal to the store.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "store/database.h"
#include "store/store.h"

namespace hr::store {

std::unique_ptr<StoredFacts> stored_facts(Database& database, DateRange range, Timestamp known);
// By KPI, period; of each the place among `subjects`.
std::vector<std::pair<uint32_t, FactCell>> read_facts_of(Database& database, std::span<const uint32_t> subjects,
                                                         DateRange range, Timestamp known);
std::vector<FactChange> read_fact_changes(Database& database, const facts::Dictionary& subjects, DateRange range,
                                          Timestamp earlier, Timestamp later);
std::vector<uint32_t> read_subjects_of_new_facts(Database& database, DateRange range, Timestamp earlier,
                                                 Timestamp later);
facts::Frame read_all_facts(Database& database, const facts::Dictionary& subjects, Timestamp known);
// By KPI, period, block, then in order of import.
std::vector<Restatement> fact_restatements(Database& database, const facts::Dictionary& subjects);

}  // namespace hr::store
