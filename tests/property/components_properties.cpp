// From figures to components and a score: targets over time, weighted means, key results, raters.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "property/properties.h"
#include "scoring/composite.h"
#include "scoring/feedback_component.h"
#include "scoring/kpi_means.h"
#include "scoring/okr_component.h"

using namespace hr;
using namespace hr::scoring;
using namespace property;

namespace {

__extension__ using Wide = __int128;
constexpr auto kOkr = static_cast<size_t>(model::Component::okr);

// Σ w·f / Σ w in integers, half away from zero; weights of the same scale; none when they add up to 0.
std::optional<Figure> exact_mean(const std::vector<int64_t>& w, const std::vector<Figure>& f) {
  Wide sum = 0;
  Wide weight = 0;
  for (size_t i = 0; i < w.size(); ++i) {
    sum += Wide{w[i]} * f[i].nano;
    weight += w[i];
  }
  if (weight == 0) return std::nullopt;
  return Figure{static_cast<int64_t>((2 * sum + weight) / (2 * weight))};  // nothing is negative here
}

// Weights of one scale, so that they are whole numbers of it.
struct Weights {
  std::vector<int64_t> units;
  std::vector<Decimal> decimals;
};
Weights any_weights(size_t n) {
  Weights w;
  w.decimals = weights("weight", n);
  for (const Decimal& d : w.decimals) {
    int64_t unit = d.unscaled;
    for (int i = d.scale; i < 4; ++i) unit *= 10;
    w.units.push_back(unit);
  }
  return w;
}

// A plan of three components, and what they came to.
struct Composed {
  model::Plan plan;
  PlanRules rules;
  ComponentFigures figures;
  model::PersonResult result;

  Composite compose() {
    rules.plan = &plan;
    result = {};
    return scoring::compose(rules, figures, result);
  }
  void take_weights(const std::vector<Decimal>& w) {
    for (size_t c = 0; c < w.size(); ++c) set_weight(c, w[c]);
  }
  void set_weight(size_t c, std::optional<Decimal> w) {
    plan.weights[c] = w;
    rules.weight[c] = w ? std::optional(w->to_double()) : std::nullopt;
  }
};

Composed any_composed() {
  Composed c;
  c.take_weights(weights("weight", 3));
  const std::vector<Figure> f = figures("component", 3);
  for (size_t i = 0; i < 3; ++i) {
    c.figures[i].applicable = whole("applicable", 0, 5) != 5;
    const bool has = whole("data", 0, 4) != 4;
    if (has && c.figures[i].applicable) c.figures[i].score = f[i];
    const int64_t covered = one_of<int64_t>("coverage", {100, 50, 33});
    if (c.figures[i].applicable) c.figures[i].coverage = make_figure(has ? covered : 0);
  }
  c.plan.missing = one_of("missing", {model::MissingPolicy::reweight, model::MissingPolicy::zero});
  return c;
}

// The calendar of a year or of some months, all of it past.
Calendar any_calendar() {
  const DateRange year{*make_date(2024, 1, 1), *make_date(2025, 1, 1)};
  const DateRange months{*make_date(2025, 1, 15), *make_date(2025, 9, 10)};
  const DateRange range = coin("months") ? months : year;
  return make_calendar(range, one_of("kind", {PeriodKind::month, PeriodKind::quarter, PeriodKind::week}), range.last());
}

model::DatedValues any_dated(const Calendar& calendar) {
  model::DatedValues values{{kFarPast, moderate("value", 1'000'000, 2), {}}};
  for (int64_t n = whole("changes", 0, 3); n > 0; --n) {
    const auto day = calendar.cycle.from + static_cast<int32_t>(whole("day", 0, 366));
    if (day > values.back().from) values.push_back({day, moderate("value", 1'000'000, 2), {}});
  }
  return values;
}

double whole_target(const TargetSource& source, const Calendar& calendar, const std::vector<int64_t>& counted) {
  const std::vector<uint8_t> in(calendar.periods.size(), 1);
  const Goal goal = make_goal(source, bit(Role::target), calendar, {in, counted, calendar.last_day()}, nullptr);
  HOLDS(goal.has(Role::target));
  return goal[Role::target];
}

std::vector<int64_t> all_days(const Calendar& calendar) {
  std::vector<int64_t> days;
  for (const CyclePeriod& p : calendar.periods) days.push_back(p.days * kNano);
  return days;
}

}  // namespace

