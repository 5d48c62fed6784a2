#include <cassert>

#include "facts/dataset_builder.h"

namespace hr::facts {

SubjectMap map_subjects(const Dictionary& subjects, const Dataset& dataset) {
  SubjectMap map;
  map.person.assign(subjects.size(), kNone);
  map.unit.assign(subjects.size(), kNone);
  for (uint32_t code = 0; code < subjects.size(); ++code) {
    const std::string_view text = subjects[code];
    if (text.substr(0, 5) == "unit:")
      map.unit[code] = dataset.units.find(text.substr(5)).value_or(kNone);
    else
      map.person[code] = dataset.people.find(text).value_or(kNone);
  }
  return map;
}

namespace {

// The facts of `kpi`; blocks come KPI by KPI, so it is nearly always the last.
KpiFacts& facts_of(Dataset& dataset, std::string_view kpi) {
  for (size_t i = dataset.kpis.size(); i-- > 0;) {
    if (dataset.kpis[i].kpi == kpi) return dataset.kpis[i];
  }
  dataset.kpis.push_back({std::string(kpi), {}, {}});
  return dataset.kpis.back();
}

FactColumn& column_of(std::vector<FactColumn>& columns, Period period, size_t subjects) {
  if (columns.empty() || columns.back().period != period) {
    assert(columns.empty() || columns.back().period < period);
    columns.push_back({period, std::vector<double>(subjects), std::vector<uint64_t>((subjects + 63) / 64)});
  }
  return columns.back();
}

}  // namespace

void add_facts(Dataset& dataset, const SubjectMap& map, std::string_view kpi, Period period,
               std::span<const uint32_t> subjects, std::span<const double> values) {
  KpiFacts* facts = nullptr;
  FactColumn* people = nullptr;  // made with the first fact of their kind
  FactColumn* units = nullptr;
  for (size_t i = 0; i < subjects.size(); ++i) {
    const uint32_t person = map.person[subjects[i]];
    const uint32_t unit = map.unit[subjects[i]];
    if (person == kNone && unit == kNone) continue;
    if (facts == nullptr) facts = &facts_of(dataset, kpi);
    if (person != kNone) {
      if (people == nullptr) people = &column_of(facts->people, period, dataset.people.size());
      people->set(person, values[i]);
    } else {
      if (units == nullptr) units = &column_of(facts->units, period, dataset.units.size());
      units->set(unit, values[i]);
    }
  }
}

}  // namespace hr::facts
