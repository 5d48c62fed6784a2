// A job that was stated independently of hrctl, computed here by its own plain formulas on generated people:
//   a = 0.5 + 0.5·(v − T)/(G − T) below G, else 1 + 0.5·(v − G)/(S − G), clamped to [0, 1.5]
//   period = Σ w·a / Σ w over its facts; kpi = mean of the periods that exist; key results p, aspirational min(1,
//   p/0.7) hybrid = (0.5·kpi + 0.3·okr + 0.2·feedback/5) / Σ of the factors present; ranks within the unit on level 2
// hrctl says the same, times 100, with a tiers curve (extend below, floor 0, cap 150) and `kpi: {score: periods}`.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "unit/scoring/world.h"

using namespace world;

namespace {

struct Random {  // a linear congruential generator: the same people everywhere
  uint64_t state = 42;
  uint64_t next(uint64_t n) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (state >> 33U) % n;
  }
};

struct Target {
  double threshold, target, stretch, weight;
};

double attainment(double v, const Target& t) {
  const double x = (v - t.threshold) / (t.target - t.threshold);
  const double a = x < 1 ? 0.5 + 0.5 * x : 1 + 0.5 * (v - t.target) / (t.stretch - t.target);
  return std::min(1.5, std::max(0.0, a));
}

struct Expected {
  std::optional<double> kpi, okr, feedback, hybrid;
};

}  // namespace

