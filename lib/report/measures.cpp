#include "report/measures.h"

#include <algorithm>
#include <map>

#include "facts/grouping.h"

namespace hr::report {

namespace {

using model::PersonResult;

// What a result itself has.
struct Own {
  const char* id;
  table::Label name;
  OptionalFigure (*of)(const PersonResult&);
};

OptionalFigure component(const PersonResult& r, model::Component c) {
  return r.component[static_cast<size_t>(c)];
}

const std::vector<Own>& own_measures() {
  using model::Component;
  static const std::vector<Own> measures{
      {"score", {"Score", "得分"}, [](const PersonResult& r) { return r.score; }},
      {"kpi", {"KPI", "KPI"}, [](const PersonResult& r) { return component(r, Component::kpi); }},
      {"okr", {"OKR", "OKR"}, [](const PersonResult& r) { return component(r, Component::okr); }},
      {"feedback", {"Feedback", "360 反馈"}, [](const PersonResult& r) { return component(r, Component::feedback); }},
      {"coverage", {"Coverage", "覆盖率"}, [](const PersonResult& r) { return r.coverage; }},
      {"percentile", {"Percentile", "百分位"}, [](const PersonResult& r) { return r.percentile; }},
      {"raw_score", {"Raw score", "原始分"}, [](const PersonResult& r) { return r.raw_score; }}};
  return measures;
}

const Own* find_own(std::string_view id) {
  for (const Own& own : own_measures()) {
    if (own.id == id) return &own;
  }
  return nullptr;
}

OptionalFigure score_of(const ScoredRun& run, const std::vector<scoring::KpiScore>& scores, const std::string& kpi) {
  for (const scoring::KpiScore& s : scores) {
    if (run.definitions.kpis[s.kpi].id == kpi) return s.score;
  }
  return {};
}

}  // namespace

std::optional<Measure> find_measure(std::string_view id, const model::Definitions& definitions) {
  if (const Own* own = find_own(id)) return Measure{own->id, own->name};
  const model::Kpi* kpi = definitions.find_kpi(id);
  if (kpi == nullptr) return std::nullopt;
  const std::string& en = kpi->label_en();
  return Measure{kpi->id, {en, kpi->name.zh.empty() ? en : kpi->name.zh}};
}

bool is_kpi(const Measure& measure) {
  return find_own(measure.id) == nullptr;
}

std::vector<std::string> measure_ids(const model::Definitions& definitions) {
  std::vector<std::string> ids;
  for (const Own& own : own_measures()) ids.emplace_back(own.id);
  for (const model::Kpi& kpi : definitions.kpis) {
    if (find_own(kpi.id) == nullptr) ids.push_back(kpi.id);
  }
  return ids;
}

Labels measure_labels(std::span<const Measure> measures) {
  Labels labels;
  for (const Measure& m : measures) labels.emplace_back(m.id, m.name);
  return labels;
}

std::vector<std::vector<OptionalFigure>> figures_of(const ScoredRun& run, std::span<const Measure> measures,
                                                    int threads) {
  std::vector<std::vector<scoring::KpiScore>> scores;
  std::vector<std::vector<OptionalFigure>> figures;
  for (const Measure& measure : measures) {
    const Own* own = find_own(measure.id);
    if (own == nullptr && scores.empty()) scores = run.scorer.kpi_scores(threads);
    std::vector<OptionalFigure>& of_people = figures.emplace_back(run.results.size());
    for (size_t p = 0; p < of_people.size(); ++p) {
      if (run.results[p].status != model::Status::rated) continue;
      of_people[p] = own != nullptr ? own->of(run.results[p]) : score_of(run, scores[p], measure.id);
    }
  }
  return figures;
}

std::vector<Group> groups_of(const ScoredRun& run, const std::string& attribute,
                             std::span<const OptionalFigure> figures) {
  std::map<std::string, Group> groups;
  for (uint32_t p = 0; p < figures.size(); ++p) {
    if (!figures[p]) continue;
    const uint32_t spell = attribute.empty() ? facts::kNone : facts::last_spell(run.dataset, p);
    Group& group = groups[facts::group_label(run.dataset, spell, attribute)];
    group.figures.push_back(*figures[p]);
    group.people.push_back(p);
  }
  std::vector<Group> all;
  for (auto& [name, group] : groups) {
    group.name = name;
    std::sort(group.figures.begin(), group.figures.end());
    all.push_back(std::move(group));
  }
  return all;
}

std::vector<Shown> shown_of(const std::vector<Group>& groups, uint32_t min_shown) {
  std::vector<uint32_t> people;
  for (const Group& g : groups) people.push_back(static_cast<uint32_t>(g.figures.size()));
  return shown_groups(people, min_shown);
}

}  // namespace hr::report
