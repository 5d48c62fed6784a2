#include "property/drafts.h"

#include "property/properties.h"

using namespace world;

namespace property {

std::string Rows::csv() const {
  std::string out = header + "\n";
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

Scored Draft::run() const {
  World copy = w;
  copy.people(employees.csv());
  if (!assignments.lines.empty()) copy.table(model::TableId::assignments, assignments.csv());
  if (!leaves.lines.empty()) copy.table(model::TableId::leaves, leaves.csv());
  if (!feedback.lines.empty()) copy.table(model::TableId::feedback, feedback.csv());
  if (!key_results.lines.empty()) copy.table(model::TableId::key_results, key_results.csv());
  if (!checkins.lines.empty()) copy.table(model::TableId::checkins, checkins.csv());
  return copy.run();
}

void Draft::shuffle() {
  for (Rows* r : {&employees, &assignments, &leaves, &feedback, &key_results, &checkins}) {
    r->lines = in_order(r->lines, order("rows", r->lines.size()));
  }
  w.facts = in_order(w.facts, order("facts", w.facts.size()));
}

std::string person(size_t i) {
  return "E" + std::to_string(i);
}

std::string month(int64_t m) {
  return std::string("2025-") + (m < 10 ? "0" : "") + std::to_string(m);
}

std::string day_text(int64_t of_year) {
  return to_string(day("2025-01-01") + static_cast<int32_t>(of_year));
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

namespace {

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

}  // namespace

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

void add_imported_okrs(Draft& d) {
  d.w.plan().weights[1] = dec("30");
  d.w.plan().okr.units = one_of("units", {model::OkrUnits::none, model::OkrUnits::head, model::OkrUnits::members});
  for (size_t p = 0; p < d.people; ++p) {
    const bool ordinary = whole("special", 0, 4) > 0;
    for (int64_t n = whole("key results", 0, 5); n > 0; --n) {
      const std::string id = "kr" + std::to_string(p) + "-" + std::to_string(n);
      const std::string objective = "imported" + std::to_string(p) + (coin("second") ? "b" : "a");
      const char* type = one_of("type", {"committed", "aspirational", ""});
      if (!ordinary) type = one_of("type", {"committed", "learning", "guardrail"});
      const std::string weight = coin("weighed") ? to_string(moderate("weight", 40, 1)) : "";
      const std::string start = whole("start", 0, 3) > 0 ? to_string(moderate("start", 50, 2)) : "";
      const std::string target = whole("target", 0, 5) > 0 ? to_string(moderate("target", 200, 2)) : "";
      const char* kpi = !ordinary && coin("measured") ? kKpis[0] : "";
      d.key_results.lines.push_back(id + "," + objective + "," + person(p) + "," + type + "," +
                                    (weight.starts_with('-') ? weight.substr(1) : weight) + "," + start + "," + target +
                                    "," + kpi);
      for (int64_t c = whole("check-ins", 0, 3); c > 0; --c)
        d.checkins.lines.push_back(id + ",2025-0" + std::to_string(2 * c) + "-15," +
                                   (whole("value", 0, 3) > 0 ? to_string(moderate("current", 250, 2)) : ""));
    }
  }
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

}  // namespace property
