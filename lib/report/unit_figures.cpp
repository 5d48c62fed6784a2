#include "report/unit_figures.h"

#include <algorithm>
#include <span>

#include "base/decimal_scale.h"
#include "base/digit_sort.h"
#include "facts/frame.h"
#include "facts/grouping.h"

namespace hr::report {

using facts::kNone;

namespace {

constexpr size_t kAhead = 16;  // people's units go in any order: memory is asked for so many people before

void add_counts(const UnitOrder& order, std::vector<uint32_t>& counts) {
  roll_up(order, counts, [](uint32_t& above, uint32_t below) { above += below; });
}

uint32_t common_currency(uint32_t a, uint32_t b) {
  if (a == b || b == kNobodyPaid) return a;
  return a == kNobodyPaid ? b : kMixedCurrencies;
}

// Somebody's pay: a Decimal and a place in 16 bytes.
struct Paid {
  int64_t unscaled = 0;
  int32_t scale = 0;
  uint32_t place = 0;

  Decimal value() const { return {unscaled, scale}; }
};

void sort_by_value(std::vector<Paid>& paid, int threads) {
  int32_t scale = 0;
  for (const Paid& p : paid) scale = std::max(scale, p.scale);
  std::vector<Paid> room;
  const auto sort_by = [&](const auto& key) { sort_by_digits(std::span(paid), room, key, threads); };
  constexpr uint64_t kSign = uint64_t{1} << 63U;  // turned, those below zero come first
  sort_by([scale](const Paid& p) { return static_cast<uint64_t>(at_scale(p.value(), scale)); });
  sort_by([scale](const Paid& p) { return static_cast<uint64_t>(at_scale(p.value(), scale) >> 64U) ^ kSign; });
}

// People come in the order of their pay, and each unit lets those below the middle of its own pass.
void fill_medians(StaffFigures& figures, const UnitOrder& order, std::vector<Paid>& paid, int threads) {
  const size_t places = order.without_unit() + 1;
  sort_by_value(paid, threads);
  std::vector<uint32_t> parent = order.parent;
  parent.push_back(kNone);
  std::vector<uint32_t> to_pass(places);
  for (size_t i = 0; i < places; ++i) to_pass[i] = static_cast<uint32_t>((figures.pay[i].count() - 1) / 2);
  figures.median_pay.resize(places);
  for (const Paid& p : paid) {
    for (uint32_t i = p.place; i != kNone; i = parent[i]) {
      if (to_pass[i]-- > 0) continue;  // behind the middle all pass: fewer than 2^32
      std::optional<Decimal>& middle = figures.median_pay[i];
      const bool is_first_of_two = !middle && figures.pay[i].count() % 2 == 0;
      middle = middle ? mean(*middle, p.value()) : p.value();
      if (is_first_of_two) to_pass[i] = 0;
    }
  }
}

}  // namespace

StaffFigures staff_figures(const facts::Dataset& dataset, const UnitOrder& order, int threads) {
  const facts::Column* salary = dataset.spells.attributes.find("base_salary");
  const facts::Column* currency = dataset.spells.attributes.find("currency");
  const size_t places = order.without_unit() + 1;
  StaffFigures figures;
  figures.direct.resize(places);
  figures.pay.resize(places);
  figures.currency.assign(places, kNobodyPaid);
  std::vector<Paid> paid;
  const std::vector<uint32_t>& units = dataset.spells.unit;
  paid.reserve(units.size());
  for (size_t s = 0; s < units.size(); ++s) {
    if (s + kAhead < units.size()) __builtin_prefetch(&figures.pay[order.place_of(units[s + kAhead])], 1);
    if (!dataset.spells.range[s].contains(dataset.as_of)) continue;
    const uint32_t place = order.place_of(units[s]);
    ++figures.direct[place];
    ++figures.people;
    const std::optional<Decimal> value = salary != nullptr ? salary->decimal(s) : std::nullopt;
    if (!value) continue;
    figures.pay[place].add(*value);
    const uint32_t unit = currency != nullptr ? currency->codes[s] : facts::kMissingCode;
    figures.currency[place] = common_currency(figures.currency[place], unit);
    paid.push_back({value->unscaled, value->scale, place});
  }
  figures.paid = paid.size();
  figures.headcount = figures.direct;
  add_counts(order, figures.headcount);
  roll_up(order, figures.pay, [](ExactSum& above, const ExactSum& below) { above.add(below); });
  roll_up(order, figures.currency, [](uint32_t& above, uint32_t below) { above = common_currency(above, below); });
  fill_medians(figures, order, paid, threads);
  return figures;
}

static std::vector<uint32_t> places_of(const facts::OrgTree& tree, const UnitOrder& order, const facts::Frame& scores) {
  const auto none = static_cast<uint32_t>(order.without_unit());
  std::vector<uint32_t> places(scores.size(), none);
  const facts::Column* unit = scores.find("org_unit");
  if (unit == nullptr) return places;
  const facts::NumbersByCode unit_of(unit->dictionary, tree.id);
  for (size_t row = 0; row < places.size(); ++row) {
    if (unit->codes[row] != facts::kMissingCode) places[row] = order.place_of(unit_of[unit->codes[row]]);
  }
  return places;
}

static void add_rows(const facts::OrgTree& tree, const UnitOrder& order, const facts::Frame& rows,
                     ScoreFigures& figures) {
  const std::vector<uint32_t> places = places_of(tree, order, rows);
  const facts::Column* status = rows.find("status");
  const uint32_t rated =
      status != nullptr ? status->dictionary.find("rated").value_or(facts::kMissingCode) : facts::kMissingCode;
  const auto is_rated = [&](size_t row) { return rated != facts::kMissingCode && status->codes[row] == rated; };
  for (size_t row = 0; row < places.size(); ++row) {
    ++figures.direct[places[row]];
    figures.rated[places[row]] += is_rated(row);
  }
  for (size_t c = 0; c < kMeanColumns.size(); ++c) {
    const facts::Column* column = rows.find(kMeanColumns[c]);
    std::vector<ExactSum>& sums = figures.sums[c];
    for (size_t row = 0; column != nullptr && row < places.size(); ++row) {
      if (row + kAhead < places.size()) __builtin_prefetch(&sums[places[row + kAhead]], 1);
      if (is_rated(row) && column->decimals[row].scale >= 0) sums[places[row]].add(column->decimals[row]);
    }
  }
}

// In the order of kMeanColumns.
static std::array<OptionalFigure, kMeanColumns.size()> figures_of(const model::PersonResult& r) {
  return {r.score, r.component[0], r.component[1], r.component[2], r.coverage};
}

// What a unit's own people come to, in one line of the cache, for the next one may come from any unit.
struct alignas(64) Own {
  std::array<int64_t, kMeanColumns.size()> sum{};  // units of 1e-9
  std::array<uint32_t, kMeanColumns.size()> n{};
  uint32_t rated = 0;
};
static_assert(sizeof(Own) == 64);

// What add_rows() adds, without rows.
static void add_results(const facts::Dataset& dataset, const UnitOrder& order, const facts::RunScores& run,
                        ScoreFigures& figures) {
  constexpr size_t kStretch = 1'024;  // people, whose places are looked up before
  std::vector<Own> own(figures.direct.size());
  const auto hand_over = [&](uint32_t place, size_t c) {
    Own& unit = own[place];
    if (unit.n[c] > 0) figures.sums[c][place].add_sum(Figure{unit.sum[c]}, unit.n[c]);
    unit.sum[c] = unit.n[c] = 0;
  };
  std::vector<uint32_t> places;
  for (size_t begin = 0; begin < run.size(); begin += kStretch) {
    const auto people = run.people().subspan(begin, std::min(kStretch, run.size() - begin));
    places.clear();
    for (const uint32_t person : people) {
      const uint32_t spell = facts::last_spell(dataset, person);
      places.push_back(order.place_of(spell == kNone ? kNone : dataset.spells.unit[spell]));
      ++figures.direct[places.back()];
    }
    for (size_t i = 0; i < people.size(); ++i) {
      if (i + kAhead < people.size()) __builtin_prefetch(&own[places[i + kAhead]], 1);
      const model::PersonResult& result = run.results()[people[i]];
      if (result.status != model::Status::rated) continue;
      Own& unit = own[places[i]];
      ++unit.rated;
      const auto those = figures_of(result);
      for (size_t c = 0; c < those.size(); ++c) {
        if (!those[c]) continue;
        int64_t sum = 0;
        if (__builtin_add_overflow(unit.sum[c], those[c]->nano, &sum)) {
          hand_over(places[i], c);
          sum = those[c]->nano;
        }
        unit.sum[c] = sum;
        ++unit.n[c];
      }
    }
  }
  for (uint32_t place = 0; place < own.size(); ++place) {
    figures.rated[place] = own[place].rated;
    for (size_t c = 0; c < kMeanColumns.size(); ++c) hand_over(place, c);
  }
}

ScoreFigures score_figures(const facts::Dataset& dataset, const UnitOrder& order, const UnitScores& scores) {
  ScoreFigures figures;
  const size_t places = order.without_unit() + 1;
  figures.direct.resize(places);
  figures.rated.resize(places);
  for (std::vector<ExactSum>& sums : figures.sums) sums.resize(places);
  if (scores.rows != nullptr)
    add_rows(dataset.units, order, *scores.rows, figures);
  else
    add_results(dataset, order, *scores.results, figures);
  figures.listed = figures.direct;
  add_counts(order, figures.listed);
  add_counts(order, figures.rated);
  for (std::vector<ExactSum>& sums : figures.sums)
    roll_up(order, sums, [](ExactSum& above, const ExactSum& below) { above.add(below); });
  return figures;
}

}  // namespace hr::report
