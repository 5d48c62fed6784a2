#include "engine/analysis/fact_levels.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/exact_sum.h"
#include "base/period.h"
#include "facts/dataset_builder.h"
#include "facts/grouping.h"
#include "scoring/trace.h"

namespace hr::engine {

namespace {

constexpr struct {
  const char* name;
  int64_t seasons;
} kKinds[] = {{"day", 0}, {"week", 0}, {"month", 12}, {"quarter", 4}, {"half", 0}, {"year", 0}};  // as PeriodKind

int64_t number_of(const Period& period) {
  const CivilDate date = civil(period.from);
  const int64_t month = int64_t{date.year} * 12 + date.month - 1;
  switch (period.kind) {
    case PeriodKind::day:
      return period.from.days;
    case PeriodKind::week:
      return (period.from - kFarPast) / 7;
    case PeriodKind::month:
      return month;
    case PeriodKind::quarter:
      return month / 3;
    case PeriodKind::half:
      return month / 6;
    case PeriodKind::year:
      break;
  }
  return date.year;
}

// Rows of levels under way.
class Builder {
 public:
  void add(std::string_view kpi, const std::string& group, const Period& period, uint32_t people, Decimal value) {
    const auto& kind = kKinds[static_cast<size_t>(period.kind)];
    model::Levels& levels = rows_[{std::string(kpi), period.kind, group}];
    levels.figure = kpi;
    levels.group = group;
    levels.kind = kind.name;
    levels.seasons = kind.seasons;
    levels.levels.push_back({to_string(period), number_of(period), people, value});
  }
  std::vector<model::Levels> take() {
    std::vector<model::Levels> all;
    for (auto& [key, levels] : rows_) all.push_back(std::move(levels));
    return all;
  }

 private:
  std::map<std::tuple<std::string, PeriodKind, std::string>, model::Levels> rows_;
};

// The median as a decimal: what was imported has as many digits as a double holds.
std::optional<Decimal> median_of(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  const double below = values.size() % 2 == 1 ? *middle : *std::max_element(values.begin(), middle);
  std::vector<Decimal> both;
  for (const double v : {below, *middle}) {
    if (const auto decimal = parse_decimal(scoring::exact_text(v))) both.push_back(*decimal);
  }
  return both.size() == 2 ? median(both) : std::nullopt;
}

// One KPI after the other, each by period: the values of a period by group.
class FactReading {
 public:
  FactReading(store::Store& store, const facts::Dataset& people, const FactLevelsRequest& request)
      : people_(people),
        map_(facts::map_subjects(store.subjects(), people)),
        codes_(facts::group_codes(people, request.attribute, labels_)) {}

  void add(const store::FactBlock& block) {
    if (kpi_ != block.kpi || !period_ || *period_ != block.period) finish_period();
    kpi_ = block.kpi;
    period_ = block.period;
    const DateRange days = block.period.range();
    for (size_t i = 0; i < block.subjects.size(); ++i) {
      const uint32_t subject = block.subjects[i];
      const uint32_t person = subject < map_.person.size() ? map_.person[subject] : facts::kNone;
      if (person == facts::kNone) continue;
      const uint32_t spell = spell_in(person, days);
      if (spell != facts::kNone) values_[group_of(spell)].push_back(block.values[i]);
    }
  }

  std::vector<model::Levels> take() {
    finish_period();
    return builder_.take();
  }

 private:
  // The last one that meets the days; kNone: none does.
  uint32_t spell_in(uint32_t person, DateRange days) const {
    for (uint32_t s = people_.spells.begin[person + 1]; s-- > people_.spells.begin[person];) {
      if (people_.spells.range[s].overlaps(days)) return s;
    }
    return facts::kNone;
  }

  uint32_t group_of(uint32_t spell) const { return codes_.empty() ? facts::kMissingCode : codes_[spell]; }

  void finish_period() {
    for (auto& [group, values] : values_) {
      const auto people = static_cast<uint32_t>(values.size());
      const std::string name(group == facts::kMissingCode ? std::string_view() : labels_[group]);
      if (const auto value = median_of(values)) builder_.add(kpi_, name, *period_, people, *value);
    }
    values_.clear();
  }

  const facts::Dataset& people_;
  facts::SubjectMap map_;
  facts::SharedDictionary labels_;
  std::vector<uint32_t> codes_;  // by spell; empty: one group
  std::string kpi_;
  std::optional<Period> period_;
  std::map<uint32_t, std::vector<double>> values_;  // of the period under way, by group
  Builder builder_;
};

bool is_wanted(const FactLevelsRequest& request, std::string_view kpi, const Period& period) {
  if (period.range().last() > request.as_of) return false;
  return request.kpis.empty() || std::find(request.kpis.begin(), request.kpis.end(), kpi) != request.kpis.end();
}

}  // namespace

std::vector<model::Levels> fact_levels(store::Store& store, const facts::Dataset& people,
                                       const FactLevelsRequest& request) {
  FactReading reading(store, people, request);
  store.facts({kFarPast, request.as_of + 1}, request.known)->read([&](const store::FactBlock& block) {
    if (is_wanted(request, block.kpi, block.period)) reading.add(block);
  });
  return reading.take();
}

std::vector<model::Levels> fact_levels_of(store::Store& store, const std::string& subject,
                                          const FactLevelsRequest& request) {
  std::vector<store::FactCell> cells = store.facts_of(subject, {kFarPast, request.as_of + 1}, request.known);
  std::sort(cells.begin(), cells.end(), [](const auto& a, const auto& b) { return a.period < b.period; });
  Builder builder;
  for (const store::FactCell& cell : cells) {
    if (is_wanted(request, cell.kpi, cell.period)) builder.add(cell.kpi, subject, cell.period, 1, cell.value);
  }
  return builder.take();
}

}  // namespace hr::engine