TEST_CASE("targets: those of consecutive spells add up to the target of them together") {
  for_all(500, [] {
    const Calendar calendar = any_calendar();
    model::ScorecardKpi entry;
    entry.target = any_dated(calendar);
    entry.per = one_of("per", {model::TargetPer::cycle, model::TargetPer::year, model::TargetPer::period});
    TargetSource source;
    source.entry = &entry;
    source.additive = true;
    const auto spells = static_cast<size_t>(whole("spells", 1, 4));
    std::vector<std::vector<int64_t>> days(spells, std::vector<int64_t>(calendar.periods.size(), 0));
    std::vector<int64_t> together(calendar.periods.size(), 0);
    for (size_t p = 0; p < together.size(); ++p) {
      int64_t left = calendar.periods[p].days;
      for (size_t s = 0; s < spells; ++s) {
        const int64_t part = s + 1 == spells && !coin("leave") ? left : whole("part", 0, left);
        days[s][p] = part * kNano;
        together[p] += part * kNano;
        left -= part;
      }
    }
    double sum = 0;
    double size = 0;
    for (const auto& d : days) {
      sum += whole_target(source, calendar, d);
      size += std::abs(sum);
    }
    const double target = whole_target(source, calendar, together);
    AT_MOST(std::abs(sum - target), 1e-12 * (size + 1e7));
    // and by hand, period by period
    double expected = 0;
    for (size_t p = 0; p < together.size(); ++p) {
      const double value = model::value_on(entry.target, calendar.periods[p].range.last())->to_double();
      const int32_t whole_days = entry.per == model::TargetPer::cycle  ? calendar.cycle.days()
                                 : entry.per == model::TargetPer::year ? calendar.periods[p].year_days
                                                                       : calendar.periods[p].days;
      expected += value * (static_cast<double>(together[p]) / 1e9) / whole_days;
    }
    AT_MOST(std::abs(expected - target), 1e-12 * (std::abs(expected) + 1e7));
  });
}

TEST_CASE("targets: someone there every day has the whole target, to the last bit; a rate is never prorated") {
  for_all(200, [] {
    const Calendar calendar = any_calendar();
    model::ScorecardKpi entry;
    entry.target = {{kFarPast, number("value"), {}}};
    TargetSource source;
    source.entry = &entry;
    source.additive = true;
    const double value = entry.target[0].value.to_double();
    SAME(whole_target(source, calendar, all_days(calendar)), value);
    if (calendar.cycle.days() == 366) {
      entry.per = model::TargetPer::year;
      SAME(whole_target(source, calendar, all_days(calendar)), value);
    }
    entry.per = model::TargetPer::period;
    const double n = static_cast<double>(calendar.periods.size());
    AT_MOST(std::abs(whole_target(source, calendar, all_days(calendar)) - n * value), std::abs(n * value) * 1e-14);
    source.additive = false;
    std::vector<int64_t> few(calendar.periods.size(), 0);
    few[0] = whole("days", 0, 5) * kNano;
    SAME(whole_target(source, calendar, few), value);
  });
}

TEST_CASE("targets: more days never make a target smaller") {
  for_all(300, [] {
    const Calendar calendar = any_calendar();
    model::ScorecardKpi entry;
    entry.target = {{kFarPast, positive("value"), {}}};
    TargetSource source;
    source.entry = &entry;
    source.additive = true;
    std::vector<int64_t> days;
    std::vector<int64_t> more;
    for (const CyclePeriod& p : calendar.periods) {
      days.push_back(whole("days", 0, p.days) * kNano);
      more.push_back(whole("more", days.back() / kNano, p.days) * kNano);
    }
    AT_MOST(whole_target(source, calendar, days), whole_target(source, calendar, more) * (1 + 1e-14));
  });
}

