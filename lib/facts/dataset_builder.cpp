#include "facts/dataset_builder.h"

#include <utility>

#include "facts/feedback.h"
#include "facts/managers.h"
#include "facts/okrs.h"
#include "facts/org_tree.h"
#include "facts/people.h"
#include "facts/spells.h"
#include "facts/targets.h"

namespace hr::facts {

namespace {

// Units that people's spells and objectives' owners name, each once.
std::vector<std::string_view> named_units(const Spells& spells, const Okrs& okrs) {
  std::vector<std::string_view> named;
  if (const Column* unit = spells.attributes.find("org_unit")) {
    std::vector<bool> seen(unit->dictionary.size());
    for (const uint32_t code : unit->codes) {
      if (code == kMissingCode || seen[code]) continue;
      seen[code] = true;
      named.push_back(unit->dictionary[code]);
    }
  }
  for (const model::Objective& o : okrs.objectives) {
    if (o.owner.kind == model::OwnerKind::unit) named.push_back(o.owner.id);
  }
  return named;
}

std::vector<uint32_t> units_of(const Spells& spells, const OrgTree& tree) {
  std::vector<uint32_t> units(spells.size(), kNone);
  const Column* column = spells.attributes.find("org_unit");
  if (column == nullptr) return units;
  std::vector<uint32_t> unit_of(column->dictionary.size());
  for (uint32_t code = 0; code < unit_of.size(); ++code) {
    unit_of[code] = tree.find(column->dictionary[code]).value_or(kNone);
  }
  for (size_t s = 0; s < units.size(); ++s) {
    if (column->codes[s] != kMissingCode) units[s] = unit_of[column->codes[s]];
  }
  return units;
}

}  // namespace

Dataset build_dataset(const DatasetInput& input, const model::Definitions& definitions, Diagnostics& diagnostics) {
  Dataset out;
  out.cycle = input.cycle;
  out.period = input.period;
  out.as_of = input.as_of;
  PeopleRows people = build_people(input.employees, input.assignments, diagnostics);
  out.spells = build_spells(people, input.employees, input.assignments, diagnostics);
  out.people = std::move(people.people);
  out.okrs = build_okrs(definitions, {input.objectives, input.key_results, input.checkins}, input.cycle_id, input.as_of,
                        diagnostics);
  out.units = build_org_tree(input.org_units, named_units(out.spells, out.okrs), input.as_of, diagnostics);
  out.spells.unit = units_of(out.spells, out.units);
  check_managers(out.people, out.spells, input.cycle, input.as_of, diagnostics);
  out.targets = build_targets(input.targets, out.people, diagnostics);
  const DateRange counted = input.cycle.intersect({kFarPast, input.as_of + 1});
  out.feedback = build_feedback(input.feedback, out.people, counted, diagnostics);
  out.leaves = build_leaves(input.leaves, out.people, diagnostics);
  return out;
}

}  // namespace hr::facts
