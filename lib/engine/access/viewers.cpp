#include "engine/access/viewers.h"

#include "base/error.h"
#include "base/text.h"
#include "engine/cycle/data.h"
#include "scoring/applicability.h"

namespace hr::engine {

Viewers::Viewers(store::Store& store, Date day, store::Timestamp known) {
  auto applied = applied_definitions(store, known);
  if (!applied) throw Error(ErrorKind::rejected, "nothing-applied");
  rules_ = applied->definitions->access;
  Diagnostics ignored;  // the import has told them
  organisation_ = load_organisation(store, day, known, ignored);
  positions_.emplace(organisation_, day);
  for (const model::AccessRule& rule : rules_)
    holds_.push_back(scoring::evaluate_on_spells(rule.viewer, organisation_.spells, found_));
}

access::Sight Viewers::sight_of(uint32_t person) const {
  std::vector<uint8_t> holds(rules_.size(), 0);
  if (positions_->in_service(person)) {
    for (size_t i = 0; i < rules_.size(); ++i) holds[i] = holds_[i][positions_->spell_of(person)];
  }
  return access::sight_of(rules_, holds, *positions_, person);
}

void Viewers::require_rules() const {
  if (rules_.empty()) throw Error(ErrorKind::rejected, "access-none");
}

access::Sight Viewers::require_sight(const std::string& employee) const {
  require_rules();
  const auto person = organisation_.people.find(employee);
  if (!person) {
    const auto near = nearest(employee, organisation_.people.id.all());
    if (near) throw Error(ErrorKind::rejected, "viewer-missing/near", {escape_controls(employee), *near});
    throw Error(ErrorKind::rejected, "viewer-missing", {escape_controls(employee)});
  }
  const std::string day = to_string(positions_->day());
  if (!positions_->in_service(*person)) throw Error(ErrorKind::rejected, "viewer-not-in-service", {employee, day});
  access::Sight sight = sight_of(*person);
  if (sight.sees_nobody()) throw Error(ErrorKind::rejected, "viewer-sees-nothing", {employee, day});
  return sight;
}

}  // namespace hr::engine
