// What a KPI cannot be.
#include "made_up_facts.h"

namespace hr::analytics {

TEST_CASE("impossible: by the bounds") {
  KpiRules rules = all_rules();
  rules.min = 0;
  rules.max = 1;
  const auto found = found_in_group({1, {0.5, 1, 1.01, -0.2}}, rules);
  REQUIRE(found.size() == 2);
  CHECK(found[0].subject == 2);
  CHECK(*found[0].limit == 1);
  CHECK(found[0].severity == model::CheckSeverity::error);
  CHECK(*found[1].limit == 0);
  rules = all_rules();
  rules.integer = true;
  CHECK(found_in_group({1, {3, 3.5}}, rules).size() == 1);
}

}  // namespace hr::analytics
