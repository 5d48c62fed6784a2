// Takes a file's facts into the store: only what is new or says something else. Internal to the store.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "store/database.h"
#include "store/fact_entries.h"
#include "store/store.h"

namespace hr::store {

// What one thread took of one KPI, period and block of subjects.
struct TakenList {
  uint32_t kpi = 0;     // place in FactsTaken::kpis
  uint32_t period = 0;  // place in FactsTaken::periods
  uint32_t block = 0;
  const EntryList* entries = nullptr;  // not empty
};

struct FactsTaken {
  std::span<const std::string> kpis;
  std::span<const Period> periods;
  std::vector<TakenList> lists;  // of all threads, those of one place in the order of threads
  bool several_a_line = false;   // a line with one fact too many gives none
};

FactsAppended append_facts(Database& database, const facts::Dictionary& subjects, uint32_t source,
                           const FactsTaken& taken, std::span<const Period> replace, int threads);

// False: there is no such fact.
bool withdraw_fact(Database& database, uint32_t source, uint32_t subject, std::string_view kpi, const Period& period);

}  // namespace hr::store
