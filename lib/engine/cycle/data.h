// Everything a cycle is scored from, as of a day and as known at a time: definitions and dataset.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "defs/load.h"
#include "engine/progress.h"
#include "facts/dataset.h"
#include "model/definitions.h"
#include "store/store.h"

namespace hr::engine {

struct AppliedDefinitions {
  store::DefinitionsVersion version;
  std::vector<defs::DefinitionFile> files;
  std::shared_ptr<const model::Definitions> definitions;  // copies share it; never null in what functions here give
};

// The definitions in force at `known`; none when nothing had been applied. Throws Error(system) when what is stored no
// longer reads (a newer program wrote it).
// `meanwhile` runs beside: definitions take as long to read as the names of a million people.
std::optional<AppliedDefinitions> applied_definitions(store::Store& store, store::Timestamp known,
                                                      const std::function<void()>& meanwhile = {});

// For datasets without objectives.
const model::Definitions& no_definitions();

struct CycleData;

struct CycleRequest {
  std::string cycle;
  std::optional<Date> as_of;  // none: the cycle's end, or today if earlier
  store::Timestamp known = store::kNow;
  Date today;
  bool with_facts = true;
  bool facts_in_slices = false;  // may leave people's facts out, where each is needed by nobody but its owner's score
  int threads = 1;
  // Asked once all but the dataset is there: whether it comes without objectives and feedback. None: it has them.
  std::function<bool(const CycleData&)> leaves_out_okrs = {};
  // Runs beside the building of the dataset, after what was asked above; `data` lacks it.
  std::function<void(const CycleData& data)> meanwhile = {};
  // What a comparison or a trial takes from elsewhere.
  std::optional<store::Timestamp> organisation_known = {};  // of employees, assignments and org units; none: `known`
  const AppliedDefinitions* applied = nullptr;              // none: those in force at `known`
};

struct CycleData {
  AppliedDefinitions applied;
  const model::Cycle* cycle = nullptr;  // into applied.definitions
  Date as_of;
  store::Timestamp known = 0;  // the time of the last thing that counted
  facts::Dataset dataset;
  bool facts_left_out = false;  // dataset.kpis has those of units alone
  Diagnostics diagnostics;      // warnings, with names of files
};

// Throws Error(rejected) when there are no definitions or no such cycle (with the nearest one named).
std::unique_ptr<CycleData> load_cycle(store::Store& store, const CycleRequest& request, const Progress& progress = {});

// Of large tables only what scores and their explanations read; empty = all.
std::span<const std::string_view> columns_to_score(model::TableId table);

// The definitions in force now. Throws Error(rejected), with the nearest id, when they have no such cycle.
AppliedDefinitions require_cycle(store::Store& store, const std::string& id);

// People and units as of a day, without a cycle and without facts: for reports of headcount and pay. `columns`: of
// employees and assignments, with their keys and days; empty = all.
facts::Dataset load_organisation(store::Store& store, Date as_of, store::Timestamp known, Diagnostics& diagnostics,
                                 std::span<const std::string_view> columns = {});
// What is found in loading it. Places are "source:N".
Diagnostics organisation_findings(store::Store& store, Date as_of);

// Places in imported records, "source:N", get the name of their file.
void name_sources(store::Store& store, Diagnostics& diagnostics);

// The name of an imported file by source id ("" = none).
std::string source_name(store::Store& store, uint32_t source);

}  // namespace hr::engine