TEST_CASE("the reference job gives the same figures as its own formulas") {
  constexpr int kPeople = 1'000;
  constexpr int kKpis = 5;
  constexpr int kJobs = 3;
  const char* quarters[] = {"2025Q1", "2025Q2", "2025Q3", "2025Q4"};
  Random random;
  World w;
  w.cycle("2025-01-01", "2025-12-31", PeriodKind::quarter);
  w.plan().weights[0] = dec("50");
  w.plan().weights[1] = dec("30");
  w.plan().weights[2] = dec("20");
  w.plan().kpi_score = model::KpiScore::periods;
  w.plan().feedback.groups = {{"all", dec("100"), {}}};
  w.plan().feedback.scale_low = dec("0");
  w.plan().decimals = 4;
  w.plan().rank_by = "unit_level_2";
  w.plan().eligibility.in_service_on = model::InServiceOn::after_cycle;

  // Targets of three jobs, half of the KPIs lower-is-better.
  Target targets[kJobs][kKpis];
  std::string rows = "subject,kpi,weight,threshold,target,stretch\n";
  for (int k = 0; k < kKpis; ++k) {
    model::Kpi& kpi = w.kpi("k" + std::to_string(k));
    kpi.direction = k % 2 ? model::Direction::lower : model::Direction::higher;
    kpi.curve.inline_curve.emplace();
    model::TiersCurve tiers;
    tiers.extend_below = true;
    kpi.curve.inline_curve->form = tiers;
    w.entry("k" + std::to_string(k));
    for (int j = 0; j < kJobs; ++j) {
      const int base = 50 + static_cast<int>(random.next(100));
      const int up = k % 2 ? -1 : 1;
      const int target = base + up * static_cast<int>(1 + random.next(20));
      const int stretch = target + up * static_cast<int>(1 + random.next(20));
      targets[j][k] = {static_cast<double>(base), static_cast<double>(target), static_cast<double>(stretch),
                       static_cast<double>(1 + random.next(30))};
      const Target& t = targets[j][k];
      rows += "job:J" + std::to_string(j) + ",k" + std::to_string(k);
      for (const double x : {t.weight, t.threshold, t.target, t.stretch}) {
        rows += "," + std::to_string(static_cast<int>(x));
      }
      rows += "\n";
    }
  }
  w.table(model::TableId::targets, rows);
  w.table(model::TableId::org_units, "org_unit,parent\nROOT,\nA,ROOT\nB,ROOT\nA1,A\nB1,B\nB11,B1\n");
  const char* units[] = {"A", "A1", "B1", "B11", "ROOT"};

  std::string people = "employee_id,org_unit,job,hire_date,termination_date\n";
  std::string feedback = "employee_id,rater_id,relation,rating\n";
  std::string checkins = "key_result,date,value\n";
  std::vector<Expected> expected(kPeople);
  std::vector<std::string> ids;
  std::vector<int> unit_of;
  for (int i = 0; i < kPeople; ++i) {
    const std::string id = "E" + std::to_string(1000 + i);
    const int job = static_cast<int>(random.next(kJobs));
    ids.push_back(id);
    unit_of.push_back(static_cast<int>(random.next(5)));
    people += id + "," + units[unit_of.back()] + ",J" + std::to_string(job) + ",2010-05-01,\n";
    Expected& e = expected[static_cast<size_t>(i)];

    double periods = 0;
    int scored = 0;
    for (const char* quarter : quarters) {
      double sum = 0;
      double weight = 0;
      for (int k = 0; k < kKpis; ++k) {
        if (random.next(10) == 0 || i % 50 == 7) continue;
        const double v = static_cast<double>(random.next(2000)) / 10;
        w.fact(id, "k" + std::to_string(k), quarter, v);
        sum += targets[job][k].weight * attainment(v, targets[job][k]);
        weight += targets[job][k].weight;
      }
      if (weight == 0) continue;
      periods += sum / weight;
      ++scored;
    }
    if (scored > 0) e.kpi = periods / scored;

    model::Objective objective;
    objective.id = "o" + id;
    objective.owner = {model::OwnerKind::employee, id, {}};
    objective.cycle = "c";
    double sum = 0;
    double weight = 0;
    for (int k = 0; k < 3; ++k) {
      model::KeyResult kr;
      kr.id = "kr" + id + std::to_string(k);
      kr.start = make_decimal(static_cast<int64_t>(random.next(50)));
      kr.target = make_decimal(static_cast<int64_t>(random.next(400)));
      kr.weight = make_decimal(static_cast<int64_t>(20 + 10 * random.next(4)));
      const bool aspirational = random.next(3) == 0;
      if (aspirational) kr.type = model::KeyResultType::aspirational;
      const bool known = random.next(8) != 0;
      const double current = static_cast<double>(random.next(4000)) / 10;
      if (known) checkins += kr.id + ",2025-12-30," + to_fixed(snap(current)->decimal(), 1) + "\n";
      const double start = kr.start.to_double();
      const double target = kr.target->to_double();
      if (known && start != target) {
        double p = std::min(1.0, std::max(0.0, (current - start) / (target - start)));
        if (aspirational) p = std::min(1.0, p / 0.7);
        sum += kr.weight->to_double() * p;
        weight += kr.weight->to_double();
      }
      objective.key_results.push_back(kr);
    }
    w.d.objectives.push_back(objective);
    if (weight > 0) e.okr = sum / weight;

    const int raters = static_cast<int>(random.next(6));
    double ratings = 0;
    for (int r = 0; r < raters; ++r) {
      const int tenths = static_cast<int>(10 + 5 * random.next(9));
      feedback += id + ",R" + std::to_string(r) + ",peer," + to_fixed(make_decimal(tenths, 1), 1) + "\n";
      ratings += tenths / 10.0;
    }
    if (raters >= 3) e.feedback = ratings / raters;

    double num = 0;
    double den = 0;
    const auto add = [&](double factor, const std::optional<double>& x) {
      if (!x) return;
      num += factor * *x;
      den += factor;
    };
    add(0.5, e.kpi);
    add(0.3, e.okr);
    add(0.2, e.feedback ? std::optional(*e.feedback / 5) : std::nullopt);
    if (den > 0) e.hybrid = num / den;
  }
  w.people(people);
  w.table(model::TableId::feedback, feedback);
  w.table(model::TableId::checkins, checkins);

  const Scored s = w.run();
  REQUIRE_FALSE(has_errors(s.diagnostics));
  const int level2[] = {1, 1, 2, 2, 0};
  int rated = 0;
  for (size_t i = 0; i < kPeople; ++i) {
    CAPTURE(ids[i]);
    const model::PersonResult& r = s.of(ids[i]);
    const auto agrees = [](const std::optional<Figure>& figure, const std::optional<double>& x, double scale) {
      if (figure.has_value() != x.has_value()) return false;
      return !figure || std::abs(figure->value() / scale - *x) < 1e-9;
    };
    CHECK(agrees(r.component[0], expected[i].kpi, 100));
    CHECK(agrees(r.component[1], expected[i].okr, 100));
    CHECK(agrees(r.component[2], expected[i].feedback, 20));
    CHECK(agrees(r.exact, expected[i].hybrid, 100));
    if (!expected[i].hybrid) continue;
    ++rated;
    const auto key = [&](size_t p) { return std::floor(*expected[p].hybrid * 1e6 + 0.5); };
    CHECK(r.score->nano == static_cast<int64_t>(key(i)) * 100'000);
    uint32_t rank = 1;
    uint32_t n = 0;
    for (size_t p = 0; p < kPeople; ++p) {
      if (!expected[p].hybrid || level2[unit_of[p]] != level2[unit_of[i]]) continue;
      ++n;
      if (key(p) > key(i)) ++rank;
    }
    CHECK(r.rank == rank);
    CHECK(std::abs(r.percentile->value() - (n == 1 ? 100.0 : 100.0 * (n - rank) / (n - 1))) < 1e-9);
  }
  CHECK(rated > 975);

  // Scored all at once, more of a job than are looked at together.
  std::vector<uint32_t> everybody(kPeople);
  std::iota(everybody.begin(), everybody.end(), 0U);
  s.scorer->order_for_batch(everybody);
  std::vector<scoring::BatchedKpi> kpis(kPeople);
  std::vector<model::PersonResult> batched(kPeople);
  const auto batch = s.scorer->batch();
  s.scorer->score_kpis(*batch, everybody, kpis);
  s.scorer->score_people(*batch, everybody, kpis, batched);
  for (size_t i = 0; i < kPeople; ++i) {
    CAPTURE(ids[i]);
    CHECK(kpis[i].done);
    CHECK(batched[i].component == s.results[i].component);
    CHECK(batched[i].component_coverage == s.results[i].component_coverage);
    CHECK(batched[i].exact == s.results[i].exact);
    CHECK(batched[i].flags == s.results[i].flags);
  }
}
