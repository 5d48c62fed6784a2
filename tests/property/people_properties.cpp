// Small whole datasets through the Scorer: what must hold between two runs.
#include <doctest/doctest.h>

#include <span>
#include <thread>

#include "property/drafts.h"
#include "property/properties.h"

using namespace world;
using namespace property;

namespace {

// Everything that a run says about somebody, so that two can be compared.
std::string row(const Scored& s, const model::PersonResult& r) {
  std::string out = "status " + std::to_string(static_cast<int>(r.status)) + " reasons " + std::to_string(r.reasons) +
                    " flags " + std::to_string(r.flags) + " rank " + std::to_string(r.rank);
  const auto band = [&](uint32_t b) {
    return b == model::kNoBand ? std::string("-") : s.definitions->scales[0].bands[b].id;
  };
  out += " band " + band(r.band) + " best " + band(r.best_band);
  for (size_t c = 0; c < r.component.size(); ++c)
    out += " " + property::text(r.component[c]) + "/" + property::text(r.component_coverage[c]);
  for (const auto& f : {r.coverage, r.raw_score, r.exact, r.score, r.percentile}) out += " " + property::text(f);
  return out;
}

std::vector<std::string> rows(const Scored& s) {
  std::vector<std::string> out;
  for (size_t p = 0; p < s.results.size(); ++p)
    out.push_back(std::string(s.dataset->people.id[p]) + " " + row(s, s.results[p]));
  return out;
}

void same_rows(const Scored& a, const Scored& b) {
  const std::vector<std::string> x = rows(a);
  const std::vector<std::string> y = rows(b);
  SAME(x.size(), y.size());
  for (size_t i = 0; i < x.size(); ++i) SAME(x[i], y[i]);
}

Decimal times(Decimal d, const std::string& factor) {
  return *multiply(d, dec(factor));
}

}  // namespace

TEST_CASE("people: any split of them over calls and threads gives the same bytes") {
  for_all(60, [] {
    const Scored s = any_draft().run();
    const auto n = static_cast<uint32_t>(s.results.size());
    std::vector<model::PersonResult> split(n);
    std::vector<std::jthread> threads;
    for (uint32_t begin = 0; begin < n;) {
      const uint32_t end = begin + static_cast<uint32_t>(whole("chunk", 1, n - begin));
      threads.emplace_back([&s, &split, begin, end] { s.scorer->score_people(begin, end, split); });
      begin = end;
    }
    threads.clear();
    s.scorer->rank(split);
    s.scorer->distribute(split);
    for (uint32_t p = 0; p < n; ++p) SAME(row(s, split[p]), row(s, s.results[p]));
  });
}

TEST_CASE("people: scored in a batch they have what each has alone, in columns of another order too") {
  for_all(300, [] {
    Draft d = any_draft();
    if (coin("vetoes")) add_vetoes(d);
    if (coin("adjustments")) add_adjustments(d);
    if (coin("vary")) vary_kpis(d);
    if (coin("imported")) add_imported_okrs(d);
    if (coin("interim")) d.w.as_of = day_text(whole("as of", 0, 364));
    const Scored s = d.run();
    const auto n = static_cast<uint32_t>(s.results.size());
    std::vector<model::PersonResult> batched(n);
    std::vector<uint32_t> people;
    for (const size_t p : order("people", n)) people.push_back(static_cast<uint32_t>(p));
    const auto first = static_cast<size_t>(whole("first", 0, n));
    const auto batch = s.scorer->batch();
    std::vector<scoring::BatchedKpi> of_all(n);
    s.scorer->score_kpis(*batch, std::span(people).first(first), of_all);
    s.scorer->score_people(*batch, std::span(people).first(first), of_all, batched);
    std::vector<uint32_t> place(n);  // of the others, in columns that have nobody else
    for (size_t i = first; i < n; ++i) place[people[i]] = static_cast<uint32_t>(i - first);
    std::vector<facts::KpiFacts> kpis;
    for (const facts::KpiFacts& all : s.dataset->kpis) {
      kpis.push_back({all.kpi, {}, {}});
      for (const facts::FactColumn& column : all.people) {
        facts::ScatteredFacts some(n - first);
        for (size_t i = first; i < n; ++i) {
          if (column.has(people[i])) some.set(place[people[i]], column.value(people[i]));
        }
        kpis.back().people.emplace_back(column.period, some);
      }
    }
    const auto slice = s.scorer->batch(kpis, place);
    std::vector<scoring::BatchedKpi> of_some(n - first);
    s.scorer->score_kpis(*slice, std::span(people).subspan(first), of_some);
    s.scorer->score_people(*slice, std::span(people).subspan(first), of_some, batched);
    s.scorer->rank(batched);
    s.scorer->distribute(batched);
    for (uint32_t p = 0; p < n; ++p) SAME(row(s, batched[p]), row(s, s.results[p]));
  });
}

