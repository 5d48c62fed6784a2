#include "scoring/target_sets.h"

#include <algorithm>

namespace hr::scoring {

using facts::kNone;
using facts::TargetSubject;

TargetSets::TargetSets(const facts::Dataset& dataset, const Calendar& calendar,
                       const std::vector<ScorecardRules>& scorecards, std::span<const KpiRules> kpis,
                       const FactView& facts)
    : dataset_(dataset),
      calendar_(calendar),
      scorecards_(scorecards),
      kpis_(kpis),
      facts_(facts),
      bare_(scorecards.size(), kNone) {
  jobs_ = dataset.spells.attributes.find("job");
  if (jobs_ != nullptr && jobs_->storage != facts::Storage::text) jobs_ = nullptr;
  index_rows();
}

void TargetSets::index_rows() {
  std::unordered_map<std::string_view, uint32_t> kpi_index;
  for (uint32_t k = 0; k < kpis_.size(); ++k) kpi_index.emplace(kpis_[k].kpi->id, k);
  std::vector<std::pair<uint32_t, Own>> found;
  for (const auto& [key, rows] : dataset_.targets.rows) {
    any_job_ |= key.kind == TargetSubject::job;
    any_unit_ |= key.kind == TargetSubject::unit;
    if (key.kind != TargetSubject::employee) continue;
    const auto person = dataset_.people.find(key.subject);
    const auto kpi = kpi_index.find(key.kpi);
    if (person && kpi != kpi_index.end()) found.push_back({*person, {kpi->second, rows}});
  }
  if (found.empty()) return;
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second.kpi < b.second.kpi;
  });
  own_begin_.assign(dataset_.people.size() + 1, 0);
  for (const auto& [person, own] : found) {
    ++own_begin_[person + 1];
    own_.push_back(own);
  }
  for (size_t p = 1; p < own_begin_.size(); ++p) own_begin_[p] += own_begin_[p - 1];
}

std::span<const facts::TargetRow> TargetSets::of_employee(uint32_t person, uint32_t kpi) const {
  if (!has_own(person)) return {};
  for (uint32_t i = own_begin_[person]; i < own_begin_[person + 1]; ++i) {
    if (own_[i].kpi == kpi) return own_[i].rows;
  }
  return {};
}

bool TargetSets::has_rows(TargetSubject kind, std::string_view subject, uint32_t scorecard) const {
  const auto& kpis = scorecards_[scorecard].scorecard->kpis;
  return std::any_of(kpis.begin(), kpis.end(), [&](const model::ScorecardKpi& k) {
    return !dataset_.targets.find(kind, subject, k.kpi).empty();
  });
}

uint32_t TargetSets::set_for(uint32_t spell, uint32_t scorecard) {
  uint32_t job = jobs_ != nullptr && any_job_ ? jobs_->codes[spell] : kNone;
  uint32_t unit = any_unit_ || scorecards_[scorecard].any_of_unit ? dataset_.spells.unit[spell] : kNone;
  if (job == kNone && unit == kNone) {
    uint32_t& set = bare_[scorecard];
    return set != kNone ? set : set = find_or_make({scorecard, kNone, kNone});
  }
  const Key exact{scorecard, job, unit};
  if (const auto it = index_.find(exact); it != index_.end()) return it->second;
  // Jobs and units without targets of their own share a set.
  if (job != kNone && !has_rows(TargetSubject::job, jobs_->dictionary[job], scorecard)) job = kNone;
  if (unit != kNone && !scorecards_[scorecard].any_of_unit &&
      !has_rows(TargetSubject::unit, dataset_.units.id[unit], scorecard)) {
    unit = kNone;
  }
  const uint32_t set = find_or_make({scorecard, job, unit});
  index_.emplace(exact, set);
  return set;
}

uint32_t TargetSets::find_or_make(const Key& key) {
  const auto [it, fresh] = index_.emplace(key, static_cast<uint32_t>(sets_.size()));
  if (fresh) sets_.push_back(make(key.scorecard, key.job, key.unit));
  return it->second;
}

