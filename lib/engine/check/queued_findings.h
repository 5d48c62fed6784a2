// What facts check finds, as the review queue keeps it.
#pragma once

#include <vector>

#include "analytics/finding.h"
#include "store/review.h"

namespace hr::engine {

// Without an id. Its value is that of the fact, where it was looked up (FactsCheckRequest::most_places).
store::Finding stored_finding(const analytics::NamedFinding& named, store::Timestamp found_at);

// Inside a transaction; says how many of them did not wait there before.
size_t queue_findings(store::Store& store, const std::vector<analytics::NamedFinding>& findings,
                      store::Timestamp found_at);

}  // namespace hr::engine
