// Which groups of people are too small to say anything about, and which others must be silent with them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "report/rows.h"
#include "table/table.h"

namespace hr::report {

enum class Shown : uint8_t {
  shown,
  suppressed,     // fewer people than may be shown
  complementary,  // enough people, but what is hidden could be had by subtraction
};

// By group, from the number of people in each. Fewer than `min_shown` are suppressed; then the smallest of the others
// (of equal ones the first), until those hidden are at least two groups with `min_shown` people together: totals less
// what is shown then tell nothing about few.
std::vector<Shown> shown_groups(std::span<const uint32_t> people, uint32_t min_shown);
bool any_hidden(std::span<const Shown> groups);

// A column of the number of people, and one that says why a row has no figures: `suppressed`, `complementary`, or
// missing.
table::Column people_column(const char* key, const char* en, const char* zh, uint32_t min_shown);
table::Column shown_column();
// Fills both, `key` and "state": the number stays missing where it is itself what must not be known.
void put_people(Rows& rows, const char* key, uint32_t people, Shown shown);
// Says in the table's facts from how many people on figures are shown, and in a note that some are not. `state`: the
// column that says why, which all formats then show.
void note_small_groups(table::Table& table, uint32_t min_shown, bool any_hidden, const char* state = "state");

}  // namespace hr::report
