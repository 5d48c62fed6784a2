#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "defs/checks.h"
#include "defs/weights.h"

namespace hr::defs {

using namespace model;

namespace {

void check_owner_weights(const Definitions& definitions, const Found& found, Diagnostics& diagnostics) {
  std::map<std::tuple<std::string, OwnerKind, std::string>, std::vector<const Objective*>> by_owner;
  for (const Objective& o : definitions.objectives) by_owner[{o.cycle, o.owner.kind, o.owner.id}].push_back(&o);
  for (const auto& [owner, objectives] : by_owner) {
    std::vector<WeightItem> weights;
    for (const Objective* o : objectives) weights.push_back({o->weight, o->span});
    const bool unread = std::any_of(objectives.begin(), objectives.end(),
                                    [&](const Objective* o) { return found.unread_weights.contains(o->span); });
    if (!unread) check_weights(weights, objectives.front()->span, diagnostics, "weights-mixed/objectives");
  }
}

// The same measure, whatever its weight, title and place.
bool same_measure(const KeyResult& a, const KeyResult& b) {
  const auto milestones = [](const KeyResult& kr) {
    std::vector<std::pair<std::string, std::optional<Decimal>>> all;
    for (const Milestone& m : kr.milestones) all.emplace_back(m.id, m.weight);
    return all;
  };
  const auto key = [](const KeyResult& kr) {
    return std::tie(kr.type, kr.start, kr.target, kr.cap, kr.limit, kr.direction, kr.unit, kr.kpi, kr.binary,
                    kr.cadence_days, kr.grace_days);
  };
  return key(a) == key(b) && milestones(a) == milestones(b);
}

struct Place {
  const Objective* objective = nullptr;
  const KeyResult* key_result = nullptr;
};

void check_shared_key_results(const Definitions& definitions, Diagnostics& diagnostics) {
  std::unordered_map<std::string_view, Place> first;
  for (const Objective& o : definitions.objectives) {
    for (const KeyResult& kr : o.key_results) {
      if (kr.id.empty()) continue;
      const auto [at, fresh] = first.emplace(kr.id, Place{&o, &kr});
      if (fresh) continue;
      const Place& other = at->second;
      const SourceSpan& there = other.key_result->span;
      const bool shared = other.objective != &o && same_measure(kr, *other.key_result);
      Diagnostic d =
          shared ? make_warning("shared-key-result/defined", kr.span, {kr.id, other.objective->id, o.id})
                 : make_error("duplicate-id", kr.span, {kr.id, "key_results", there.file, std::to_string(there.line)});
      d.related.push_back(there);
      diagnostics.push_back(std::move(d));
    }
  }
}

void check_alignment(const Definitions& definitions, Diagnostics& diagnostics) {
  const std::vector<Objective>& objectives = definitions.objectives;
  std::unordered_map<std::string_view, size_t> of_id;
  std::unordered_map<std::string_view, size_t> of_key_result;
  for (size_t i = 0; i < objectives.size(); ++i) {
    of_id.emplace(objectives[i].id, i);
    for (const KeyResult& kr : objectives[i].key_results) of_key_result.emplace(kr.id, i);
  }
  std::vector<std::vector<size_t>> edges(objectives.size());
  for (size_t i = 0; i < objectives.size(); ++i) {
    if (objectives[i].supports.empty()) continue;
    auto parent = of_id.find(objectives[i].supports);
    if (parent == of_id.end()) parent = of_key_result.find(objectives[i].supports);
    if (parent != of_id.end() && parent != of_key_result.end()) edges[i].push_back(parent->second);
  }
  for (const std::vector<size_t>& circle : find_circles(edges)) {
    std::vector<Named> members;
    members.reserve(circle.size());
    for (const size_t i : circle) members.push_back({Kind::objective, objectives[i].id, objectives[i].span});
    diagnostics.push_back(circle_error("alignment-cycle", "alignment-cycle/long", members));
  }
}

}  // namespace

void check_objectives(const Definitions& definitions, const Found& found, Diagnostics& diagnostics) {
  check_owner_weights(definitions, found, diagnostics);
  check_shared_key_results(definitions, diagnostics);
  check_alignment(definitions, diagnostics);
}

}  // namespace hr::defs
