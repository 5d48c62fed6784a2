// Findings about facts that somebody accepted in the review queue: they are not told again.
#pragma once

#include <string>
#include <vector>

#include "store/review.h"

namespace hr::engine {

// What identifies a finding. The value belongs to it: a fact that changes is looked at anew.
std::string finding_key(const store::Finding& finding);
// The keys of findings whose newest decision, of those known, is to accept them.
std::vector<std::string> accepted_findings(store::Store& store, store::Timestamp known);

}  // namespace hr::engine
