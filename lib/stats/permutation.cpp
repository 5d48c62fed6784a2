#include "stats/permutation.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include "base/parallel.h"

namespace hr::stats {

namespace {

__extension__ using Wide = __int128;
__extension__ using UnsignedWide = unsigned __int128;

constexpr uint64_t kPerPiece = 500;  // permutations that one generator draws, at most

// SplitMix64 (Steele, Lea, Flood 2014).
class Generator {
 public:
  explicit Generator(uint64_t seed) : state_(seed) {}
  // In [0, n): the high half of a product (Lemire 2019); for n of our size the bias is below 1e-12.
  size_t below(size_t n) { return static_cast<size_t>(UnsignedWide{next()} * n >> 64U); }

 private:
  uint64_t next() {
    uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  uint64_t state_;
};

// Figures of both groups, of which `chosen` are the smaller one's. n·(mean − mean of all)·chosen, in whole numbers,
// says how far the means of a choice and of the rest lie apart: the factor is the same for every choice of that size.
struct Deal {
  std::vector<int64_t> values;
  size_t chosen = 0;
  Wide total = 0;
  Wide observed = 0;

  Wide distance(Wide sum) const {
    const Wide d = static_cast<Wide>(values.size()) * sum - static_cast<Wide>(chosen) * total;
    return d < 0 ? -d : d;
  }
};

Deal deal_of(std::span<const Figure> group, std::span<const Figure> others) {
  if (group.size() > others.size()) std::swap(group, others);
  Deal deal;
  deal.chosen = group.size();
  Wide sum = 0;
  for (const Figure f : group) deal.values.push_back(f.nano);
  for (const int64_t v : deal.values) sum += v;
  for (const Figure f : others) deal.values.push_back(f.nano);
  for (const int64_t v : deal.values) deal.total += v;
  deal.observed = deal.distance(sum);
  return deal;
}

// Ways to choose; more than kMostExact: kMostExact + 1.
uint64_t ways(uint64_t n, uint64_t chosen) {
  uint64_t all = 1;
  for (uint64_t i = 1; i <= chosen; ++i) {
    all = all * (n - chosen + i) / i;  // divides evenly; below 1e5 · 1e6
    if (all > kMostExact) return kMostExact + 1;
  }
  return all;
}

// How many choices of `left` values from `first` on, beside those that sum up to `sum`, are as far as the observed one.
uint64_t count_all(const Deal& deal, size_t first, size_t left, Wide sum) {
  if (left == 0) return deal.distance(sum) >= deal.observed ? 1 : 0;
  uint64_t count = 0;
  for (size_t i = first; i + left <= deal.values.size(); ++i)
    count += count_all(deal, i + 1, left - 1, sum + deal.values[i]);
  return count;
}

// Of `draws` random choices, how many are as far: each is the front of a shuffled deck.
uint64_t count_drawn(const Deal& deal, uint64_t piece, uint64_t draws) {
  std::vector<int64_t> deck = deal.values;
  Generator generator(piece);
  uint64_t count = 0;
  for (; draws > 0; --draws) {
    Wide sum = 0;
    for (size_t i = 0; i < deal.chosen; ++i) {
      std::swap(deck[i], deck[i + generator.below(deck.size() - i)]);
      sum += deck[i];
    }
    count += deal.distance(sum) >= deal.observed ? 1U : 0U;
  }
  return count;
}

}  // namespace

PermutationTest permutation_test(std::span<const Figure> group, std::span<const Figure> others, int threads) {
  assert(!group.empty() && !others.empty());
  const Deal deal = deal_of(group, others);
  const uint64_t all = ways(deal.values.size(), deal.chosen);
  if (all <= kMostExact) {
    const uint64_t count = count_all(deal, 0, deal.chosen, 0);
    return {static_cast<double>(count) / static_cast<double>(all), all, true};
  }
  const uint64_t draws = deal.values.size() > kManyValues ? kFewPermutations : kPermutations;
  std::vector<uint64_t> counts((draws + kPerPiece - 1) / kPerPiece);
  for_pieces(counts.size(), threads, [&](size_t piece, size_t) {
    counts[piece] = count_drawn(deal, piece, std::min(kPerPiece, draws - piece * kPerPiece));
  });
  uint64_t count = 1;
  for (const uint64_t c : counts) count += c;
  return {static_cast<double>(count) / static_cast<double>(draws + 1), draws, false};
}

}  // namespace hr::stats
