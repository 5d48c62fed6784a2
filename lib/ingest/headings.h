// Headings that people really write, in Chinese and English, and the canonical column each stands for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/imported_table.h"

namespace hr::ingest {

// The canonical column that `heading` names in `table`: its own name or a synonym, without regard to case, width,
// blanks and a star for "required". None: no column that we know.
std::optional<std::string> canonical_column(model::TableId table, std::string_view heading);

}  // namespace hr::ingest
