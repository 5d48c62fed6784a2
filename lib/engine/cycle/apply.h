// Apply: checked definitions → a new version in the store; says what changes against the version before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "defs/load.h"
#include "engine/cycle/definition_changes.h"
#include "engine/cycle/goalposts.h"
#include "engine/who_when.h"
#include "store/store.h"

namespace hr::engine {

struct ApplyRequest {
  std::vector<defs::DefinitionFile> files;
  defs::Loaded loaded;  // what load_definitions() made of them
  std::string reason;
  bool dry_run = false;
  WhoWhen who_when;
  bool tells_changes = true;  // false: outcome.changes stays empty
};

struct ApplyOutcome {
  Diagnostics diagnostics;                // errors: nothing was applied
  std::vector<DefinitionChange> changes;  // empty: the same as what is applied
  std::vector<MovedGoalpost> goalposts;   // of open cycles that have begun: recorded, with the reason
  bool needs_reason = false;              // refused: goalposts moved and no reason was given
  bool stored = false;
  store::DefinitionsVersion version;  // the new one, or the one in force when nothing changed
};

ApplyOutcome apply(store::Store& store, const ApplyRequest& request);

}  // namespace hr::engine
