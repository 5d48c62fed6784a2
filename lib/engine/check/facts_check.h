// Looks for suspicious facts: reads what is stored, lets analytics judge, and names what was found. Writes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "analytics/finding.h"
#include "base/date.h"
#include "engine/progress.h"
#include "model/definitions.h"
#include "store/store.h"

namespace hr::engine {

struct FactsCheckRequest {
  DateRange told;                        // findings are of periods that meet these days
  std::vector<std::string> kpis;         // empty = all; with some, nothing is said of raters
  std::vector<model::CheckRule> rules;   // empty = all
  store::Timestamp known = store::kNow;  // of records and facts
  int threads = 1;                       // ≥ 1; no result depends on it
  size_t most_places = 1'000;            // findings whose value, file and row are looked up
};

struct FactsCheckOutcome {
  std::vector<analytics::NamedFinding> findings;  // by KPI, period, subject, rule; those about raters first
  uint64_t facts = 0;                             // of the periods told, that were looked at
  uint64_t left_out = 0;                          // findings that were counted and not kept
  uint64_t accepted = 0;                          // findings that somebody has accepted, which are not told again

  uint64_t count(model::CheckSeverity severity) const;
};

// `definitions`: the applied ones; null = none: built-in thresholds and no bounds. What a fact is compared with reaches
// back two years before the days told.
FactsCheckOutcome check_facts(store::Store& store, const FactsCheckRequest& request,
                              const model::Definitions* definitions, const Progress& progress = {});

}  // namespace hr::engine
