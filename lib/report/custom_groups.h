// The groups of a custom report: a row a group, with what its measures say of it.
#pragma once

#include <cstdint>

#include "model/custom_report.h"
#include "report/custom.h"

namespace hr::report {

// Groups ascend by their columns; without group_by there is one, of all rows. Names have been checked. Heading, order,
// limit and charts are the caller's.
table::Table grouped(const View& view, const model::CustomReport& report, uint32_t min_shown);

}  // namespace hr::report
