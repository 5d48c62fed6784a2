// Values of somebody else, or of the period before.
#include <algorithm>

#include "made_up_facts.h"

namespace hr::analytics {

TEST_CASE("duplicate: one run of values of two subjects") {
  Table table = lively();
  for (size_t m = 2; m < 7; ++m) table.rows[30][m] = table.rows[3][m];
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::duplicate);
  CHECK(found[0].subject == 30);
  CHECK(*found[0].other == 3);
  CHECK(found[0].n == 5);
  CHECK(*found[0].period == month(7));
  // 40 × 39 / 2 pairs × 8 periods; each of five values has one of the 40 others in its month
  CHECK(*found[0].chance == Approx(780 * 8 * std::pow(1.0 / 40, 5)));
  CHECK(found_repeats(table, facts::kNone).empty());  // units
  for (size_t i = 0; i < 40; i += 2) table.rows[i + 1] = table.rows[i];
  CHECK(found_repeats(table).empty());  // people share this KPI
}

TEST_CASE("duplicate: a run of two subjects in which values repeat is told once, from its beginning") {
  const std::vector<std::vector<double>> runs{{1500, 1500, 1500, 1601, 1702, 1803, 1904},   // no two changes at first
                                              {1500, 1601, 1702, 1702, 1702, 1803, 1904}};  // nor here in the middle
  for (const std::vector<double>& run : runs) {
    for (const int first : {0, 1}) {
      Table table = lively();
      for (const size_t i : {size_t{3}, size_t{30}}) std::copy(run.begin(), run.end(), table.rows[i].begin() + first);
      const auto found = found_repeats(table);
      REQUIRE(found.size() == 1);
      CHECK(found[0].rule == CheckRule::duplicate);
      CHECK(found[0].subject == 30);
      CHECK(*found[0].other == 3);
      CHECK(found[0].n == 7);
      CHECK(*found[0].other_period == month(first + 1));
      // a value that repeats tells nothing new: five do
      CHECK(*found[0].chance == Approx(780 * 8 * std::pow(1.0 / 40, 5)));
    }
  }
}

TEST_CASE("duplicate: two of three subjects with one run share more of it") {
  Table table = lively();
  for (const size_t i : {size_t{11}, size_t{30}}) std::copy_n(table.rows[3].begin(), 4, table.rows[i].begin());
  CHECK(found_repeats(table).empty());  // 780 × 8 × (2/40)^4 = 0.04: three times four values may be chance
  std::copy_n(table.rows[11].begin(), 7, table.rows[30].begin());
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 1);
  CHECK(found[0].subject == 30);
  CHECK(*found[0].other == 11);
  CHECK(found[0].n == 7);
  CHECK(*found[0].chance == Approx(780 * 8 * std::pow(2.0 / 40, 4) * std::pow(1.0 / 40, 3)));
}

TEST_CASE("duplicate: three subjects with one run are two findings") {
  Table table = lively();
  for (const size_t i : {size_t{12}, size_t{30}}) table.rows[i] = table.rows[3];
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 2);
  CHECK(found[0].subject == 12);
  CHECK(*found[0].other == 3);
  CHECK(found[1].subject == 30);
  CHECK(*found[1].other == 3);
}

TEST_CASE("duplicate: the month before once more for neighbours") {
  Table table = lively();
  for (size_t i = 10; i < 25; ++i) table.rows[i][4] = table.rows[i][3];
  const auto found = found_repeats(table);
  REQUIRE(found.size() == 1);
  CHECK(found[0].rule == CheckRule::duplicate);
  CHECK_FALSE(found[0].value);
  CHECK(found[0].subject == 10);
  CHECK(*found[0].other == 24);
  CHECK(*found[0].other_period == month(4));
  // 320 facts. In the other months 40 × 6 pairs, of which none repeats: 1/242 for 14 of them; subject 13's value is
  // that of subject 1, one of 40
  CHECK(*found[0].chance == Approx(320 * std::pow(1.0 / 242, 14) / 40));
}

}  // namespace hr::analytics
