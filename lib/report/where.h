// --where: keeps the rows of a table for which an expression over its columns holds (docs/spec/expressions.md).
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "model/expression.h"
#include "table/table.h"

namespace hr::report {

// Problems of the expression go to `diagnostics` (file "--where"); with errors the table stays as it is.
// Lists are texts joined by ';' here: flags.contains("missed").
void keep_where(table::Table& table, const std::string& expression, Diagnostics& diagnostics);
// The same of a file: its problems stand where it is written.
void keep_where(table::Table& table, const model::Expression& expression, Diagnostics& diagnostics);

}  // namespace hr::report
