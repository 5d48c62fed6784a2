#include "stats/permutation.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <utility>

#include "base/parallel.h"

namespace hr::stats {

namespace {

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

// Ways to choose; more than kMostExact: kMostExact + 1.
uint64_t ways(uint64_t n, uint64_t chosen) {
  uint64_t all = 1;
  for (uint64_t i = 1; i <= chosen; ++i) {
    all = all * (n - chosen + i) / i;  // divides evenly; below 1e5 · 1e6
    if (all > kMostExact) return kMostExact + 1;
  }
  return all;
}

}  // namespace

Permutations::Permutations(std::vector<Figure> all, int threads) : threads_(threads) {
  std::sort(all.begin(), all.end());
  values_.reserve(all.size());
  for (const Figure f : all) values_.push_back(f.nano);
  for (const int64_t v : values_) total_ += v;
}

// n·(mean of the chosen − mean of all)·chosen, in whole numbers: for every choice of that size, and of the rest, the
// same multiple of how far the means of both lie apart.
Wide Permutations::distance(Wide sum, size_t chosen) const {
  const Wide d = static_cast<Wide>(values_.size()) * sum - static_cast<Wide>(chosen) * total_;
  return d < 0 ? -d : d;
}

// Choices of `left` values from `first` on, beside those that sum up to `sum`.
void Permutations::deal_all(size_t first, size_t left, Wide sum, size_t chosen, std::vector<Wide>& out) const {
  if (left == 0) return out.push_back(distance(sum, chosen));
  for (size_t i = first; i + left <= values_.size(); ++i) deal_all(i + 1, left - 1, sum + values_[i], chosen, out);
}

// Each is the front of a shuffled deck.
std::vector<Wide> Permutations::draw(uint64_t piece, uint64_t draws, size_t chosen) const {
  std::vector<int64_t> deck = values_;
  Generator generator(piece);
  std::vector<Wide> distances;
  for (; draws > 0; --draws) {
    Wide sum = 0;
    for (size_t i = 0; i < chosen; ++i) {
      std::swap(deck[i], deck[i + generator.below(deck.size() - i)]);
      sum += deck[i];
    }
    distances.push_back(distance(sum, chosen));
  }
  return distances;
}

const Permutations::Dealt& Permutations::dealt(size_t chosen) {
  const auto [at, is_new] = by_size_.try_emplace(chosen);
  Dealt& dealt = at->second;
  if (!is_new) return dealt;
  dealt.exact = ways(values_.size(), chosen) <= kMostExact;
  if (dealt.exact) {
    deal_all(0, chosen, 0, chosen, dealt.distances);
  } else {
    const uint64_t draws = values_.size() > kManyValues ? kFewPermutations : kPermutations;
    std::vector<std::vector<Wide>> pieces((draws + kPerPiece - 1) / kPerPiece);
    for_pieces(pieces.size(), threads_, [&](size_t piece, size_t) {
      pieces[piece] = draw(piece, std::min(kPerPiece, draws - piece * kPerPiece), chosen);
    });
    for (const std::vector<Wide>& piece : pieces)
      dealt.distances.insert(dealt.distances.end(), piece.begin(), piece.end());
  }
  std::sort(dealt.distances.begin(), dealt.distances.end());
  return dealt;
}

PermutationTest Permutations::test(std::span<const Figure> group) {
  assert(!group.empty() && group.size() < values_.size());
  Wide sum = 0;
  for (const Figure f : group) sum += f.nano;
  const Wide observed = distance(sum, group.size());
  const Dealt& dealt = this->dealt(std::min(group.size(), values_.size() - group.size()));
  const auto first = std::lower_bound(dealt.distances.begin(), dealt.distances.end(), observed);
  const auto as_far = static_cast<double>(std::distance(first, dealt.distances.end()));
  const auto all = static_cast<double>(dealt.distances.size());
  const double p = dealt.exact ? as_far / all : (as_far + 1) / (all + 1);
  return {p, dealt.distances.size(), dealt.exact};
}

}  // namespace hr::stats
