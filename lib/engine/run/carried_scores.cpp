#include "engine/run/carried_scores.h"

#include <algorithm>
#include <map>
#include <optional>

#include "scoring/score.h"

namespace hr::engine {

namespace {

// A closed cycle and its official run.
struct Closed {
  store::Run run;
  DateRange range;
  store::Timestamp at = 0;

  // Ended last; of these begun last; of these closed last.
  bool operator<(const Closed& other) const {
    if (range.to != other.range.to) return range.to < other.range.to;
    if (range.from != other.range.from) return range.from < other.range.from;
    return at < other.at;
  }
};

// The days of a cycle are those that its official run was scored with.
std::optional<Closed> read_closed(store::Store& store, const store::CycleEvent& event) {
  const auto run = store.run(event.run);
  if (!run) return std::nullopt;
  const auto applied = applied_definitions(store, run->known);
  const model::Cycle* cycle = applied ? applied->definitions->find_cycle(run->cycle) : nullptr;
  if (cycle == nullptr) return std::nullopt;
  return Closed{*run, cycle->range, event.at};
}

std::optional<Closed> last_closed(store::Store& store, const std::vector<store::CycleEvent>& events,
                                  const model::Cycle& before) {
  std::map<std::string, const store::CycleEvent*> last;  // by cycle
  for (const store::CycleEvent& event : events) last[event.cycle] = &event;
  std::optional<Closed> found;
  for (const auto& [cycle, event] : last) {
    if (event->action != store::CycleAction::close || cycle == before.id) continue;
    const auto closed = read_closed(store, *event);
    if (!closed || closed->range.to > before.range.from) continue;
    if (!found || *found < *closed) found = closed;
  }
  return found;
}

void take(const CycleData& from, const std::vector<std::vector<scoring::KpiScore>>& scores, facts::Dataset& to) {
  std::vector<uint32_t> code;  // by index of the definitions that the scores come from
  for (const model::Kpi& kpi : from.applied.definitions->kpis) code.push_back(to.carried.kpis.add(kpi.id));
  to.carried.of_person.resize(to.people.size());
  for (uint32_t p = 0; p < scores.size(); ++p) {
    if (scores[p].empty()) continue;
    const auto person = to.people.find(from.dataset.people.id[p]);
    if (!person) continue;
    for (const scoring::KpiScore& s : scores[p]) to.carried.of_person[*person].push_back({code[s.kpi], s.score});
  }
}

}  // namespace

const model::Plan* carrying_plan(const model::Definitions& definitions, const model::Cycle& cycle,
                                 const std::string& plan) {
  for (const model::Plan& p : definitions.plans) {
    const auto& refs = cycle.plans;
    const bool of_cycle = std::any_of(refs.begin(), refs.end(), [&](const model::PlanRef& r) { return r.id == p.id; });
    const bool taken = plan.empty() ? of_cycle : p.id == plan;
    if (taken && p.missing == model::MissingPolicy::carry) return &p;
  }
  return nullptr;
}

std::string carried_from(store::Store& store, const model::Cycle& cycle, store::Timestamp known) {
  const auto closed = last_closed(store, store.cycle_events(known), cycle);
  return closed ? closed->run.cycle + " (run " + std::to_string(closed->run.id) + ")" : std::string();
}

void load_carried_scores(store::Store& store, store::Timestamp known, int threads, CycleData& data,
                         Diagnostics& diagnostics) {
  const std::vector<store::CycleEvent> events = store.cycle_events(known);
  for (const store::CycleEvent& event : events) data.known = std::max(data.known, event.at);
  const auto closed = last_closed(store, events, *data.cycle);
  if (!closed) return;
  const store::Run& run = closed->run;
  const auto from = load_cycle(store, {run.cycle, run.as_of, run.known, run.as_of, true});
  const scoring::Scorer scorer(*from->applied.definitions, from->dataset, {run.cycle, run.plan});
  std::copy_if(scorer.diagnostics().begin(), scorer.diagnostics().end(), std::back_inserter(diagnostics),
               [](const Diagnostic& d) { return d.severity == Severity::error; });
  if (has_errors(scorer.diagnostics())) return;
  data.dataset.carried.cycle = run.cycle;
  data.dataset.carried.run = run.id;
  take(*from, scorer.kpi_scores(threads), data.dataset);
}

Diagnostics carried_findings(const CycleData& data, const model::Plan& plan,
                             std::span<const model::PersonResult> results) {
  size_t carried = 0;
  size_t not_carried = 0;
  for (const model::PersonResult& r : results) {
    carried += r.has(model::Flag::carried);
    not_carried += r.has(model::Flag::not_carried);
  }
  if (carried + not_carried == 0) return {};
  const facts::CarriedScores& from = data.dataset.carried;
  const SourceSpan place = plan.places.missing.line != 0 ? plan.places.missing : plan.span;
  if (from.cycle.empty())
    return {make_warning("carried-scores/none", place, {data.cycle->id, std::to_string(not_carried)})};
  Diagnostic note =
      make_warning("carried-scores", place,
                   {std::to_string(carried), from.cycle, std::to_string(from.run), std::to_string(not_carried)});
  note.severity = Severity::note;
  return {note};
}

}  // namespace hr::engine