TEST_CASE("people: the order of rows and of definitions has no say") {
  for_all(150, [] {
    Draft d = any_draft();
    if (coin("vetoes")) add_vetoes(d);
    if (coin("adjustments")) add_adjustments(d);
    const Scored before = d.run();
    d.shuffle();
    model::Definitions& all = d.w.d;
    all.kpis = in_order(all.kpis, order("kpis", all.kpis.size()));
    all.scorecards = in_order(all.scorecards, order("scorecards", all.scorecards.size()));
    all.objectives = in_order(all.objectives, order("objectives", all.objectives.size()));
    all.scales[0].bands = in_order(all.scales[0].bands, order("bands", all.scales[0].bands.size()));
    for (model::Scorecard& card : all.scorecards) {
      card.kpis = in_order(card.kpis, order("entries", card.kpis.size()));
      card.vetoes = in_order(card.vetoes, order("vetoes", card.vetoes.size()));
      card.adjustments = in_order(card.adjustments, order("adjustments", card.adjustments.size()));
    }
    for (model::Objective& o : all.objectives)
      o.key_results = in_order(o.key_results, order("krs", o.key_results.size()));
    auto& groups = d.w.plan().feedback.groups;
    groups = in_order(groups, order("groups", groups.size()));
    if (d.w.plan().distribution) {
      auto& quotas = d.w.plan().distribution->quotas;
      quotas = in_order(quotas, order("quotas", quotas.size()));
    }
    same_rows(before, d.run());
  });
}

TEST_CASE("people: the scale of weights has no say") {
  for_all(150, [] {
    Draft d = any_draft();
    const Scored before = d.run();
    const std::string by = one_of("by", {"2", "0.5", "10", "0.01", "3", "7"});
    const auto scale = [&by](std::optional<Decimal>& weight) {
      if (weight) weight = times(*weight, by);
    };
    for (model::Scorecard& card : d.w.d.scorecards) {
      for (model::ScorecardKpi& e : card.kpis) scale(e.weight);
    }
    for (auto& weight : d.w.plan().weights) scale(weight);
    for (model::WeightedName& g : d.w.plan().feedback.groups) g.weight = times(g.weight, by);
    for (model::Objective& o : d.w.d.objectives) {
      for (model::KeyResult& kr : o.key_results) scale(kr.weight);
    }
    if (d.w.plan().distribution) {
      for (model::WeightedName& q : d.w.plan().distribution->quotas) q.weight = times(q.weight, by);
    }
    same_rows(before, d.run());
  });
}

TEST_CASE("people: a KPI without data is as if it were not in the scorecard, where weights are reweighted") {
  for_all(100, [] {
    Draft d = any_draft();
    d.w.plan().missing = model::MissingPolicy::reweight;
    auto& entries = d.w.scorecard().kpis;
    if (entries.size() < 2) return;
    const auto gone = static_cast<size_t>(whole("gone", 1, static_cast<int64_t>(entries.size()) - 1));
    const std::string id = entries[gone].kpi;
    std::erase_if(d.w.facts, [&](const auto& fact) { return std::get<1>(fact) == id; });
    const Scored without_data = d.run();
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(gone));
    const Scored dropped = d.run();
    for (size_t p = 0; p < d.people; ++p) {
      SAME(dropped.of(person(p)).component[0], without_data.of(person(p)).component[0]);
    }
  });
}

TEST_CASE("people: a better value never makes its owner's score, band or rank worse, nor anybody else's rank better") {
  for_all(150, [] {
    Draft d = any_draft();
    if (d.w.facts.empty()) return;
    const Scored before = d.run();
    auto& fact = d.w.facts[static_cast<size_t>(whole("fact", 0, static_cast<int64_t>(d.w.facts.size()) - 1))];
    std::get<3>(fact) += positive("better by").to_double();
    const Scored after = d.run();
    if (after.of(std::get<0>(fact)).has(model::Flag::not_computable)) return;  // so good that it is no figure
    const auto height = [&](const model::PersonResult& r) {                    // bands are written from D to A
      return r.band == model::kNoBand ? -1 : static_cast<int>(r.band);
    };
    for (size_t p = 0; p < d.people; ++p) {
      const model::PersonResult& a = before.of(person(p));
      const model::PersonResult& b = after.of(person(p));
      HOLDS(a.status == b.status);
      if (a.status != model::Status::rated) continue;
      if (person(p) == std::get<0>(fact)) {
        AT_MOST(*a.exact, *b.exact);
        AT_MOST(height(a), height(b));
        AT_MOST(b.rank, a.rank);
        AT_MOST(*a.percentile, *b.percentile);
      } else {
        SAME(*a.exact, *b.exact);
        AT_MOST(a.rank, b.rank);
      }
    }
  });
}

TEST_CASE("people: a veto lowers or leaves; who is vetoed has at best its score and its band") {
  for_all(150, [] {
    Draft d = any_draft();
    add_vetoes(d);
    Draft free = d;
    free.w.scorecard().vetoes.clear();
    const Scored with = d.run();
    const Scored without = free.run();
    for (size_t p = 0; p < d.people; ++p) {
      const model::PersonResult& a = with.of(person(p));
      const model::PersonResult& b = without.of(person(p));
      if (a.status != model::Status::rated) continue;
      AT_MOST(*a.exact, *b.exact);
      SAME(a.raw_score, b.raw_score);
      if (!a.has(model::Flag::vetoed)) SAME(*a.exact, *b.exact);
      const auto& first = d.w.scorecard().vetoes[0];
      if (a.has(model::Flag::vetoed) && first.score_cap) AT_MOST(*a.exact, *snap(first.score_cap->to_double()));
      if (!d.w.plan().distribution) AT_MOST(static_cast<int>(a.band), static_cast<int>(b.band));
      if (a.best_band != model::kNoBand) AT_MOST(static_cast<int>(a.band), static_cast<int>(a.best_band));
      double breaches = 0;
      for (const auto& f : d.w.facts) {
        if (std::get<0>(f) == person(p) && std::get<1>(f) == "breaches") breaches = std::get<3>(f);
      }
      if (breaches == 0) HOLDS(!a.has(model::Flag::vetoed));
    }
  });
}
