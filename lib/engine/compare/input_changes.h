// What is not the same in what two runs were scored from.
#pragma once

#include <vector>

#include "base/date.h"
#include "engine/cycle/definition_changes.h"
#include "facts/run_difference.h"
#include "model/imported_table.h"
#include "store/store.h"

namespace hr::engine {

// The tables whose records count as `cause`: data or organisation.
std::vector<model::TableId> tables_of(facts::Cause cause);

// Whether any file of those tables was imported after `earlier` and up to `later`.
bool anything_imported(store::Store& store, facts::Cause cause, store::Timestamp earlier, store::Timestamp later);

// Records of those tables that read otherwise at `later` than at `earlier`, facts of the days of `range` only. With
// earlier > later, before and after change places.
void append_record_changes(store::Store& store, facts::Cause cause, DateRange range, store::Timestamp earlier,
                           store::Timestamp later, std::vector<facts::ChangedInput>& out);

// Changes of definitions, each under the cause that its list belongs to.
void append_definition_changes(const std::vector<DefinitionChange>& changes, std::vector<facts::ChangedInput>& out);
facts::Cause cause_of_list(std::string_view kind);  // plans, scales, cycles: policy; else definition

}  // namespace hr::engine
