// Groups of more people than one thread looks at.
#include "facts/grouping.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "frames.h"

using namespace hr;
using namespace hr::test;
using facts::kNone;
using model::TableId;

TEST_CASE("people are in one group where they have the same text, number or unit, by one thread or several") {
  constexpr uint32_t kPeople = 40'000;
  auto input = first_half_2026();
  std::vector<std::string> lines{"employee_id,org_unit,job,fte"};
  for (uint32_t p = 0; p < kPeople; ++p) {
    const std::string number = std::to_string(10'000 + p);
    lines.push_back("E" + number + ",U" + std::to_string(p % 3) + ",J" + std::to_string(p % 5) + ",0." +
                    std::to_string(1 + p % 7));
  }
  input.employees = {frame(TableId::employees, lines)};
  const auto d = build(input);
  REQUIRE(d.people.size() == kPeople);
  std::vector<uint32_t> last(kPeople);
  for (uint32_t p = 0; p < kPeople; ++p) last[p] = p % 1'000 == 7 ? kNone : d.spells.last_of(p);
  struct Key {
    const char* name;
    uint32_t groups;
  };
  for (const Key& key : {Key{"unit_level_1", 3}, {"job", 5}, {"fte", 7}, {"", 1}, {"no_such_column", 1}}) {
    const std::vector<uint32_t> groups = facts::group_people(d, last, key.name, 3);
    CAPTURE(key.name);
    CHECK(groups == facts::group_people(d, last, key.name));
    REQUIRE(groups.size() == kPeople);
    size_t wrong = 0;
    for (uint32_t p = 0; p < kPeople; ++p) {
      if (last[p] != kNone) wrong += groups[p] != groups[p % key.groups] ? 1U : 0U;  // those begin, one a group
    }
    for (uint32_t g = 1; g < key.groups; ++g) wrong += groups[g] == groups[g - 1] ? 1U : 0U;
    CHECK(wrong == 0);
  }
}
