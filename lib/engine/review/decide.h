// Decisions about items of the review queue: recorded with who and why; the newest one counts and the others stay on
// record. About a row they are used when it is tried again or comes in another file; about a finding at once.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/import/import.h"
#include "engine/review/items.h"
#include "engine/who_when.h"

namespace hr::engine {

struct DecisionRequest {
  std::vector<std::string> items;  // names
  store::Verdict verdict = store::Verdict::accept;
  std::vector<std::pair<std::string, std::string>> changes;  // of correct: heading, text
  std::string reason;                                        // not empty
  WhoWhen who_when;
};

struct DecidedItem {
  Item item;             // as it was before
  bool is_news = false;  // else the newest decision said the same already, and nothing is recorded
};

struct Decisions {
  std::vector<DecidedItem> items;  // each once
  ImportOutcome import;            // of findings: facts that were restated or withdrawn. With rows set aside nothing is
                                   // recorded at all
};

// One transaction. Throws Error(rejected) for an item that is not there, has no such heading, is no whole row that
// could be corrected, or would be another record then; for a finding about no single fact that could be, or whose fact
// says something else by now.
Decisions decide(store::Store& store, const model::Definitions* definitions, const DecisionRequest& request);

}  // namespace hr::engine
