// Facts held on their way into the store: what is read is what was put in; order and duplicates as the plain twin has
// them.
#include "store/fact_entries.h"

#include <algorithm>
#include <random>

#include "store/fact_places.h"
#include "store_fixture.h"

namespace hr::store {

namespace {

bool same(const PlacedFact& a, const PlacedFact& b) {
  return a.offset == b.offset && a.line == b.line && a.value == b.value && a.rest == b.rest;
}

std::vector<PlacedFact> random_facts(size_t n, uint32_t offsets) {
  std::mt19937_64 random(n);
  std::vector<PlacedFact> facts;
  uint32_t line = 0;
  for (size_t i = 0; i < n; ++i) {
    line += static_cast<uint32_t>(random() % 4 ? random() % 9 : random() % 100'000);
    PlacedFact fact{static_cast<uint32_t>(random() % offsets), line, {static_cast<int64_t>(random() % 1000), 2}, 0};
    if (random() % 5 == 0)
      fact.value = {static_cast<int64_t>(random() >> (1 + random() % 60)), static_cast<int32_t>(random() % 19)};
    if (random() % 5 == 0) fact.value.unscaled = -fact.value.unscaled;
    if (random() % 50 == 0) fact.rest = random();
    facts.push_back(fact);
  }
  return facts;
}

}  // namespace

TEST_CASE("entries of facts come back in order, whatever their values and lines are") {
  const std::vector<PlacedFact> edges{{0, 0, {0, 0}, 0},
                                      {65'535, UINT32_MAX, {INT64_MAX, 18}, UINT64_MAX},
                                      {1, 5, {INT32_MAX, 15}, 0},
                                      {2, 5 + 4094, {INT32_MIN, 0}, 0},
                                      {3, 5 + 4094 + 4095, {int64_t{INT32_MAX} + 1, 0}, 0},
                                      {4, 9000, {-1, 16}, 0},
                                      {5, 8999, {1, 1}, 0}};
  for (const std::vector<PlacedFact>& facts : {edges, random_facts(1, 9), random_facts(20'000, 65'536)}) {
    EntryArena arena;
    EntryList list;
    for (const PlacedFact& f : facts) list.append(arena, f);
    std::vector<PlacedFact> read;
    list.read(read);
    CHECK(list.size() == facts.size());
    CHECK(std::equal(read.begin(), read.end(), facts.begin(), facts.end(), same));
  }
}

TEST_CASE("facts of a place are put in the order of subject and line") {
  PlaceOrder order;
  std::vector<PlacedFact> distinct = random_facts(3'000, 65'536);  // each offset once
  for (size_t i = 0; i < distinct.size(); ++i) distinct[i].offset = static_cast<uint32_t>(i * 7'919 % 65'536);
  for (std::vector<PlacedFact> facts : {distinct, random_facts(5'000, 300), random_facts(5'000, 65'536),
                                        random_facts(9, 4), std::vector<PlacedFact>{}}) {
    std::vector<PlacedFact> expected = facts;
    std::stable_sort(expected.begin(), expected.end(), [](const PlacedFact& a, const PlacedFact& b) {
      return std::pair(a.offset, a.line) < std::pair(b.offset, b.line);
    });
    order.sort(facts);
    CHECK(std::equal(facts.begin(), facts.end(), expected.begin(), expected.end(), same));
  }
}

}  // namespace hr::store
