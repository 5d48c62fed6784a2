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
  const int64_t half = int64_t{1} << 26U;  // numbers of 27 bits lie below
  const std::vector<PlacedFact> edges{{0, 0, {0, 0}, 0},
                                      {65'535, UINT32_MAX, {INT64_MAX, 18}, UINT64_MAX},
                                      {1, 5, {half - 1, 7}, 0},
                                      {256, 5 + 255, {-half, 7}, 0},
                                      {511, 5 + 255 + 255, {-half, 8}, 0},
                                      {511, 5 + 255 + 255 + 256, {half, 0}, 0},
                                      {768, 6'000, {1, 1}, 0},
                                      {767, 6'000 + 65'535, {-half - 1, 2}, 0},
                                      {767, 6'000 + 65'535, {5, 2}, 7},
                                      {1'023, 6'000 + 2 * 65'535, {1, 1}, 0},
                                      {1'023, 6'000 + 3 * 65'535 + 1, {1, 1}, 0},
                                      {5, 8'999, {1, 1}, 0}};
  for (const std::vector<PlacedFact>& facts : {edges, random_facts(1, 9), random_facts(20'000, 65'536)}) {
    EntryArena arena;
    EntryList list;
    for (const PlacedFact& f : facts) list.append(arena, f);
    std::vector<PlacedFact> read;
    for (EntryReader reader(list); reader.next();) read.push_back(reader.fact());
    CHECK(list.size() == facts.size());
    const auto by_line = [](const PlacedFact& a, const PlacedFact& b) { return a.line < b.line; };
    CHECK(list.first_line() == std::min_element(facts.begin(), facts.end(), by_line)->line);
    CHECK(std::equal(read.begin(), read.end(), facts.begin(), facts.end(), same));
  }
}

TEST_CASE("lists that go up by subject become columns in that order; others are told") {
  std::vector<PlacedFact> facts = random_facts(3'000, 65'536);
  for (size_t i = 0; i < facts.size(); ++i) facts[i].offset = static_cast<uint32_t>(i * 21);  // the last is 62,979
  const auto merged = [](const std::vector<std::vector<PlacedFact>>& of_threads, SegmentCells& cells,
                         std::vector<uint32_t>& lines) {
    EntryArena arena;
    std::vector<EntryList> lists(of_threads.size());
    std::vector<const EntryList*> some;
    for (size_t t = 0; t < of_threads.size(); ++t) {
      for (const PlacedFact& fact : of_threads[t]) lists[t].append(arena, fact);
      some.push_back(&lists[t]);
    }
    return merge_ascending(some, cells, lines);
  };
  SegmentCells cells{{7}, {{1, 0}}};  // memory that was used before
  std::vector<uint32_t> lines{1, 2};
  struct Shares {
    size_t threads, run;  // so many facts in turn
  };
  for (const auto& [threads, run] : {Shares{1, 40}, Shares{2, 40}, Shares{5, 40}, Shares{2, 1}, Shares{3, 1}}) {
    std::vector<std::vector<PlacedFact>> of_threads(threads + 1);  // one has taken none
    for (size_t i = 0; i < facts.size(); ++i) of_threads[i / run * 7 % threads].push_back(facts[i]);
    REQUIRE(merged(of_threads, cells, lines));
    REQUIRE(cells.offsets.size() == facts.size());
    REQUIRE(cells.values.size() == facts.size());
    REQUIRE(lines.size() == facts.size());
    for (size_t i = 0; i < facts.size(); ++i)
      CHECK(same({cells.offsets[i], lines[i], cells.values[i], facts[i].rest}, facts[i]));
    std::vector<std::vector<PlacedFact>> twice = of_threads;  // a subject in two lists, or in one
    const auto by_offset = [](const PlacedFact& a, const PlacedFact& b) { return a.offset < b.offset; };
    const PlacedFact again = twice.front()[10];
    std::vector<PlacedFact>& other = twice[threads - 1];
    other.insert(std::upper_bound(other.begin(), other.end(), again, by_offset), again);
    CHECK_FALSE(merged(twice, cells, lines));
    std::swap(of_threads[0][17], of_threads[0][18]);
    CHECK_FALSE(merged(of_threads, cells, lines));
  }
  CHECK(merged({}, cells, lines));
  CHECK(cells.offsets.empty());
}

TEST_CASE("facts of a place are put in the order of subject and line") {
  PlaceOrder order;
  std::vector<PlacedFact> distinct = random_facts(3'000, 65'536);  // each offset once
  for (size_t i = 0; i < distinct.size(); ++i) distinct[i].offset = static_cast<uint32_t>(i * 7'919 % 65'536);
  std::vector<PlacedFact> two = distinct;  // what two threads took, each in order; some subjects stand in both
  std::vector<PlacedFact> five = distinct;
  const auto by_offset = [](const PlacedFact& a, const PlacedFact& b) { return a.offset < b.offset; };
  for (size_t i = 0; i < 1'500; ++i) two[i].offset = two[i + 1'500].offset + i % 2;
  for (const size_t border : {size_t{0}, size_t{1'500}}) std::sort(&two[border], &two[border] + 1'500, by_offset);
  for (size_t border = 0; border < 3'000; border += 600) std::sort(&five[border], &five[border] + 600, by_offset);
  for (std::vector<PlacedFact> facts : {distinct, two, five, random_facts(5'000, 300), random_facts(5'000, 65'536),
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
