// Small whole datasets through the Scorer: what must hold between two runs, and within the derivation of one.
#include <doctest/doctest.h>

#include <algorithm>
#include <thread>

#include "property/properties.h"
#include "scoring/spell.h"
#include "unit/scoring/world.h"

using namespace world;
using namespace property;

namespace {

constexpr const char* kKpis[] = {"k0", "k1", "k2", "k3"};

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

// The rows of a table, so that they can be put in another order.
struct Rows {
  std::string header;
  std::vector<std::string> lines;
  std::string csv(const std::vector<size_t>& order) const {
    std::string out = header + "\n";
    for (const size_t i : order) out += lines[i] + "\n";
    return out;
  }
  std::string csv() const {
    std::string out = header + "\n";
    for (const std::string& line : lines) out += line + "\n";
    return out;
  }
};

// A world before its tables are handed in.
struct Draft {
  World w;
  size_t people = 0;
  Rows employees{"employee_id,job,hire_date,termination_date", {}};
  Rows assignments{"employee_id,from,to,job", {}};
  Rows leaves{"employee_id,from,to,kind", {}};
  Rows feedback{"employee_id,rater_id,relation,competency,rating", {}};
  Rows checkins{"key_result,date,value", {}};

  Scored run() const {
    World copy = w;
    copy.people(employees.csv());
    if (!assignments.lines.empty()) copy.table(model::TableId::assignments, assignments.csv());
    if (!leaves.lines.empty()) copy.table(model::TableId::leaves, leaves.csv());
    if (!feedback.lines.empty()) copy.table(model::TableId::feedback, feedback.csv());
    if (!checkins.lines.empty()) copy.table(model::TableId::checkins, checkins.csv());
    return copy.run();
  }
  void shuffle() {
    for (Rows* r : {&employees, &assignments, &leaves, &feedback, &checkins}) {
      r->lines = in_order(r->lines, order("rows", r->lines.size()));
    }
    w.facts = in_order(w.facts, order("facts", w.facts.size()));
  }
};

std::string person(size_t i) {
  return "E" + std::to_string(i);
}

std::string month(int64_t m) {
  return std::string("2025-") + (m < 10 ? "0" : "") + std::to_string(m);
}

std::string day_text(int64_t of_year) {
  return to_string(day("2025-01-01") + static_cast<int32_t>(of_year));
}

// KPIs whose score never falls when the value grows.
void add_kpi(Draft& d, size_t k, const std::optional<Decimal>& weight) {
  model::Kpi& kpi = d.w.kpi(kKpis[k]);
  if (coin("additive")) d.w.additive(kKpis[k]);
  model::ScorecardKpi& e = d.w.entry(kKpis[k], "", std::to_string(whole("target", 1, 2000)));
  e.weight = weight;
  if (kpi.nature == model::Nature::additive && coin("per period")) e.per = model::TargetPer::period;
  kpi.curve.inline_curve.emplace();
  const int64_t form = whole("curve", 0, 2);
  if (form == 1) {
    kpi.curve.inline_curve->form =
        model::StepsCurve{{{dec("0.5"), dec("40")}, {dec("1"), dec("100")}}, model::Attainment::ratio, dec("0")};
  } else if (form == 2) {
    kpi.curve.inline_curve->form =
        model::PointsCurve{{{dec("0.5"), dec("30")}, {dec("1"), dec("100")}, {dec("1.5"), dec("120")}},
                           model::Attainment::ratio,
                           dec("0"),
                           false};
  }
}

void add_facts(Draft& d, size_t kpis) {
  for (size_t p = 0; p < d.people; ++p) {
    for (size_t k = 0; k < kpis; ++k) {
      const int64_t kind = whole("facts", 0, 4);
      const auto value = [] { return moderate("value", 500, 2).to_double(); };
      if (kind == 1) d.w.fact(person(p), kKpis[k], "2025", value());
      if (kind == 2) d.w.fact(person(p), kKpis[k], "2025Q" + std::to_string(whole("quarter", 1, 4)), value());
      if (kind < 3) continue;
      for (int64_t m = whole("first month", 1, 12); m <= 12; m += 3) d.w.fact(person(p), kKpis[k], month(m), value());
    }
  }
}

void add_people(Draft& d) {
  d.people = static_cast<size_t>(whole("people", 1, 5));
  for (size_t p = 0; p < d.people; ++p) {
    const std::string hired = coin("joiner") ? day_text(whole("hired", 0, 364)) : "2020-01-01";
    const std::string left = coin("leaver") ? day_text(whole("left", 0, 364)) : "";
    d.employees.lines.push_back(person(p) + ",Rep," + hired + "," + (left.empty() || left >= hired ? left : ""));
  }
}

void add_transfers(Draft& d) {
  for (size_t p = 0; p < d.people; ++p) {
    int64_t from = whole("assigned", 0, 300);
    for (int64_t n = whole("assignments", 0, 3); n > 0; --n) {
      const int64_t last = from + whole("days", 1, 150);
      d.assignments.lines.push_back(person(p) + "," + day_text(from) + "," + day_text(last) + "," +
                                    one_of("job", {"Rep", "Lead"}));
      from = last + 1 + whole("away", 0, 40) / 20 * 20;
    }
    for (int64_t n = whole("leaves", 0, 3); n > 0; --n) {
      const int64_t first = whole("leave", 0, 364);
      d.leaves.lines.push_back(person(p) + "," + day_text(first) + "," + day_text(first + whole("days", 0, 90)) + "," +
                               one_of("kind", {"sick", "sick", "annual"}));
    }
  }
  d.w.plan().leave.kinds = {"sick"};
  d.w.plan().leave.min_days = static_cast<int>(whole("min days", 0, 15));
  model::Scorecard other;
  other.id = "leads";
  other.applies_to = expression("job == \"Lead\"");
  d.w.scorecard().applies_to = expression("job != \"Lead\"");
  d.w.d.scorecards.push_back(other);
  d.w.entry_in(d.w.d.scorecards[1], kKpis[0], "", "300");
}

void add_feedback(Draft& d) {
  const std::vector<Decimal> w = weights("group", 2);
  d.w.plan().feedback.groups = {{"peer", w[0], {}}, {"report", w[1], {}}};
  d.w.plan().feedback.min_raters = static_cast<int>(whole("min raters", 1, 3));
  if (coin("fold")) d.w.plan().feedback.small_groups = model::SmallGroups::fold;
  for (size_t p = 0; p < d.people; ++p) {
    for (int64_t n = whole("responses", 0, 5); n > 0; --n) {
      d.feedback.lines.push_back(person(p) + ",R" + std::to_string(whole("rater", 0, 5)) + "," +
                                 one_of("relation", {"peer", "report", "self"}) + ",c," +
                                 std::to_string(whole("rating", 1, 5)));
    }
  }
}

void add_okrs(Draft& d) {
  for (size_t p = 0; p < d.people; ++p) {
    if (!coin("objective")) continue;
    model::Objective& o = d.w.d.objectives.emplace_back();
    o.id = "o" + std::to_string(p);
    o.cycle = "c";
    o.owner = {model::OwnerKind::employee, person(p), {}};
    o.roll_up = one_of("roll-up", {model::RollUp::weighted, model::RollUp::mean, model::RollUp::min});
    const auto n = static_cast<size_t>(whole("key results", 1, 3));
    const std::vector<Decimal> w = weights("kr", n);
    for (size_t i = 0; i < n; ++i) {
      model::KeyResult& kr = o.key_results.emplace_back();
      kr.id = o.id + "-" + std::to_string(i);
      kr.weight = w[i];
      kr.target = dec("100");
      if (coin("aspirational")) kr.type = model::KeyResultType::aspirational;
      if (whole("checked in", 0, 3) != 3)
        d.checkins.lines.push_back(kr.id + ",2025-12-0" + std::to_string(whole("day", 1, 9)) + "," +
                                   std::to_string(whole("current", 0, 130)));
    }
  }
}

void add_scale(Draft& d) {
  d.w.scale({{"D", "-1000"}, {"C", "60"}, {"B", "80"}, {"A", "100"}});
  if (!coin("distribution")) return;
  d.w.plan().distribution.emplace();
  d.w.plan().distribution->quotas = {
      {"A", dec("20"), {}}, {"B", dec("30"), {}}, {"C", dec("40"), {}}, {"D", dec("10"), {}}};
  d.w.plan().distribution->ties =
      one_of("ties", {model::QuotaTies::flag, model::QuotaTies::up, model::QuotaTies::down});
}

Draft any_draft() {
  Draft d;
  add_people(d);
  const auto kpis = static_cast<size_t>(whole("kpis", 1, 4));
  const std::vector<Decimal> w = weights("kpi", kpis);
  const bool weighed = coin("weighed");
  for (size_t k = 0; k < kpis; ++k) add_kpi(d, k, weighed ? std::optional(w[k]) : std::nullopt);
  add_facts(d, kpis);
  if (coin("transfers")) add_transfers(d);
  const std::vector<Decimal> components = weights("component", 3);
  d.w.plan().weights[0] = components[0];
  if (coin("okr")) {
    d.w.plan().weights[1] = components[1];
    add_okrs(d);
  }
  if (coin("feedback")) {
    d.w.plan().weights[2] = components[2];
    add_feedback(d);
  }
  add_scale(d);
  model::Plan& plan = d.w.plan();
  plan.kpi_score = one_of("score", {model::KpiScore::cycle, model::KpiScore::periods});
  plan.missing = one_of("missing", {model::MissingPolicy::reweight, model::MissingPolicy::zero});
  plan.okr.effect =
      one_of("effect", {model::OkrEffect::blended, model::OkrEffect::upside_only, model::OkrEffect::informational});
  plan.decimals = static_cast<int>(whole("decimals", 0, 9));
  plan.band_on = one_of("band on", {model::BandOn::rounded, model::BandOn::exact});
  return d;
}

void add_vetoes(Draft& d) {
  d.w.kpi("breaches");
  d.w.scorecard().vetoes = {{"v",
                             expression("breaches >= 1"),
                             coin("band") ? "C" : "",
                             coin("cap") ? std::optional(dec("59.5")) : std::nullopt,
                             {},
                             {}},
                            {"w", expression("breaches >= 2"), "D", std::nullopt, {}, {}}};
  for (size_t p = 0; p < d.people; ++p) {
    if (coin("recorded")) d.w.fact(person(p), "breaches", "2025", static_cast<double>(whole("breaches", 0, 2)));
  }
}

void add_adjustments(Draft& d) {
  d.w.kpi("bonus");
  d.w.kpi("malus");
  d.w.scorecard().adjustments = {{"bonus", dec("1"), coin("cap") ? std::optional(dec("5")) : std::nullopt, {}, {}},
                                 {"malus", dec("-2"), coin("cap") ? std::optional(dec("4")) : std::nullopt, {}, {}}};
  for (size_t p = 0; p < d.people; ++p) {
    if (coin("bonus given")) d.w.fact(person(p), "bonus", "2025", moderate("bonus", 20, 9).to_double());
    if (coin("malus given")) d.w.fact(person(p), "malus", "2025", moderate("malus", 20, 1).to_double());
  }
}

Decimal times(Decimal d, const std::string& factor) {
  return *multiply(d, dec(factor));
}

Figure figure(const std::string& decimal) {
  return *snap(dec(decimal).to_double());
}

// Parts with an effective weight: these add up to 100 or to 0, and weigh the parts' values into the node's, `times`
// over.
void check_mean(const model::Derivation& node, int64_t times) {
  int64_t weight = 0;
  double sum = 0;
  int parts = 0;
  for (const model::Derivation& part : node.parts) {
    if (part.effective_weight.empty()) continue;
    ++parts;
    weight += figure(part.effective_weight).nano;
    if (part.value.empty()) continue;
    sum += figure(part.effective_weight).value() * figure(part.value).value() / 100;
  }
  if (parts == 0) return;
  if (weight != 0) AT_MOST(std::abs(weight - make_figure(100).nano), parts);
  if (node.value.empty() || weight == 0) return;
  AT_MOST(std::abs(static_cast<double>(times) * sum - figure(node.value).value()), 2e-9 * (parts + 1));
}

void check_tree(const model::Derivation& node) {
  const bool least = node.rule.rfind("roll-up-min", 0) == 0;
  const bool hides = std::any_of(node.parts.begin(), node.parts.end(),
                                 [](const model::Derivation& p) { return p.status == "hidden"; });
  if (node.node == "okr") {
    check_mean(node, 100);
  } else if (!least && !hides && node.node != "components") {
    check_mean(node, 1);
  }
  for (const model::Derivation& part : node.parts) check_tree(part);
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

// KPIs of every kind of curve and aggregate, with facts every month for most people.
void vary_kpis(Draft& d) {
  using namespace model;
  for (Kpi& kpi : d.w.d.kpis) {
    kpi.aggregate =
        one_of("aggregate", {Aggregate::sum, Aggregate::mean, Aggregate::last, Aggregate::min, Aggregate::max});
    kpi.direction = one_of("direction", {Direction::higher, Direction::lower, Direction::band});
    kpi.method = one_of("method", {LowerMethod::none, LowerMethod::mirror, LowerMethod::reciprocal});
    kpi.curve.inline_curve.emplace();
    auto& form = kpi.curve.inline_curve->form;
    const int64_t kind = whole("form", 0, 5);
    if (kind == 1) form = LinearCurve{Attainment::progress};
    if (kind == 2) form = TiersCurve{dec("50"), dec("100"), dec("150"), coin("extend"), dec("10")};
    if (kind == 3) form = DeductCurve{dec("0.2"), dec("100")};
    if (kind == 4) form = RangeCurve{dec("10"), dec("200"), dec("50")};
    if (kind == 5) form = BinaryCurve{};
  }
  for (model::Scorecard& card : d.w.d.scorecards) {
    for (model::ScorecardKpi& e : card.kpis) {
      if (coin("baseline")) e.baseline = constant("7");
      const int64_t target = whole("target", 1, 300);
      const int64_t step = whole("step", 1, 50) * (coin("falling") ? -1 : 1);
      e.threshold = constant(std::to_string(target - step));
      e.target = constant(std::to_string(target));
      e.stretch = constant(std::to_string(target + step));
    }
  }
  for (size_t p = 0; p < d.people; ++p) {
    for (const char* kpi : kKpis) {
      std::erase_if(d.w.facts, [&](const auto& f) { return std::get<0>(f) == person(p) && std::get<1>(f) == kpi; });
      if (whole("lacks", 0, 9) == 0) continue;
      const double first = moderate("value", 300, 2).to_double();
      for (int64_t m = 1; m <= 12; ++m) {
        if ((m + static_cast<int64_t>(p)) % whole("gap", 5, 20) == 0) continue;
        d.w.fact(person(p), kpi, month(m), first + static_cast<double>(m * m % 7) * 1.1);
      }
    }
  }
}

TEST_CASE("people: scored in a batch they have what each has alone, in columns of another order too") {
  for_all(300, [] {
    Draft d = any_draft();
    if (coin("vetoes")) add_vetoes(d);
    if (coin("adjustments")) add_adjustments(d);
    if (coin("vary")) vary_kpis(d);
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
        facts::FactColumn& some = kpis.back().people.emplace_back(column.period, n - first);
        for (size_t i = first; i < n; ++i) {
          if (column.has(people[i])) some.set(place[people[i]], column.value(people[i]));
        }
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

TEST_CASE("people: score = raw + bounded points, then the cap, then the floor, then rounded") {
  for_all(150, [] {
    Draft d = any_draft();
    add_adjustments(d);
    model::Plan& plan = d.w.plan();
    if (coin("plan cap")) plan.cap = make_decimal(whole("cap", 50, 150));
    if (coin("plan floor")) plan.floor = make_decimal(whole("floor", 0, 60) - 10);
    if (coin("points cap")) plan.adjustments_cap = make_decimal(whole("points", 0, 6));
    const Scored s = d.run();
    for (size_t p = 0; p < d.people; ++p) {
      const model::PersonResult& r = s.of(person(p));
      if (r.status != model::Status::rated) continue;
      const model::Derivation tree = s.explain(person(p));
      const model::Derivation* points = find(tree, "adjustments");
      int64_t sum = 0;
      for (const model::Adjustment& a : d.w.scorecard().adjustments) {
        const model::Derivation* item = find(tree, "adjustments/" + a.id);
        if (item->status == "absent") continue;
        sum += figure(item->value).nano;
        if (a.cap) AT_MOST(std::abs(figure(item->value).nano), snap(a.cap->to_double())->nano);
      }
      if (plan.adjustments_cap) {
        const int64_t cap = snap(plan.adjustments_cap->to_double())->nano;
        sum = std::clamp(sum, -cap, cap);
      }
      if (points->status != "absent") SAME(figure(points->value).nano, sum);
      int64_t expected = r.raw_score->nano + sum;
      if (plan.cap) expected = std::min(expected, snap(plan.cap->to_double())->nano);
      expected = std::max(expected, snap(plan.floor.to_double())->nano);
      SAME(r.exact->nano, expected);
      SAME(*r.score, round_half_away(*r.exact, plan.decimals));
    }
  });
}

TEST_CASE("people: in every derivation the weighted parts give the whole, and it ends at the score") {
  for_all(150, [] {
    Draft d = any_draft();
    if (coin("adjustments")) add_adjustments(d);
    if (coin("vetoes")) add_vetoes(d);
    const Scored s = d.run();
    for (size_t p = 0; p < d.people; ++p) {
      const model::PersonResult& r = s.of(person(p));
      const model::Derivation tree = s.explain(person(p));
      SAME(tree.value, r.score ? to_string(r.score->decimal()) : std::string());
      check_tree(tree);
      if (r.status != model::Status::rated) continue;
      model::Derivation raw = *find(tree, "components");
      raw.value = to_string(r.raw_score->decimal());
      SAME(find(tree, "raw")->value, raw.value);
      check_mean(raw, 1);
    }
  });
}

TEST_CASE("people: days in service, days away and days of spells, counted one by one") {
  for_all(150, [] {
    Draft d;
    add_people(d);
    d.w.entry(kKpis[0], "", "1");
    d.w.kpi(kKpis[0]);
    add_transfers(d);
    const Scored s = d.run();
    const facts::Dataset& data = *s.dataset;
    const model::LeavePolicy& leave = d.w.plan().leave;
    const int64_t seen = coin("interim") ? whole("as of", 0, 364) : 364;
    const scoring::Calendar calendar =
        scoring::make_calendar(data.cycle, data.period, data.cycle.from + static_cast<int32_t>(seen));
    scoring::PersonTime time;
    for (uint32_t p = 0; p < data.people.size(); ++p) {
      scoring::fill_time(data, calendar, {&leave, false}, p, time);
      std::vector<int32_t> service(calendar.periods.size(), 0);
      std::vector<int32_t> eligible(calendar.periods.size(), 0);
      std::vector<int32_t> of_spell;
      for (size_t i = 0; i < calendar.periods.size(); ++i) {
        uint32_t owner = scoring::kNobody;
        for (Date day = calendar.periods[i].range.from; day < calendar.periods[i].range.to; day = day + 1) {
          bool there = false;
          for (uint32_t spell = data.spells.begin[p]; spell < data.spells.begin[p + 1]; ++spell) {
            if (!data.spells.range[spell].contains(day)) continue;
            there = true;
            owner = spell;
          }
          bool away = false;
          if (!data.leaves.empty()) {
            for (const facts::Leave& l : data.leaves[p]) {
              away |= l.range.contains(day) && l.kind == "sick" && l.range.days() >= leave.min_days;
            }
          }
          service[i] += there;
          eligible[i] += there && !away;
        }
        SAME(time.service[i], service[i]);
        SAME(time.eligible[i], eligible[i]);
        SAME(time.owner[i], owner);
      }
      scoring::finish_spells(data, calendar, time);
      int32_t days = 0;
      int32_t eligible_days = 0;
      uint32_t periods = 0;
      for (const scoring::ScoredSpell& spell : time.spells) {
        days += spell.service_days;
        eligible_days += spell.eligible_days;
        periods += spell.periods;
      }
      int32_t expected = 0;
      int32_t expected_eligible = 0;
      uint32_t expected_periods = 0;
      for (size_t i = 0; i < calendar.counted; ++i) {
        expected += service[i];
        expected_eligible += eligible[i];
        expected_periods += service[i] > 0;
      }
      SAME(days, expected);
      SAME(eligible_days, expected_eligible);
      SAME(periods, expected_periods);
    }
  });
}
