// After an import: what the organisation as stored leaves in doubt about the rows of its files.
#pragma once

#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "store/store.h"

namespace hr::engine {

// What the stored organisation as a whole leaves in doubt about rows of files of these names: overlapping spells,
// unknown managers and units, circles. Ascending by place.
struct Doubts {
  Diagnostics here;     // in the files as they are now
  Diagnostics earlier;  // in a file of the same name and other content that was imported before
};
Doubts doubts_about(store::Store& store, const std::vector<store::Source>& files, Date today);

// Whether organisation_findings() may find anything, on whatever day. A look at numbers, where that builds the whole
// organisation: nearly all imports leave nothing in doubt.
bool may_leave_doubts(store::Store& store);

}  // namespace hr::engine
