// Custom reports (docs/formats/custom-reports.md): rows of a view as their file says: kept, grouped, ordered, drawn.
// Knows tables only: what the rows are about is the view's affair.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "model/custom_report.h"
#include "table/table.h"

namespace hr::report {

// The rows that a custom report is made of.
struct View {
  table::Table table;
  std::string person;                          // key of the column that says whose row it is; empty = of no person
  std::vector<std::string_view> on_request{};  // columns that are there only for who names them
};

// None when the file names what the view does not have: then it is in `diagnostics`. A group of fewer than `min_shown`
// people has no figures, nor has a measure that fewer of its people have; with them go the smallest others, as
// small_groups.h says. Rows of single people are shown as they are.
std::optional<table::Table> custom(View view, const model::CustomReport& report, uint32_t min_shown,
                                   Diagnostics& diagnostics);

}  // namespace hr::report
