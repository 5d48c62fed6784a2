#include "engine/check/people_of_periods.h"

#include <algorithm>

#include "facts/dataset_builder.h"

namespace hr::engine {

PeopleOfPeriods::PeopleOfPeriods(const facts::Dataset& dataset, const facts::SharedDictionary& subjects)
    : dataset_(dataset), job_(dataset.spells.attributes.find("job")), jobs_(job_ ? job_->dictionary.size() : 0) {
  const facts::SubjectMap map = facts::map_subjects(subjects, dataset);
  persons_.assign(subjects.size(), facts::kNone);
  std::copy(map.person.begin(), map.person.end(), persons_.begin());
  places_.resize(subjects.size());
  for (uint32_t s = 0; s < places_.size(); ++s) {
    if (persons_[s] != facts::kNone)
      places_[s] = place_of(persons_[s]);
    else if (!subjects[s].starts_with("unit:"))
      places_[s] = {static_cast<uint32_t>(jobs_), kFarPast.days, kFarFuture.days, false};
  }
}

std::string PeopleOfPeriods::group_name(uint32_t group) const {
  return "job:" + (group < jobs_ ? std::string(job_->dictionary[group]) : std::string());
}

uint32_t PeopleOfPeriods::group_of_spell(size_t spell) const {
  const uint32_t code = job_ ? job_->codes[spell] : facts::kMissingCode;
  return code == facts::kMissingCode ? static_cast<uint32_t>(jobs_) : code;
}

PeopleOfPeriods::Place PeopleOfPeriods::place_of(uint32_t person) const {
  const facts::Spells& spells = dataset_.spells;
  const uint32_t first = spells.begin[person];
  const uint32_t last = spells.begin[person + 1];
  const bool on_leave = !dataset_.leaves.empty() && !dataset_.leaves[person].empty();
  Place place{static_cast<uint32_t>(jobs_), kFarFuture.days, kFarPast.days, on_leave || last - first > 1};
  if (first == last) return place;
  place.group = group_of_spell(first);
  place.from = spells.range[first].from.days;
  place.to = spells.range[last - 1].to.days;
  return place;
}

void PeopleOfPeriods::look_up(const Period& period, std::span<const uint32_t> subjects, std::vector<uint32_t>& groups,
                              std::vector<uint8_t>& partial) const {
  const DateRange days = period.range();
  groups.resize(subjects.size());
  partial.resize(subjects.size());
  for (size_t i = 0; i < subjects.size(); ++i) {
    const Place& place = places_[subjects[i]];
    groups[i] = place.group;
    partial[i] = place.group != facts::kNone && (place.from > days.from.days || place.to < days.to.days);
    if (!place.changes) continue;
    const uint32_t person = persons_[subjects[i]];
    int32_t served = 0;
    for (uint32_t s = dataset_.spells.begin[person]; s < dataset_.spells.begin[person + 1]; ++s) {
      const DateRange both = dataset_.spells.range[s].intersect(days);
      if (both.empty()) continue;
      served += both.days();
      groups[i] = group_of_spell(s);
    }
    partial[i] = served < days.days();
    if (dataset_.leaves.empty()) continue;
    for (const facts::Leave& leave : dataset_.leaves[person]) partial[i] |= leave.range.overlaps(days);
  }
}

}  // namespace hr::engine
