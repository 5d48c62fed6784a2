// Export: what the store holds of a table, as a Table with the canonical headings, so that it can be imported again.
#pragma once

#include "i18n/message.h"
#include "model/imported_table.h"
#include "store/store.h"
#include "table/table.h"

namespace hr::engine {

// Assignments and org units whose files carried different columns have a column `_columns` that says which columns each
// row's file had: without it an empty field would say that there is nothing.
table::Table export_table(store::Store& store, model::TableId table, store::Timestamp known);
// The spells of everybody over all time, as they follow from employees and assignments: what was in force when. No
// table to import.
table::Table export_spells(store::Store& store, store::Timestamp known);
// The rows set aside so far, with file, line, column, code.
table::Table export_quarantine(store::Store& store, store::Timestamp known, i18n::Language language);
// Values that a later import changed: old, new, when, from which file and line.
table::Table export_restatements(store::Store& store, store::Timestamp known);

}  // namespace hr::engine
