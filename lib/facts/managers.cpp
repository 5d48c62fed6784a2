#include "facts/managers.h"

#include <algorithm>
#include <unordered_map>

#include "facts/cells.h"
#include "facts/circles.h"
#include "facts/unknown_people.h"

namespace hr::facts {

static constexpr size_t kMostPlaces = 10;  // of one circle

void check_managers(const People& people, const Spells& spells, DateRange cycle, Date as_of, Diagnostics& diagnostics) {
  const Column* managers = spells.attributes.find("manager_id");
  if (managers == nullptr) return;
  struct Unknown {
    uint32_t people = 0;
    uint32_t last_person = kNone;
    uint32_t first_spell = 0;
  };
  const NumbersByCode person_of(managers->dictionary, people.id);
  std::unordered_map<uint32_t, Unknown> unknown;  // by code
  std::vector<uint32_t> order;                    // their codes, by first appearance
  std::vector<uint32_t> manager(people.size(), kNone);
  const DateRange counted{cycle.from, as_of < cycle.last() ? as_of + 1 : cycle.to};
  for (uint32_t s = 0; s < spells.size(); ++s) {
    const uint32_t code = managers->codes[s];
    const bool today = spells.range[s].contains(as_of);
    if (code == kMissingCode || !(today || spells.range[s].overlaps(counted))) continue;
    const uint32_t p = spells.person[s];
    if (today) manager[p] = person_of[code];
    if (person_of[code] != kNone) continue;
    Unknown& of_code = unknown[code];
    if (of_code.last_person == p) continue;
    if (of_code.people++ == 0) {
      of_code.first_spell = s;
      order.push_back(code);
    }
    of_code.last_person = p;
  }
  for (const uint32_t code : order) {
    const Unknown& u = unknown[code];
    diagnostics.push_back(
        make_warning("unknown-manager/spells", span_of(spells.origin(u.first_spell)),
                     {std::string(managers->dictionary[code]), std::string(people.id[spells.person[u.first_spell]]),
                      std::to_string(u.people)}));
  }
  for (const std::vector<uint32_t>& circle : find_circles(manager)) {
    const auto place_of = [&](uint32_t p) {
      uint32_t s = spells.begin[p];
      while (!spells.range[s].contains(as_of)) ++s;
      return span_of(spells.origin(s));
    };
    Diagnostic d = make_warning("manager-cycle", place_of(circle.front()),
                                {circle_text(circle, [&](uint32_t p) { return people.id[p]; })});
    for (size_t i = 1; i < std::min(circle.size(), kMostPlaces); ++i) d.related.push_back(place_of(circle[i]));
    diagnostics.push_back(std::move(d));
  }
}

}  // namespace hr::facts
