#include "access/sight.h"

namespace hr::access {

using facts::kNone;
using model::AccessFields;
using model::Sees;

static AccessFields found_in(const std::map<std::string, AccessFields, std::less<>>& some, std::string_view id,
                             AccessFields everybody) {
  const auto it = some.find(id);
  if (it != some.end()) everybody.add(it->second);
  return everybody;
}

AccessFields Sight::of(std::string_view employee) const {
  return found_in(people, employee, everybody);
}

AccessFields Sight::of_unit(std::string_view unit) const {
  return found_in(units, unit, everybody);
}

static std::vector<uint32_t> people_of(Sees sees, const Positions& positions, uint32_t viewer) {
  if (sees == Sees::own) return {viewer};
  if (sees == Sees::reports) return positions.reports_of(viewer);
  const uint32_t unit = positions.unit_of(viewer);
  return unit == kNone ? std::vector<uint32_t>{} : positions.people_within(unit);
}

// What is seen of somebody is seen of their unit, and of all above it.
static void add_units(const Positions& positions, uint32_t person, AccessFields fields, Sight& sight) {
  const facts::OrgTree& tree = positions.organisation().units;
  for (uint32_t unit = positions.unit_of(person); unit != kNone; unit = tree.parent[unit]) {
    AccessFields& of_unit = sight.units[std::string(tree.id[unit])];
    if (of_unit.has_all(fields)) return;  // and so have those above
    of_unit.add(fields);
  }
}

Sight sight_of(const std::vector<model::AccessRule>& rules, std::span<const uint8_t> holds, const Positions& positions,
               uint32_t viewer) {
  const facts::IdColumn& ids = positions.organisation().people.id;
  Sight sight;
  sight.viewer = ids[viewer];
  sight.day = positions.day();
  for (size_t i = 0; i < rules.size(); ++i) {
    if (holds[i] == 0) continue;
    if (rules[i].sees == Sees::all) {
      sight.everybody.add(rules[i].fields);
      continue;
    }
    for (const uint32_t person : people_of(rules[i].sees, positions, viewer)) {
      sight.people[std::string(ids[person])].add(rules[i].fields);
      add_units(positions, person, rules[i].fields, sight);
    }
  }
  return sight;
}

Sight within(const Sight& sight, const Positions& positions, uint32_t unit) {
  const facts::Dataset& organisation = positions.organisation();
  Sight part{sight.viewer, sight.day, {}, {}, {}};
  for (const uint32_t person : positions.people_within(unit)) {
    const std::string id(organisation.people.id[person]);
    if (const AccessFields fields = sight.of(id); fields.any()) part.people[id] = fields;
  }
  for (const uint32_t u : positions.units_within(unit)) {
    const std::string id(organisation.units.id[u]);
    if (const AccessFields fields = sight.of_unit(id); fields.any()) part.units[id] = fields;
  }
  return part;
}

}  // namespace hr::access
