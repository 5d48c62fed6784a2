// Export: what the store holds of a table, as a Table with the canonical headings, so that it can be imported again.
#pragma once

#include "i18n/message.h"
#include "model/imported_table.h"
#include "store/store.h"
#include "table/table.h"

namespace hr::engine {

// Assignments whose files carried different columns come as whole spells: every attribute on every day, of those people
// who have any.
table::Table export_table(store::Store& store, model::TableId table, store::Timestamp known);
// The rows set aside so far, with file, line, column, code.
table::Table export_quarantine(store::Store& store, store::Timestamp known, i18n::Language language);
// Values that a later import changed: old, new, when, from which file and line.
table::Table export_restatements(store::Store& store, store::Timestamp known);

}  // namespace hr::engine
