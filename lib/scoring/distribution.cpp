#include "scoring/distribution.h"

#include <algorithm>
#include <numeric>

namespace hr::scoring {

std::vector<uint32_t> largest_remainder(uint32_t n, std::span<const Figure> shares) {
  const int64_t total =
      std::accumulate(shares.begin(), shares.end(), int64_t{0}, [](int64_t sum, Figure f) { return sum + f.nano; });
  std::vector<uint32_t> parts(shares.size(), 0);
  if (total <= 0) return parts;
  std::vector<int64_t> remainder(shares.size());
  uint32_t left = n;
  for (size_t i = 0; i < shares.size(); ++i) {
    const int64_t product = shares[i].nano * int64_t{n};  // percents in 1e-9 times people: far from 2^63
    parts[i] = static_cast<uint32_t>(product / total);
    remainder[i] = product % total;
    left -= parts[i];
  }
  std::vector<size_t> order(shares.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return remainder[a] > remainder[b]; });
  for (size_t i = 0; i < left; ++i) ++parts[order[i]];
  return parts;
}

std::vector<BandPlaces> band_places(const PlanRules& plan, uint32_t n) {
  std::vector<BandPlaces> out;
  std::vector<Figure> shares;
  for (auto line = plan.bands.lines.rbegin(); line != plan.bands.lines.rend(); ++line) {  // best first
    const std::string& id = plan.bands.scale->bands[line->band].id;
    Figure share;
    for (const model::WeightedName& quota : plan.plan->distribution->quotas) {
      if (quota.name == id) share = snap(quota.weight.to_double()).value_or(Figure{});
    }
    out.push_back({line->band, 0});
    shares.push_back(share);
  }
  const std::vector<uint32_t> places = largest_remainder(n, shares);
  for (size_t i = 0; i < out.size(); ++i) out[i].places = places[i];
  return out;
}

namespace {

// The band of a place, 1 = best.
uint32_t band_at(const std::vector<BandPlaces>& bands, uint32_t place) {
  uint32_t end = 0;
  for (const BandPlaces& b : bands) {
    end += b.places;
    if (place <= end) return b.band;
  }
  return bands.empty() ? model::kNoBand : bands.back().band;
}

Place place_block(const PlanRules& plan, const std::vector<BandPlaces>& bands, uint32_t n, uint32_t first,
                  uint32_t last) {
  const uint32_t upper = band_at(bands, first);
  const uint32_t lower = band_at(bands, last);
  const bool up = plan.plan->distribution->ties == model::QuotaTies::up;
  Place place{0, 0, n, first, last, up ? upper : lower, upper != lower};
  if (n < static_cast<uint32_t>(std::max(0, plan.plan->distribution->min_group))) {
    place.band = model::kNoBand;
    place.tied = false;
  }
  return place;
}

// One group, best first. A block of equal scores goes whole to one band; the lines do not move for it.
void place_group(const PlanRules& plan, std::span<const Ranked> group, std::vector<Place>& out) {
  const auto n = static_cast<uint32_t>(group.size());
  const std::vector<BandPlaces> bands = band_places(plan, n);
  for (uint32_t begin = 0; begin < n;) {
    uint32_t end = begin + 1;
    while (end < n && group[end].figure == group[begin].figure) ++end;
    Place place = place_block(plan, bands, n, begin + 1, end);
    for (uint32_t i = begin; i < end; ++i) {
      place.person = group[i].person;
      place.group = group[i].group;
      out.push_back(place);
    }
    begin = end;
  }
}

}  // namespace

Place place_block(const PlanRules& plan, uint32_t size, uint32_t first, uint32_t last) {
  return place_block(plan, band_places(plan, size), size, first, last);
}

std::vector<Place> place_people(const PlanRules& plan, std::span<const Ranked> ranked) {
  std::vector<Place> out;
  out.reserve(ranked.size());
  for (size_t begin = 0; begin < ranked.size();) {
    size_t end = begin + 1;
    while (end < ranked.size() && ranked[end].group == ranked[begin].group) ++end;
    place_group(plan, ranked.subspan(begin, end - begin), out);
    begin = end;
  }
  return out;
}

}  // namespace hr::scoring
