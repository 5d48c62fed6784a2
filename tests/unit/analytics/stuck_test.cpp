// One value again and again.
#include "made_up_facts.h"

namespace hr::analytics {

TEST_CASE("stuck: the same where values hardly ever repeat") {
  Table table = lively();
  CHECK(found_repeats(table).empty());
  for (size_t m = 2; m < 8; ++m) table.rows[5][m] = 1077;
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::stuck);
  CHECK(found[0].subject == 5);
  CHECK(found[0].n == 6);
  CHECK(*found[0].other_period == month(3));
  // 40 subjects have 7 pairs each; without the run's own 5 no pair of the other 275 repeats, and nobody else has 1077
  CHECK(*found[0].chance == Approx(40 * std::pow(1.0 / 277, 5)));
  for (auto& row : table.rows) row.assign(8, row[0]);
  CHECK(found_repeats(table).empty());  // here it is usual
}

TEST_CASE("stuck: a run ends where a period is missing") {
  // Months that do not follow one another are no pairs: of seven values in a row six pairs, none of which repeats, so
  // p = (0 + 1) / (6 + 2), and even three repeats would be no finding: 2 p³ = 0.0039.
  const double none = NAN;
  Table table{{{77.7, none, 77.7, none, 77.7, none, 77.7}, {10.1, 11.2, 12.3, 13.4, 14.5, 15.6, 16.7}}};
  CHECK(found_repeats(table).empty());
  Table longer = lively();
  for (size_t m = 0; m < 8; ++m) longer.rows[5][m] = m == 3 ? none : 1077;
  const auto found = found_repeats(longer);
  REQUIRE(found.size() == 1);
  CHECK(found[0].n == 4);  // months 5 to 8; three before the gap are too few
  CHECK(*found[0].other_period == month(5));
  // 39 subjects have 7 pairs each, subject 5 has 2 before the gap, which repeat, and the run's own 3
  CHECK(*found[0].chance == Approx(40 * std::pow(3.0 / 277, 3)));
}

}  // namespace hr::analytics
