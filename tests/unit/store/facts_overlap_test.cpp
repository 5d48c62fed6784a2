// Facts whose periods overlap those of others. Which do is worked out by hand from the rules in store.h.
#include "store_fixture.h"

namespace hr::store {

static std::vector<uint32_t> lines_of(const std::vector<OverlappingFact>& facts) {
  std::vector<uint32_t> lines;
  for (const OverlappingFact& f : facts) lines.push_back(f.line);
  return lines;
}

TEST_CASE("facts whose periods overlap stored ones of the same subject and KPI are handed back") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026Q1", "1"}, {"E2", "a", "2026Q2", "2"}, {"E3", "b", "2026Q1", "3"}});
  const auto result = import_facts(*store, 20,
                                   {{"E1", "a", "2026-01", "9"},
                                    {"E2", "a", "2026-01", "9"},
                                    {"E3", "a", "2026-01", "9"},
                                    {"E1", "a", "2026-04", "9"}});
  CHECK(lines_of(result.overlapping) == std::vector<uint32_t>{2});
  CHECK(result.added == 3);
  CHECK(all_facts_of(*store) ==
        Lines{"a|2026-01|E2|9", "a|2026-01|E3|9", "a|2026Q1|E1|1", "a|2026-04|E1|9", "a|2026Q2|E2|2", "b|2026Q1|E3|3"});
}

TEST_CASE("incoming facts that overlap one another are all handed back") {
  const auto store = open_store(":memory:");
  const auto result = import_facts(*store, 10,
                                   {{"E1", "a", "2026", "1"},
                                    {"E2", "a", "2026-01", "2"},
                                    {"E1", "a", "2026-W05", "3"},
                                    {"E1", "a", "2026-03-05", "4"},
                                    {"E1", "b", "2026-01", "5"}});
  CHECK(lines_of(result.overlapping) == std::vector<uint32_t>{2, 4, 5});
  CHECK(all_facts_of(*store) == Lines{"a|2026-01|E2|2", "b|2026-01|E1|5"});
}

TEST_CASE("a week overlaps both months it lies in") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026-W05", "1"}});  // 26 January to 1 February
  CHECK(import_facts(*store, 20, {{"E1", "a", "2026-01", "1"}}).overlapping.size() == 1);
  CHECK(import_facts(*store, 30, {{"E1", "a", "2026-02", "1"}}).overlapping.size() == 1);
  CHECK(import_facts(*store, 40, {{"E1", "a", "2026-03", "1"}}).overlapping.empty());
}

TEST_CASE("a withdrawn fact does not stand in the way of one that overlaps it") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026Q1", "1"}, {"E2", "a", "2026Q1", "2"}});
  const auto replaced = import_facts(*store, 20, {{"E1", "a", "2026-01", "9"}, {"E2", "a", "2026Q1", "2"}},
                                     {period("2026Q1"), period("2026-01")});
  CHECK(replaced.overlapping.empty());
  CHECK(replaced.withdrawn == 1);
  CHECK(import_facts(*store, 30, {{"E1", "a", "2026-02", "8"}}).overlapping.empty());
  CHECK(all_facts_of(*store) == Lines{"a|2026-01|E1|9", "a|2026Q1|E2|2", "a|2026-02|E1|8"});
}

}  // namespace hr::store