TEST_CASE("targets: the row of the employee goes before the job's, the unit's and the scorecard's, cell by cell") {
  for_all(300, [] {
    model::ScorecardKpi entry;
    if (coin("scorecard")) entry.target = {{kFarPast, make_decimal(4), {}}};
    if (coin("weight")) entry.weight = make_decimal(4);
    std::array<std::vector<facts::TargetRow>, 3> rows;
    TargetSource source;
    source.entry = &entry;
    const Date today = *make_date(2025, 6, 1);
    std::optional<Decimal> target;
    std::optional<Decimal> weight;
    if (!entry.target.empty()) target = entry.target[0].value;
    weight = entry.weight;
    for (size_t level = 3; level-- > 0;) {
      if (!coin("row")) continue;
      facts::TargetRow row;
      row.range = {today - static_cast<int32_t>(whole("since", 0, 2)),
                   today + static_cast<int32_t>(whole("until", 0, 2))};
      if (coin("target")) row.target = make_decimal(static_cast<int64_t>(level));
      if (coin("weight")) row.weight = make_decimal(static_cast<int64_t>(level));
      rows[level].push_back(row);
      source.rows[level] = rows[level];
      if (row.range.to <= today) continue;
      if (row.target) target = row.target;
      if (row.weight) weight = row.weight;
    }
    const auto found = in_force(source, Role::target, today);
    SAME(found ? std::optional(found->value) : std::nullopt, target);
    SAME(weight_on(source, today), weight);
    HOLDS(!in_force(source, Role::baseline, today));
  });
}

