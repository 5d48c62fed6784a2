// Days in service and eligibility: section 2 of docs/spec/scoring.md.
#include <algorithm>

#include "base/date.h"
#include "recheck/step.h"

namespace hr::recheck {

namespace {

std::optional<int64_t> days_between(const std::string& from, const std::string& last) {
  const auto a = parse_date(from);
  const auto b = parse_date(last);
  if (!a || !b || *b < *a) return std::nullopt;
  return *b - *a + 1;
}

}  // namespace

void check_service(Step& s) {
  const auto service = s.whole(s.arg(0));
  const auto eligible = s.whole(s.arg(1));
  const auto cycle = s.whole(s.arg(2));
  if (!service || !eligible || !cycle) return;
  s.value_is(s.arg(1));
  if (*service > *cycle || *eligible > *service) s.fault(Part::step, s.arg(1), s.arg(0));
  Exact in_spells;
  Exact most;   // leave that is taken away, each record for itself
  Exact least;  // days in several records are taken away once
  bool spells = false;
  for (const Derivation& part : s.d.parts) {
    const Exact days = exact(part.value).value_or(Exact(0));
    if (starts_with(part.rule, "service-spell")) in_spells += days;
    spells |= starts_with(part.rule, "service-spell");
    if (part.rule != "service-leave") continue;
    most += days;
    least = std::max(least, days);
  }
  if (spells && in_spells != *service) s.fault(Part::step, s.arg(0), in_spells.text(0));
  const Exact away = *service - *eligible;
  if (away > most || away < least) s.fault(Part::value, s.d.value, (*service - most).text(0));
}

void check_spell_days(Step& s) {
  const auto days = days_between(s.arg(0), s.arg(1));
  s.value_is(days ? std::to_string(*days) : "");
}

void check_leave(Step& s) {
  const auto days = days_between(s.arg(1), s.arg(2));
  const auto in_service = s.whole(s.arg(3));
  if (!days || !in_service) return s.fault(Part::step, s.arg(1), s.arg(2));
  if (*in_service > Exact(*days)) s.fault(Part::step, s.arg(3), std::to_string(*days));
  const bool away = s.d.rule == "service-leave";
  s.value_is(away ? s.arg(3) : "0");
  s.status_is(away ? "" : "not_counted");
}

void check_min_service(Step& s) {
  s.arg_is(0, s.parent == nullptr ? "" : s.parent->value);
  const auto eligible = s.whole(s.arg(0));
  const auto least = s.whole(s.arg(1));
  if (eligible && least) s.status_is(*eligible < *least ? "min_service" : "");
}

// Several spells stand beside it with their days; of one, or of a day after the cycle, only the sentence knows.
void check_in_service(Step& s) {
  const bool there = s.d.rule == "eligibility-in-service" || s.d.rule == "eligibility-when";
  s.status_is(there ? "" : "not_eligible");
  const auto day = parse_date(s.arg(0));
  if (!day || s.parent == nullptr) return;
  bool any = false;
  bool within = false;
  for (const Derivation& part : s.parent->parts) {
    if (!starts_with(part.rule, "service-spell") || part.args.size() < 2) continue;
    const auto from = parse_date(part.args[0]);
    const auto last = parse_date(part.args[1]);
    any = true;
    within |= from && last && *from <= *day && *day <= *last;
  }
  if (any && within && !there) s.fault(Part::status, s.d.status, "");
}

}  // namespace hr::recheck
