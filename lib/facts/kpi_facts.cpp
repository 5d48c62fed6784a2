#include <algorithm>
#include <array>
#include <utility>

#include "facts/dataset_builder.h"

namespace hr::facts {

SubjectMap map_subjects(const SharedDictionary& subjects, const Dataset& dataset) {
  SubjectMap map;
  map.people = dataset.people.size();
  map.units = dataset.units.size();
  map.person.assign(subjects.size(), kNone);
  map.unit.assign(subjects.size(), kNone);
  const NumbersByCode person_of(subjects, dataset.people.id);
  for (uint32_t code = 0; code < subjects.size(); ++code) {
    const std::string_view text = subjects[code];
    if (text.substr(0, 5) == "unit:")
      map.unit[code] = dataset.units.find(text.substr(5)).value_or(kNone);
    else
      map.person[code] = person_of[code];
  }
  return map;
}

void FactReader::Values::add(const std::vector<uint32_t>& number_of, std::span<const uint32_t> of,
                             std::span<const double> those) {
  constexpr size_t kAtOnce = 1'024;
  std::array<uint32_t, kAtOnce> numbers{};
  std::array<double, kAtOnce> values{};
  for (size_t begin = 0; begin < of.size(); begin += kAtOnce) {
    const size_t end = std::min(of.size(), begin + kAtOnce);
    size_t found = 0;
    // Without a branch: of some people here and there nobody can tell who is next.
    for (size_t i = begin; i < end; ++i) {
      numbers[found] = number_of[of[i]];
      values[found] = those[i];
      found += numbers[found] != kNone ? size_t{1} : size_t{0};
    }
    for (size_t i = 0; i < found; ++i) facts_.set(numbers[i], values[i]);
    any_ |= found > 0;
  }
}

void FactReader::Values::finish(std::vector<FactColumn>& columns, const Period& period) {
  if (!any_) return;
  columns.emplace_back(period, facts_);
  facts_.clear();
  any_ = false;
}

void FactReader::finish() {
  if (kpis_.empty()) return;
  people_.finish(kpis_.back().people, period_);
  units_.finish(kpis_.back().units, period_);
}

void FactReader::add(std::string_view kpi, const Period& period, std::span<const uint32_t> subjects,
                     std::span<const double> values) {
  const bool fresh = kpis_.empty() || kpis_.back().kpi != kpi;
  if (fresh || period_ != period) finish();
  if (fresh) kpis_.push_back({std::string(kpi), {}, {}});
  period_ = period;
  if (!map_.person.empty()) people_.add(map_.person, subjects, values);
  if (!map_.unit.empty()) units_.add(map_.unit, subjects, values);
}

void FactReader::take(std::vector<KpiFacts>& kpis) {
  finish();
  for (KpiFacts& kpi : kpis_) {
    if (!kpi.people.empty() || !kpi.units.empty()) kpis.push_back(std::move(kpi));
  }
  kpis_.clear();
}

std::vector<KpiFacts> take_kpis(std::span<FactReader> readers) {
  std::vector<KpiFacts> kpis;
  for (FactReader& reader : readers) reader.take(kpis);
  std::sort(kpis.begin(), kpis.end(), [](const KpiFacts& a, const KpiFacts& b) { return a.kpi < b.kpi; });
  return kpis;
}

}  // namespace hr::facts