// The unit, or the nearest above it, that has facts of the KPI; where none has, the nearest that has targets.
uint32_t TargetSets::fact_unit(uint32_t unit, uint32_t kpi) const {
  ValueRequest q;
  q.dataset = &dataset_;
  q.calendar = &calendar_;
  q.kpis = kpis_;
  q.facts = &facts_;
  for (uint32_t u = unit; u != kNone; u = dataset_.units.parent[u]) {
    q.subject = {true, u};
    if (has_facts(q, kpi)) return u;
  }
  for (uint32_t u = unit; u != kNone; u = dataset_.units.parent[u]) {
    if (!dataset_.targets.find(TargetSubject::unit, dataset_.units.id[u], kpis_[kpi].kpi->id).empty()) return u;
  }
  return kNone;
}

TargetSet TargetSets::make(uint32_t scorecard, uint32_t job, uint32_t unit) const {
  const ScorecardRules& rules = scorecards_[scorecard];
  TargetSet set;
  set.scorecard = scorecard;
  for (const EntryRules& entry : rules.kpis) {
    KpiTargets& t = set.kpis.emplace_back();
    t.source.entry = entry.entry;
    t.source.additive = entry.additive;
    const std::string& kpi = entry.entry->kpi;
    if (job != kNone) t.source.rows[1] = dataset_.targets.find(TargetSubject::job, jobs_->dictionary[job], kpi);
    uint32_t target_unit = unit;
    if (entry.of_unit) target_unit = t.unit = fact_unit(unit, entry.kpi);
    if (target_unit != kNone) {
      t.source.rows[2] = dataset_.targets.find(TargetSubject::unit, dataset_.units.id[target_unit], kpi);
    }
    make_goals(entry, t);
  }
  return set;
}

void TargetSets::make_goals(const EntryRules& entry, KpiTargets& t) const {
  const Date last = calendar_.last_day();
  const auto weight = weight_on(t.source, last);
  t.weight = weight ? weight->to_double() : 1;
  for (const auto& rows : t.source.rows) {
    for (const facts::TargetRow& row : rows) t.weighs_by_day |= row.weight.has_value();
  }
  if (calendar_.counted == 0) return;
  std::vector<uint8_t> in(calendar_.periods.size(), 0);
  std::vector<int64_t> counted(calendar_.periods.size(), 0);
  for (uint32_t p = 0; p < calendar_.counted; ++p) {
    counted[p] = calendar_.periods[p].days * kNano;
    in[p] = 1;
  }
  t.whole = make_goal(t.source, entry.curve.needs, calendar_, {in, counted, last}, nullptr);
  std::fill(in.begin(), in.end(), uint8_t{0});
  for (uint32_t p = 0; p < calendar_.counted; ++p) {
    in[p] = 1;
    t.by_period.push_back(
        make_goal(t.source, entry.curve.needs, calendar_, {in, counted, calendar_.periods[p].range.last()}, nullptr));
    in[p] = 0;
  }
  t.made = true;
}

bool TargetSets::same(uint32_t person, uint32_t a, uint32_t b) const {
  if (a == b) return true;
  const TargetSet& x = sets_[a];
  const TargetSet& y = sets_[b];
  if (x.scorecard != y.scorecard) return false;
  const auto equal_on = [&](const TargetSource& s, const TargetSource& t, Date day) {
    if (weight_on(s, day) != weight_on(t, day)) return false;
    for (size_t r = 0; r < kRoles; ++r) {
      const auto v = in_force(s, static_cast<Role>(r), day);
      const auto w = in_force(t, static_cast<Role>(r), day);
      if (v.has_value() != w.has_value() || (v && v->value != w->value)) return false;
    }
    return true;
  };
  for (size_t k = 0; k < x.kpis.size(); ++k) {
    if (x.kpis[k].unit != y.kpis[k].unit) return false;
    TargetSource s = x.kpis[k].source;
    TargetSource t = y.kpis[k].source;
    s.rows[0] = t.rows[0] = of_employee(person, scorecards_[x.scorecard].kpis[k].kpi);
    for (const CyclePeriod& p : calendar_.periods) {
      if (!equal_on(s, t, p.range.last())) return false;
    }
  }
  return true;
}

}  // namespace hr::scoring
