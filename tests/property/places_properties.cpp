// Where a score puts somebody: bands, ranks, percentiles, quotas.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "property/properties.h"
#include "scoring/distribution.h"

using namespace hr;
using namespace hr::scoring;
using namespace property;

namespace {

constexpr const char* kIds[] = {"A", "B", "C", "D", "E", "F"};

// Bands in any written order, all lines different.
model::Scale any_scale() {
  model::Scale scale;
  const auto n = static_cast<size_t>(whole("bands", 1, 6));
  Decimal from = moderate("lowest", 20, 9);
  for (size_t i = 0; i < n; ++i) {
    scale.bands.push_back({kIds[i], {}, from, {}, {}});
    from = *add(from, make_decimal(whole("width", 1, 30'000'000'000), 9));
  }
  scale.bands = in_order(scale.bands, order("written", n));
  return scale;
}

// 0 = the lowest band; −1 = none.
int height(const BandRules& rules, uint32_t band) {
  for (size_t i = 0; i < rules.lines.size(); ++i) {
    if (rules.lines[i].band == band) return static_cast<int>(i);
  }
  return -1;
}

uint32_t any_band(const BandRules& rules) {
  const auto n = static_cast<int64_t>(rules.lines.size());
  const int64_t i = whole("band", 0, n);
  return i == n ? model::kNoBand : rules.lines[static_cast<size_t>(i)].band;
}

std::vector<Ranked> any_people() {
  const auto n = static_cast<size_t>(whole("people", 1, 12));
  const std::vector<Figure> f = figures("score", n);
  const int64_t groups = whole("groups", 1, 3);
  std::vector<Ranked> people;
  for (uint32_t p = 0; p < n; ++p) {
    people.push_back({p, static_cast<uint32_t>(whole("group", 0, groups - 1)), f[p], 0, 0});
  }
  return people;
}

std::vector<Figure> any_shares() {
  std::vector<Figure> shares;
  for (int64_t n = whole("parts", 1, 6); n > 0; --n) {
    shares.push_back(
        {whole("kind", 0, 2) == 0 ? whole("share", 0, 20) * 5'000'000'000 : whole("share", 0, 100'000'000'000)});
  }
  return shares;
}

// A plan with a scale and quotas, the people of one or more groups ranked.
struct Distributed {
  model::Scale scale = any_scale();
  model::Plan plan;
  PlanRules rules;
  std::vector<Ranked> people = any_people();

  explicit Distributed() {
    plan.distribution.emplace();
    int64_t left = 100;
    for (const model::Band& band : scale.bands) {
      const bool last = &band == &scale.bands.back();
      const int64_t percent = last ? left : whole("percent", 0, left);
      left -= percent;
      if (percent > 0 || coin("named")) plan.distribution->quotas.push_back({band.id, make_decimal(percent), {}});
    }
    plan.distribution->min_group = static_cast<int>(whole("min group", 0, 4));
    rank_people(people, 1);
  }
  std::vector<Place> places(model::QuotaTies ties) {
    plan.distribution->ties = ties;
    rules.plan = &plan;
    rules.bands = make_band_rules(&scale);
    return place_people(rules, people);
  }
};

}  // namespace

TEST_CASE("bands: a better score never has a worse band; a band begins at its line and not a step before") {
  for_all(500, [] {
    const model::Scale scale = any_scale();
    const BandRules rules = make_band_rules(&scale);
    const Figure a = *snap(moderate("a", 150, 9).to_double());
    const Figure b{a.nano + whole("more", 0, 3) * one_of<int64_t>("of", {1, 1'000'000'000, 20'000'000'000})};
    AT_MOST(height(rules, band_of(rules, a)), height(rules, band_of(rules, b)));
    for (uint32_t i = 0; i < scale.bands.size(); ++i) {
      const Figure from = *snap(scale.bands[i].from.to_double());
      SAME(band_of(rules, from), i);
      SAME(height(rules, band_of(rules, Figure{from.nano - 1})), height(rules, i) - 1);
      SAME(find_band(rules, scale.bands[i].id), i);
    }
    SAME(find_band(rules, "nowhere"), model::kNoBand);
  });
}

TEST_CASE("bands: the worse of two is one of them, no band is the worst, the order has no say") {
  for_all(300, [] {
    const model::Scale scale = any_scale();
    const BandRules rules = make_band_rules(&scale);
    const uint32_t a = any_band(rules);
    const uint32_t b = any_band(rules);
    const uint32_t c = any_band(rules);
    SAME(worse_band(rules, a, b), worse_band(rules, b, a));
    SAME(worse_band(rules, a, a), a);
    SAME(worse_band(rules, worse_band(rules, a, b), c), worse_band(rules, a, worse_band(rules, b, c)));
    SAME(height(rules, worse_band(rules, a, b)), std::min(height(rules, a), height(rules, b)));
  });
}

TEST_CASE("ranks: one more than the number of better people of the group, whatever the order") {
  for_all(500, [] {
    std::vector<Ranked> people = any_people();
    const std::vector<Ranked> unranked = people;
    people = in_order(people, order("order", people.size()));
    rank_people(people, 1);
    SAME(people.size(), unranked.size());
    for (const Ranked& r : people) {
      const auto in_group = [&](const Ranked& o) { return o.group == r.group; };
      const auto better = [&](const Ranked& o) { return in_group(o) && o.figure > r.figure; };
      const auto size = std::count_if(unranked.begin(), unranked.end(), in_group);
      const auto ahead = std::count_if(unranked.begin(), unranked.end(), better);
      HOLDS(unranked[r.person].figure == r.figure && unranked[r.person].group == r.group);
      SAME(static_cast<int64_t>(r.rank), ahead + 1);
      SAME(static_cast<int64_t>(r.size), size);
      const Figure percentile = percentile_of(r.rank, r.size);
      const int64_t behind = 100 * (size - ahead - 1);
      if (size > 1) AT_MOST(std::abs(percentile.nano * (size - 1) - behind * kNano), size);
      if (size == 1 || ahead == 0) SAME(percentile, make_figure(100));
    }
  });
}

TEST_CASE("largest remainder: the parts add up, none is a whole place from its share, the scale has no say") {
  for_all(1000, [] {
    const std::vector<Figure> shares = any_shares();
    const auto n = static_cast<uint32_t>(whole("n", 0, 1000));
    const std::vector<uint32_t> parts = largest_remainder(n, shares);
    int64_t total = 0;
    for (const Figure f : shares) total += f.nano;
    SAME(std::accumulate(parts.begin(), parts.end(), 0U), total == 0 ? 0 : n);
    std::vector<Figure> scaled = shares;
    const int64_t by = whole("by", 2, 7);
    for (Figure& f : scaled) f.nano *= by;
    HOLDS(largest_remainder(n, scaled) == parts);
    for (size_t i = 0; i < parts.size() && total > 0; ++i) {
      const int64_t exact = shares[i].nano * n;  // in 1/total
      HOLDS(parts[i] * total > exact - total && parts[i] * total < exact + total);
      for (size_t k = 0; k < parts.size(); ++k) {  // who is rounded up has no smaller remainder than who is not
        const int64_t of_i = exact % total;
        const int64_t of_k = shares[k].nano * n % total;
        const bool up_i = parts[i] > exact / total;
        const bool up_k = parts[k] > shares[k].nano * n / total;
        if (up_k && !up_i) HOLDS(of_k > of_i || (of_k == of_i && k < i));
      }
    }
  });
}

TEST_CASE("quotas: equal scores have one band, better scores no worse one; up is never worse than down") {
  for_all(500, [] {
    Distributed d;
    const std::vector<Place> up = d.places(model::QuotaTies::up);
    const std::vector<Place> down = d.places(model::QuotaTies::down);
    const std::vector<Place> flag = d.places(model::QuotaTies::flag);
    SAME(up.size(), d.people.size());
    const auto least = static_cast<uint32_t>(d.plan.distribution->min_group);
    for (size_t i = 0; i < up.size(); ++i) {
      const Place& place = down[i];
      SAME(place.person, d.people[i].person);
      SAME(place.size, d.people[i].size);
      SAME(place.first, d.people[i].rank);
      SAME(place.band == model::kNoBand, place.size < least);
      SAME(flag[i].band, place.band);
      SAME(flag[i].tied, place.tied);
      AT_MOST(height(d.rules.bands, place.band), height(d.rules.bands, up[i].band));
      SAME(place.tied, place.band != up[i].band);
      if (i == 0 || down[i - 1].group != place.group) continue;
      if (d.people[i - 1].figure == d.people[i].figure) SAME(place.band, down[i - 1].band);
      AT_MOST(height(d.rules.bands, place.band), height(d.rules.bands, down[i - 1].band));
      AT_MOST(height(d.rules.bands, up[i].band), height(d.rules.bands, up[i - 1].band));
    }
  });
}

TEST_CASE("quotas: where no block lies across a line every band has exactly its places") {
  for_all(500, [] {
    Distributed d;
    const std::vector<Place> places = d.places(model::QuotaTies::down);
    std::map<uint32_t, std::map<uint32_t, uint32_t>> taken;  // by group and band
    std::map<uint32_t, uint32_t> size;
    std::map<uint32_t, bool> tied;
    for (const Place& p : places) {
      ++taken[p.group][p.band];
      size[p.group] = p.size;
      tied[p.group] = tied[p.group] || p.tied || p.band == model::kNoBand;
    }
    for (const auto& [group, n] : size) {
      uint32_t sum = 0;
      int before = 99;
      for (const BandPlaces& b : band_places(d.rules, n)) {
        sum += b.places;
        if (!tied[group]) SAME(taken[group][b.band], b.places);
        HOLDS(height(d.rules.bands, b.band) < before);
        before = height(d.rules.bands, b.band);
      }
      SAME(sum, n);
    }
  });
}