TEST_CASE("means: exact at nine decimals whatever the scale of the weights, between least and greatest") {
  for_all(1000, [] {
    const auto n = static_cast<size_t>(whole("n", 1, 6));
    const Weights w = any_weights(n);
    const std::vector<Figure> f = figures("score", n);
    const auto stand_in = one_of<std::optional<Figure>>("stand-in", {std::nullopt, Figure{}, Figure{77'500'000'001}});
    Mean mean;
    std::vector<int64_t> used;
    int64_t total = 0;
    int64_t covered = 0;
    std::vector<Figure> figures_used;
    for (size_t i = 0; i < n; ++i) {
      const bool has = whole("data", 0, 4) != 4;
      const std::optional<Figure> score = has ? std::optional(f[i]) : std::nullopt;
      mean.add(w.decimals[i].to_double(), score, stand_in);
      total += w.units[i];
      if (has) covered += w.units[i];
      if (!has && !stand_in) continue;
      used.push_back(w.units[i]);
      figures_used.push_back(has ? f[i] : *stand_in);
    }
    const auto expected = exact_mean(used, figures_used);
    SAME(mean.mean(), expected);
    AT_MOST(std::abs(mean.share() - static_cast<double>(covered) / static_cast<double>(total)), 1e-12);
    if (!expected) return;
    AT_MOST(*std::min_element(figures_used.begin(), figures_used.end()), *expected);
    AT_MOST(*expected, *std::max_element(figures_used.begin(), figures_used.end()));
  });
}

TEST_CASE("spells: the mean by days is exact, a spell without a score weighs on coverage only") {
  for_all(500, [] {
    const auto n = static_cast<size_t>(whole("n", 1, 4));
    const std::vector<Figure> f = figures("score", n);
    ByDays spells;
    std::vector<int64_t> days;
    std::vector<Figure> scores;
    int64_t all = 0;
    int64_t with = 0;
    for (size_t i = 0; i < n; ++i) {
      const int64_t d = whole("days", 0, 200);
      const bool has = whole("data", 0, 3) != 3;
      spells.add(static_cast<double>(d), has ? std::optional(f[i]) : std::nullopt, has ? 1 : 0);
      all += d;
      if (!has) continue;
      with += d;
      days.push_back(d);
      scores.push_back(f[i]);
    }
    SAME(spells.score(), exact_mean(days, scores));
    const auto coverage = exact_mean({with, all - with}, {make_figure(100), Figure{}});
    AT_MOST(std::abs(spells.coverage()->nano - coverage.value_or(Figure{}).nano), 1);
  });
}

TEST_CASE("score: the weighted mean of what counts, coverage its share with data") {
  for_all(1000, [] {
    Composed c = any_composed();
    const Composite out = c.compose();
    const bool zero = c.plan.missing == model::MissingPolicy::zero;
    std::vector<int64_t> w;
    std::vector<Figure> f;
    std::vector<int64_t> of;
    std::vector<Figure> coverage;
    for (size_t i = 0; i < 3; ++i) {
      Decimal d = *c.plan.weights[i];
      for (; d.scale < 4; ++d.scale) d.unscaled *= 10;
      SAME(out.counts[i], c.figures[i].applicable);
      if (!c.figures[i].applicable) continue;
      of.push_back(d.unscaled);
      coverage.push_back(*c.figures[i].coverage);
      if (!c.figures[i].score && !zero) continue;
      w.push_back(d.unscaled);
      f.push_back(c.figures[i].score.value_or(Figure{}));
    }
    SAME(out.raw, exact_mean(w, f));
    SAME(*c.result.coverage, exact_mean(of, coverage).value_or(Figure{}));
    AT_MOST(Figure{}, *c.result.coverage);
    AT_MOST(*c.result.coverage, make_figure(100));
  });
}

TEST_CASE("score: reweighting is dropping the component, zero is scoring it 0") {
  for_all(500, [] {
    Composed c = any_composed();
    c.plan.missing = model::MissingPolicy::reweight;
    const auto i = static_cast<size_t>(whole("component", 0, 2));
    c.figures[i] = {true, std::nullopt, make_figure(0), {}};
    Composed dropped = c;
    dropped.set_weight(i, std::nullopt);
    dropped.figures[i] = {};
    SAME(c.compose().raw, dropped.compose().raw);
    Composed zero = c;
    zero.plan.missing = model::MissingPolicy::zero;
    Composed scored = zero;
    scored.figures[i].score = Figure{};
    SAME(zero.compose().raw, scored.compose().raw);
  });
}

TEST_CASE("score: OKRs that may only raise it never lower it, informational ones never move it") {
  for_all(1000, [] {
    Composed c = any_composed();
    Composed without = c;
    without.set_weight(kOkr, std::nullopt);
    without.figures[kOkr] = {};
    const Composite bare = without.compose();
    const Composite blended = c.compose();
    c.plan.okr.effect = model::OkrEffect::informational;
    SAME(c.compose().raw, bare.raw);
    SAME(c.result.coverage, without.result.coverage);
    c.plan.okr.effect = model::OkrEffect::upside_only;
    const Composite up = c.compose();
    if (!bare.raw) return;
    AT_MOST(*bare.raw, *up.raw);
    SAME(*up.raw, up.counts[kOkr] ? *blended.raw : *bare.raw);
    if (bare.any_data && c.figures[kOkr].score && c.figures[kOkr].coverage->nano > 0)
      SAME(*up.raw, std::max(*bare.raw, *blended.raw));
  });
}

namespace {

model::KeyResult any_key_result() {
  model::KeyResult kr;
  kr.id = "kr";
  kr.start = moderate("start", 1000, 2);
  Decimal target = moderate("target", 1000, 2);
  if (target == kr.start) target = *add(target, make_decimal(1));
  kr.target = target;
  if (coin("cap")) kr.cap = make_decimal(whole("cap", 100, 200), 2);
  return kr;
}

// As scoring sees one of a definition file; its check-ins are list 0.
facts::KeyResult view_of(const model::KeyResult& kr) {
  return {kr.id, 0, kr.type, kr.weight, kr.start, kr.target, kr.limit, kr.kpi, &kr};
}

KeyResultFigures measured(const model::KeyResult& kr, double current) {
  const Calendar calendar =
      make_calendar({*make_date(2025, 1, 1), *make_date(2026, 1, 1)}, PeriodKind::month, *make_date(2025, 12, 31));
  facts::Okrs okrs;
  okrs.tried = {{0, {*make_date(2025, 12, 30), current, {}, {}}}};
  return measure_key_result(view_of(kr), okrs, {}, calendar, nullptr);
}

}  // namespace

TEST_CASE("key results: progress lies between 0 and its cap, is 0 at the start, 1 at the target, and only grows") {
  for_all(1000, [] {
    model::KeyResult kr = any_key_result();
    const double start = kr.start.to_double();
    const double target = kr.target->to_double();
    SAME(*measured(kr, start).progress, Figure{});
    SAME(*measured(kr, target).progress, make_figure(1));
    const double p = moderate("p", 3, 9).to_double();
    const double q = p + positive("more").to_double();
    const Figure a = *measured(kr, start + p * (target - start)).progress;
    const Figure b = *measured(kr, start + q * (target - start)).progress;
    AT_MOST(Figure{}, a);
    AT_MOST(a, b);
    AT_MOST(b, *snap(kr.cap ? kr.cap->to_double() : 1));
    const double bounded = std::clamp(p, 0.0, kr.cap ? kr.cap->to_double() : 1);
    AT_MOST(std::abs(a.value() - bounded), 1e-9 + 1e-12 / std::abs(target - start));
    model::KeyResult negative = kr;
    negative.start.unscaled *= -1;
    negative.target->unscaled *= -1;
    const double v = moderate("v", 1500, 2).to_double();
    SAME(*measured(negative, -v).progress, *measured(kr, v).progress);
    kr.binary = true;
    kr.cap.reset();
    model::KeyResult metric = kr;
    metric.binary = false;
    SAME(*measured(kr, v).progress, make_figure(*measured(metric, v).progress == make_figure(1) ? 1 : 0));
    SAME(*measured(kr, target).progress, make_figure(1));
  });
}

TEST_CASE("key results: milestones count by weight, one more done never lowers progress") {
  for_all(300, [] {
    model::KeyResult kr;
    kr.id = "kr";
    const auto n = static_cast<size_t>(whole("n", 1, 5));
    const Weights w = any_weights(n);
    const bool weighed = coin("weighed");
    facts::Okrs okrs;
    okrs.key_result_names.add("kr");
    std::vector<int64_t> units;
    std::vector<Figure> done;
    for (size_t i = 0; i < n; ++i) {
      const std::string id = std::to_string(i);
      kr.milestones.push_back({id, {}, weighed ? std::optional(w.decimals[i]) : std::nullopt, {}});
      const double value = one_of("value", {0.0, 1.0, 0.99, 2.0});
      okrs.tried.push_back({okrs.key_result_names.add("kr/" + id), {*make_date(2025, 2, 1), value, {}, {}}});
      units.push_back(weighed ? w.units[i] : 1);
      done.push_back(make_figure(value >= 1 ? 1 : 0));
    }
    const Calendar calendar =
        make_calendar({*make_date(2025, 1, 1), *make_date(2026, 1, 1)}, PeriodKind::month, *make_date(2025, 12, 31));
    const auto progress = measure_key_result(view_of(kr), okrs, {}, calendar, nullptr).progress;
    SAME(progress, exact_mean(units, done));
    okrs.tried[static_cast<size_t>(whole("which", 0, static_cast<int64_t>(n) - 1))].second.value = 1;
    AT_MOST(*progress, *measure_key_result(view_of(kr), okrs, {}, calendar, nullptr).progress);
  });
}

TEST_CASE("key results: the later the day, the worse the same progress looks; the more progress, the better") {
  for_all(300, [] {
    const DateRange year{*make_date(2025, 1, 1), *make_date(2026, 1, 1)};
    const auto day = static_cast<int32_t>(whole("day", 0, 400)) - 10;
    const auto later = day + static_cast<int32_t>(whole("later", 0, 100));
    const Figure p{whole("p", 0, 1000) * 1'000'000};
    const Figure more{p.nano + whole("more", 0, 1000) * 1'000'000};
    const auto state = [&](Figure progress, int32_t d) {
      return static_cast<int>(state_by_gap(progress, make_calendar(year, PeriodKind::month, year.from + d)));
    };
    AT_MOST(state(p, day), state(p, later));  // on_track, at_risk, off_track in this order
    AT_MOST(state(more, day), state(p, day));
    const int64_t elapsed = std::clamp(day + 1, 0, 365);         // inclusive days of 365
    const int64_t gap = 365 * p.nano - elapsed * 1'000'000'000;  // in 1e-9/365
    if (std::abs(gap + 36'500'000'000) > 365) SAME(state(p, day) == 0, gap > -36'500'000'000);
    if (std::abs(gap + 91'250'000'000) > 365) SAME(state(p, day) == 2, gap < -91'250'000'000);
  });
}

namespace {

struct Raters {
  model::Plan plan;
  PlanRules rules;
  facts::Feedback feedback;

  struct Response {
    uint32_t rater;
    facts::Relation relation;
    Decimal rating;
  };
  std::vector<Response> responses;

  void add_group(GroupRules::Kind kind, const char* name, Decimal weight) {
    rules.groups.push_back({kind, name, weight.to_double()});
    plan.feedback.groups.push_back({name, weight, {}});
  }
  ComponentFigure score() {
    rules.plan = &plan;
    feedback = {};
    feedback.begin = {0, static_cast<uint32_t>(responses.size())};
    for (const Response& r : responses) {
      feedback.rater.push_back(r.rater);
      feedback.relation.push_back(r.relation);
      feedback.rating.append(r.rating);
    }
    FeedbackScratch scratch;
    model::PersonResult result;
    return feedback_component(feedback, rules, 0, scratch, result, nullptr);
  }
};

// Of everyone who rates in one relation, by rater: the mean of their responses.
std::vector<double> rater_means(const Raters& raters, const std::vector<facts::Relation>& relations) {
  std::vector<double> means;
  for (uint32_t code = 0; code < 20; ++code) {
    double sum = 0;
    int n = 0;
    for (const auto& r : raters.responses) {
      if (r.rater != code || std::find(relations.begin(), relations.end(), r.relation) == relations.end()) continue;
      sum += r.rating.to_double();
      ++n;
    }
    if (n > 0) means.push_back(sum / n);
  }
  return means;
}

Raters any_raters() {
  Raters r;
  const std::vector<Decimal> w = weights("weight", 3);
  r.add_group(GroupRules::Kind::manager, "manager", w[0]);
  r.add_group(GroupRules::Kind::peer, "peer", w[1]);
  r.add_group(GroupRules::Kind::report, "report", w[2]);
  r.plan.feedback.min_raters = static_cast<int>(whole("min raters", 1, 4));
  if (coin("fold")) r.plan.feedback.small_groups = model::SmallGroups::fold;
  for (int64_t n = whole("responses", 0, 14); n > 0; --n) {
    const int64_t code = whole("rater", 0, 19);
    const facts::Relation relation = code < 2    ? facts::Relation::manager
                                     : code < 10 ? facts::Relation::peer
                                     : code < 18 ? facts::Relation::report
                                                 : facts::Relation::self;
    const Decimal hundredfold = moderate("rating", 200, 1);  // 1 to 5, to three decimals
    const Decimal rating = *add({3, 0}, make_decimal(hundredfold.unscaled, hundredfold.scale + 2));
    r.responses.push_back({static_cast<uint32_t>(code), relation, rating});
  }
  return r;
}

}  // namespace

TEST_CASE("feedback: the score lies between the least and the greatest rater's, on the declared scale") {
  for_all(500, [] {
    Raters r = any_raters();
    if (coin("trim")) r.plan.feedback.trim_percent = static_cast<int>(whole("trim", 0, 60));
    const ComponentFigure out = r.score();
    if (!out.score) {
      SAME(out.coverage, std::optional(Figure{}));
      return;
    }
    using facts::Relation;
    const std::vector<double> means = rater_means(r, {Relation::manager, Relation::peer, Relation::report});
    const auto [least, most] = std::minmax_element(means.begin(), means.end());
    AT_MOST(100 * (*least - 1) / 4 - 1e-8, out.score->value());
    AT_MOST(out.score->value(), 100 * (*most - 1) / 4 + 1e-8);
    AT_MOST(*out.coverage, make_figure(100));
  });
}

TEST_CASE("feedback: what omit and fold come to is the weighted mean of the groups they leave") {
  for_all(500, [] {
    Raters r = any_raters();
    using facts::Relation;
    const Relation relations[] = {Relation::manager, Relation::peer, Relation::report};
    const auto least = static_cast<size_t>(r.plan.feedback.min_raters);
    const bool folds = r.plan.feedback.small_groups == model::SmallGroups::fold;
    std::vector<Relation> pooled{Relation::peer};
    double peer_weight = r.rules.groups[1].weight;
    double sum = 0;
    double weight = 0;
    double covered = 0;
    const auto mean_of = [](const std::vector<double>& means) {
      return 25 * (std::accumulate(means.begin(), means.end(), 0.0) / static_cast<double>(means.size()) - 1);
    };
    const auto count = [&](const std::vector<double>& means, size_t at_least, double w) {
      if (means.size() < at_least) return false;
      sum += w * mean_of(means);
      weight += w;
      return true;
    };
    double folded = 0;  // weight of folded groups that had raters at all
    for (const size_t g : {0U, 2U}) {
      const std::vector<double> means = rater_means(r, {relations[g]});
      if (count(means, g == 0 ? 1 : least, r.rules.groups[g].weight)) {
        covered += r.rules.groups[g].weight;
      } else if (folds) {
        pooled.push_back(relations[g]);
        peer_weight += r.rules.groups[g].weight;
        if (!means.empty()) folded += r.rules.groups[g].weight;
      }
    }
    if (count(rater_means(r, pooled), least, peer_weight)) covered += r.rules.groups[1].weight + folded;
    const ComponentFigure out = r.score();
    SAME(out.score.has_value(), weight > 0);
    if (out.score) AT_MOST(std::abs(out.score->value() - sum / weight), 2e-9);
    double total = 0;
    for (const GroupRules& g : r.rules.groups) total += g.weight;
    AT_MOST(std::abs(out.coverage->value() - 100 * covered / total), 2e-9);
  });
}

TEST_CASE("feedback: the order of responses has no say, nor has the scale of the weights") {
  for_all(300, [] {
    Raters r = any_raters();
    const ComponentFigure before = r.score();
    r.responses = in_order(r.responses, order("order", r.responses.size()));
    const double by = one_of("by", {1.0, 0.25, 1024.0});
    for (GroupRules& g : r.rules.groups) g.weight *= by;
    const ComponentFigure after = r.score();
    SAME(after.score, before.score);
    SAME(after.coverage, before.coverage);
  });
}

TEST_CASE("feedback: a trimmed mean lies between least and greatest, moves with its values, trims both ends alike") {
  for_all(500, [] {
    std::vector<double> values;
    for (int64_t n = whole("n", 1, 9); n > 0; --n) values.push_back(moderate("rating", 5, 2).to_double());
    const int trim = static_cast<int>(whole("trim", 0, 120));
    std::vector<double> sorted = values;
    const double mean = trimmed_mean(sorted, trim);
    AT_MOST(sorted.front() - 1e-12, mean);
    AT_MOST(mean, sorted.back() + 1e-12);
    std::vector<double> shuffled = in_order(values, order("order", values.size()));
    SAME(trimmed_mean(shuffled, trim), mean);
    std::vector<double> better = values;
    better[static_cast<size_t>(whole("which", 0, static_cast<int64_t>(values.size()) - 1))] += 1;
    AT_MOST(mean - 1e-12, trimmed_mean(better, trim));
    std::vector<double> negative;
    for (const double v : values) negative.push_back(-v);
    AT_MOST(std::abs(trimmed_mean(negative, trim) + mean), 1e-12);
    const size_t cut =
        std::min(values.size() * static_cast<size_t>(std::min(trim, 100)) / 100, (values.size() - 1) / 2);
    const double sum = std::accumulate(sorted.begin() + static_cast<std::ptrdiff_t>(cut),
                                       sorted.end() - static_cast<std::ptrdiff_t>(cut), 0.0);
    AT_MOST(std::abs(mean - sum / static_cast<double>(values.size() - 2 * cut)), 1e-12);
  });
}
