#include "engine/cycle/goalposts.h"

#include <map>
#include <set>
#include <tuple>

#include "engine/cycle/yardstick.h"

namespace hr::engine {

namespace {

using Place = std::tuple<std::string, std::string, std::string>;  // subject, KPI, field

std::map<Place, const Measure*> by_place(const std::vector<Measure>& measures) {
  std::map<Place, const Measure*> places;
  for (const Measure& m : measures) places.emplace(Place{m.subject, m.kpi, m.field}, &m);
  return places;
}

std::set<std::string> subjects_of(const std::vector<Measure>& measures) {
  std::set<std::string> subjects;
  for (const Measure& m : measures) subjects.insert(m.subject);
  return subjects;
}

// Of what is there in one version only, one line is enough: its target, or what comes first.
class OneOfEach {
 public:
  explicit OneOfEach(const std::map<Place, const Measure*>& other, const std::map<Place, const Measure*>& own)
      : own_(own) {
    for (const auto& [place, measure] : other) there_.emplace(measure->subject, measure->kpi);
  }

  bool takes(const Measure& m) {
    if (there_.count({m.subject, m.kpi}) > 0) return true;
    if (own_.count({m.subject, m.kpi, "target"}) > 0) return m.field == "target";
    return told_.emplace(m.subject, m.kpi).second;
  }

 private:
  const std::map<Place, const Measure*>& own_;
  std::set<std::pair<std::string, std::string>> there_;  // subjects and KPIs of the other version
  std::set<std::pair<std::string, std::string>> told_;
};

// KPIs, curves and plans come into use and go out of it through what refers to them: that is the difference then.
bool is_referred_to(const std::string& subject) {
  return subject.starts_with("kpi:") || subject.starts_with("curve:") || subject.starts_with("plan:");
}

// Where what is gone would stand in the new version: beside the rest of its item, else in its file.
SourceSpan place_of_gone(const Measure& gone, const std::vector<Measure>& news) {
  SourceSpan place{gone.span.file, 0, 0, 0};
  for (const Measure& m : news) {
    if (m.subject != gone.subject) continue;
    if (m.kpi == gone.kpi) return m.span;
    if (place.line == 0) place = m.span;
  }
  return place;
}

MovedGoalpost goalpost(const model::Cycle& cycle, const Measure* before, const Measure* after) {
  const Measure& m = after ? *after : *before;
  MovedGoalpost moved;
  moved.cycle = cycle.id;
  moved.subject = m.subject;
  moved.kpi = m.kpi;
  moved.field = m.field;
  moved.before = before ? before->value : "";
  moved.after = after ? after->value : "";
  moved.span = m.span;
  moved.of_cycle = m.of_cycle;
  return moved;
}

Diagnostic refusal(const MovedGoalpost& moved, Stage stage) {
  const std::string what = moved.subject + (moved.kpi.empty() ? "" : " · " + moved.kpi) + " · " + moved.field;
  const auto written = [](const std::string& value) { return value.empty() ? std::string("–") : value; };
  return make_error(stage == Stage::closed ? "cycle-frozen/closed" : "cycle-frozen", moved.span,
                    {moved.cycle, what, written(moved.before), written(moved.after)});
}

}  // namespace

std::vector<MovedGoalpost> differences(const model::Definitions& before, const model::Definitions& after,
                                       const model::Cycle& cycle) {
  const std::vector<Measure> old_measures = yardstick(before, cycle);
  const std::vector<Measure> new_measures = yardstick(after, cycle);
  const bool is_gone = new_measures.empty();
  const std::set<std::string> old_subjects = subjects_of(old_measures);
  const std::set<std::string> new_subjects = subjects_of(new_measures);
  const auto olds = by_place(old_measures);
  const auto news = by_place(new_measures);
  OneOfEach gone(news, olds);
  OneOfEach come(olds, news);
  std::vector<MovedGoalpost> moved;
  for (const auto& [place, old] : olds) {
    if (is_gone && old->subject != "cycle:" + cycle.id) continue;
    if (is_referred_to(old->subject) && new_subjects.count(old->subject) == 0) continue;
    const auto now = news.find(place);
    if (now == news.end() && !gone.takes(*old)) continue;
    if (now == news.end()) {
      moved.push_back(goalpost(cycle, old, nullptr));
      moved.back().span = place_of_gone(*old, new_measures);
    } else if (now->second->value != old->value) {
      moved.push_back(goalpost(cycle, old, now->second));
    }
  }
  for (const auto& [place, now] : news) {
    if (olds.count(place) > 0) continue;
    const bool is_new = old_subjects.count(now->subject) == 0;
    if ((is_new && is_referred_to(now->subject)) || !come.takes(*now)) continue;
    moved.push_back(goalpost(cycle, nullptr, now));
    moved.back().is_new = is_new;
  }
  return moved;
}

GoalpostVerdict judge_goalposts(const model::Definitions& before, const model::Definitions& after,
                                const Stages& stages) {
  GoalpostVerdict verdict;
  for (const model::Cycle& cycle : before.cycles) {
    const Stage stage = stage_of(cycle, stages.events, stages.today).stage;
    if (stage == Stage::planned) continue;
    for (MovedGoalpost& moved : differences(before, after, cycle)) {
      moved.stage = stage;
      if (stage == Stage::frozen || (stage == Stage::closed && moved.of_cycle))
        verdict.frozen.push_back(refusal(moved, stage));
      else if (stage == Stage::open && !moved.is_new)
        verdict.moved.push_back(std::move(moved));
    }
  }
  return verdict;
}

store::TargetChange recorded(const MovedGoalpost& moved, const WhoWhen& who, store::Timestamp at,
                             const std::string& reason) {
  store::TargetChange change;
  change.at = at;
  change.by = who.who;
  change.reason = reason;
  change.cycle = moved.cycle;
  change.stage = stage_name(moved.stage);
  change.subject = moved.subject;
  change.kpi = moved.kpi;
  change.field = moved.field;
  change.before = moved.before;
  change.after = moved.after;
  return change;
}

}  // namespace hr::engine
