// Key results: progress, milestones, what a day makes of them.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "property/exact_mean.h"
#include "scoring/okr_component.h"

using namespace hr;
using namespace hr::scoring;
using namespace property;

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
