#include <algorithm>

#include "engine/advice/lever_kinds.h"

namespace hr::engine {

using model::Derivation;
using model::LeverKind;

static void take_milestones(const Derivation& d, const std::vector<model::Milestone>& milestones, Handle& h) {
  h.shown.kind = LeverKind::milestones;
  h.carry = Carry::milestones;
  h.missing = d.status == "no_checkin";
  for (const model::Milestone& m : milestones) {
    const std::string node = d.node + "/" + m.id;
    const bool done = std::any_of(d.parts.begin(), d.parts.end(),
                                  [&](const Derivation& p) { return p.node == node && p.value == "1"; });
    if (!done) h.open.push_back(m.id);
  }
  h.shown.each = static_cast<uint32_t>(milestones.size());
  const size_t done = milestones.size() - h.open.size();
  h.base = make_decimal(static_cast<int64_t>(done));
  if (!h.missing) h.shown.value = std::to_string(done);
}

Handle key_result_lever(const Derivation& d, const facts::KeyResult& kr, const model::Text& title, bool shared) {
  Handle h;
  h.shown.node = h.item_node = d.node;
  h.shown.item = kr.id;
  h.shown.name = title;
  h.shown.shared = shared;
  if (!kr.rules->milestones.empty()) {
    take_milestones(d, kr.rules->milestones, h);
    return h;
  }
  h.shown.kind = LeverKind::key_result;
  h.carry = Carry::check_in;
  h.base = kr.start;
  h.missing = true;
  for (const Derivation& part : d.parts) {
    if (part.rule != "checkin") continue;
    h.missing = false;
    h.base = parse_decimal(part.value).value_or(kr.start);
    h.shown.value = part.value;
  }
  const Decimal target = kr.target.value_or(Decimal{1, 0});
  set_unit(h, {h.base, kr.start, target});
  set_least(h, h.base.unscaled >= 0 && kr.start.unscaled >= 0 && target.unscaled >= 0, {h.base});
  set_natural(h, target, h.base);
  return h;
}

}  // namespace hr::engine
