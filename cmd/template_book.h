// A workbook to fill in for a table: its headings with formats and drop-downs, and a sheet that explains them.
#pragma once

#include "i18n/message.h"
#include "model/definitions.h"
#include "model/imported_table.h"
#include "sheets/workbook.h"

namespace hr::cmd {

// `definitions`: whose ids are offered; may be none.
void write_template(model::TableId table, const model::Definitions* definitions, i18n::Language language,
                    const sheets::Sink& sink);

}  // namespace hr::cmd
