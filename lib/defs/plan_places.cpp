// Where the keys of a plan stand: `explain` points at the very line that says so.
#include <iterator>

#include "defs/readers.h"

namespace hr::defs {

using namespace model;

namespace {

constexpr std::string_view kNames[kComponents] = {"kpi", "okr", "feedback"};

SourceSpan place_of(const Fields& fields, std::string_view key) {
  const auto c = fields.get(key);
  return c ? c->place() : SourceSpan{};
}

// Places of the keys of a map within the plan; none where there is no such map.
SourceSpan place_within(const Fields& fields, std::string_view map, std::string_view key) {
  const auto c = fields.get(map);
  return c && c->kind() == NodeKind::map ? place_of(Fields(*c), key) : SourceSpan{};
}

}  // namespace

PlanPlaces places_of(const Fields& fields) {
  PlanPlaces places;
  places.components = place_of(fields, "components");
  for (size_t i = 0; i < std::size(kNames); ++i) places.component[i] = place_within(fields, "components", kNames[i]);
  places.missing = place_of(fields, "missing");
  places.min_coverage = place_of(fields, "min_coverage");
  places.transfers = place_of(fields, "transfers");
  places.kpi_score = place_within(fields, "kpi", "score");
  places.okr_effect = place_within(fields, "okr", "effect");
  places.okr_norm = place_within(fields, "okr", "norm");
  places.okr_cap = place_within(fields, "okr", "cap");
  places.min_service_days = place_within(fields, "eligibility", "min_service_days");
  places.in_service_on = place_within(fields, "eligibility", "in_service_on");
  places.leave = place_of(fields, "leave");
  places.cap = place_of(fields, "cap");
  places.floor = place_of(fields, "floor");
  places.adjustments_cap = place_of(fields, "adjustments_cap");
  places.decimals = place_of(fields, "decimals");
  places.rank_by = place_of(fields, "rank_by");
  places.group_by = place_within(fields, "distribution", "group_by");
  return places;
}

}  // namespace hr::defs
