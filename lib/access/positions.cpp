#include "access/positions.h"

#include <unordered_set>

namespace hr::access {

using facts::kNone;

static uint32_t spell_on(const facts::Spells& spells, uint32_t person, Date day) {
  uint32_t spell = spells.begin[person];
  const uint32_t end = spells.begin[person + 1];
  if (spell == end) return kNone;
  while (spell + 1 < end && spells.range[spell + 1].from <= day) ++spell;
  return spell;
}

Positions::Tree Positions::tree_of(const std::vector<uint32_t>& above, size_t numbers) {
  Tree tree{std::vector<uint32_t>(numbers + 1), {}};
  for (const uint32_t n : above) {
    if (n != kNone) ++tree.begin[n + 1];
  }
  for (size_t n = 0; n < numbers; ++n) tree.begin[n + 1] += tree.begin[n];
  tree.below.resize(tree.begin.back());
  std::vector<uint32_t> next(tree.begin.begin(), tree.begin.end() - 1);
  for (uint32_t i = 0; i < above.size(); ++i) {
    if (above[i] != kNone) tree.below[next[above[i]]++] = i;
  }
  return tree;
}

// Each once, however often a circle leads there; `from` itself only where one does.
std::vector<uint32_t> Positions::all_below(const Tree& tree, uint32_t from) {
  std::vector<uint32_t> found;
  std::unordered_set<uint32_t> known;
  const auto add = [&](uint32_t of) {
    for (uint32_t i = tree.begin[of]; i < tree.begin[of + 1]; ++i) {
      if (known.insert(tree.below[i]).second) found.push_back(tree.below[i]);
    }
  };
  add(from);
  for (size_t i = 0; i < found.size(); ++i) add(found[i]);
  return found;
}

Positions::Positions(const facts::Dataset& organisation, Date day) : organisation_(organisation), day_(day) {
  const facts::Column* managers = organisation.spells.attributes.find("manager_id");
  const bool has_managers = managers != nullptr && managers->storage == facts::Storage::text;
  const size_t people = organisation.people.size();
  std::vector<uint32_t> manager(people, kNone);
  std::vector<uint32_t> unit(people, kNone);
  for (uint32_t p = 0; p < people; ++p) {
    spells_.push_back(spell_on(organisation.spells, p, day));
    if (spells_[p] == kNone) continue;
    unit[p] = organisation.spells.unit[spells_[p]];
    if (has_managers) manager[p] = organisation.people.find(managers->text(spells_[p])).value_or(kNone);
  }
  reports_ = tree_of(manager, people);
  people_ = tree_of(unit, organisation.units.size());
  units_ = tree_of(organisation.units.parent, organisation.units.size());
}

uint32_t Positions::unit_of(uint32_t person) const {
  return spells_[person] == kNone ? kNone : organisation_.spells.unit[spells_[person]];
}

bool Positions::in_service(uint32_t person) const {
  return spells_[person] != kNone && organisation_.spells.range[spells_[person]].contains(day_);
}

std::vector<uint32_t> Positions::reports_of(uint32_t person) const {
  return all_below(reports_, person);
}

std::vector<uint32_t> Positions::units_within(uint32_t unit) const {
  std::vector<uint32_t> units = all_below(units_, unit);
  units.push_back(unit);
  return units;
}

std::vector<uint32_t> Positions::people_within(uint32_t unit) const {
  std::vector<uint32_t> people;
  for (const uint32_t u : units_within(unit)) {
    for (uint32_t i = people_.begin[u]; i < people_.begin[u + 1]; ++i) people.push_back(people_.below[i]);
  }
  return people;
}

}  // namespace hr::access
