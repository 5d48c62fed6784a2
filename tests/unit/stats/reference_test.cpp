// Expected numbers: tests/data/stats/analysis.txt, by SciPy and NumPy (tests/reference/analysis.py), and by hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "stats/figures.h"
#include "stats/moments.h"
#include "stats/multiple.h"
#include "stats/permutation.h"
#include "stats/rank_correlation.h"
#include "stats/trend.h"

using namespace hr;
using doctest::Approx;

namespace {

using Numbers = std::vector<std::optional<double>>;

struct Case {
  std::string kind, name;
  std::map<std::string, Numbers> lines;

  const Numbers& all(const std::string& key) const { return lines.at(key); }
  std::optional<double> one(const std::string& key) const { return lines.at(key).at(0); }
  std::vector<double> doubles(const std::string& key) const {
    std::vector<double> out;
    for (const auto& v : lines.at(key)) out.push_back(v.value());
    return out;
  }
  std::vector<Figure> figures(const std::string& key) const {
    std::vector<Figure> out;
    for (const double v : doubles(key)) out.push_back(snap(v).value());
    return out;
  }
};

std::vector<Case> cases_of(const std::string& kind) {
  std::ifstream file(HRCTL_SOURCE_DIR "/tests/data/stats/analysis.txt");
  std::vector<Case> all;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string key;
    words >> key;
    if (key == "case") {
      Case& next = all.emplace_back();
      words >> next.kind >> next.name;
    } else if (key != "#") {
      Numbers& numbers = all.back().lines[key];
      for (std::string word; words >> word;)
        numbers.push_back(word == "none" ? std::nullopt : std::optional(std::stod(word)));
    }
  }
  all.erase(std::remove_if(all.begin(), all.end(), [&](const Case& c) { return c.kind != kind; }), all.end());
  REQUIRE_FALSE(all.empty());
  return all;
}

void check_same(const std::optional<double>& actual, const std::optional<double>& expected, double within = 1e-9) {
  REQUIRE(actual.has_value() == expected.has_value());
  if (expected) CHECK(std::abs(*actual - *expected) <= within * std::max(1.0, std::abs(*expected)));
}

stats::PermutationTest permutation_test(const std::vector<Figure>& a, const std::vector<Figure>& b, int threads) {
  std::vector<Figure> all = a;
  all.insert(all.end(), b.begin(), b.end());
  return stats::Permutations(all, threads).test(a);
}

std::vector<Figure> figures(const std::vector<double>& values) {
  std::vector<Figure> out;
  for (const double v : values) out.push_back(snap(v).value());
  return out;
}

}  // namespace

TEST_CASE("stats: quantiles, mean, deviation, skewness as NumPy and SciPy") {
  for (const Case& c : cases_of("describe")) {
    CAPTURE(c.name);
    std::vector<Figure> x = c.figures("x");
    check_same(stats::deviation(stats::moments_of(x)), c.one("deviation"));
    check_same(stats::skewness(x), c.one("skewness"));
    check_same(stats::mean(x)->value(), c.one("mean"));
    std::sort(x.begin(), x.end());
    const uint32_t percents[] = {10, 25, 50, 75, 90};
    for (size_t i = 0; i < 5; ++i) check_same(stats::quantile(x, percents[i]).value(), c.all("quantiles")[i]);
  }
}

TEST_CASE("stats: quantiles and means are exact, and rounded half away from zero") {
  CHECK(stats::quantile(std::vector<Figure>{{0}, {1}}, 50).nano == 1);    // 0.5e-9
  CHECK(stats::quantile(std::vector<Figure>{{-1}, {0}}, 50).nano == -1);  // −0.5e-9
  CHECK(stats::quantile(std::vector<Figure>{{-9'000'000'000'000'000'000}, {9'000'000'000'000'000'000}}, 50).nano == 0);
  CHECK(stats::mean(std::vector<Figure>{{1}, {1}, {0}})->nano == 1);  // 0.666…
  CHECK(stats::mean(std::vector<Figure>{{1}, {0}, {0}})->nano == 0);
  CHECK(stats::mean(std::vector<Figure>{{-1}, {0}})->nano == -1);
  CHECK_FALSE(stats::mean(std::vector<Figure>{}).has_value());
}

TEST_CASE("stats: Hedges' g and the permutation test as NumPy and SciPy") {
  for (const Case& c : cases_of("compare")) {
    CAPTURE(c.name);
    const std::vector<Figure> a = c.figures("a");
    const std::vector<Figure> b = c.figures("b");
    check_same(stats::hedges_g(stats::moments_of(a), stats::moments_of(b)), c.one("g"));
    const stats::PermutationTest test = permutation_test(a, b, 1);
    CHECK(test.exact == c.one("ways").has_value());
    const double p = c.one("p").value();
    if (test.exact) {
      CHECK(test.p == Approx(p).epsilon(1e-12));
      CHECK(static_cast<double>(test.permutations) == c.one("ways"));
    } else {
      CHECK(test.permutations == stats::kPermutations);  // five standard deviations of a share of so many
      CHECK(std::abs(test.p - p) < 5 * std::sqrt(p * (1 - p) / static_cast<double>(stats::kPermutations)));
      CHECK(permutation_test(a, b, 3).p == test.p);
    }
    CHECK(permutation_test(b, a, 1).p == test.p);
  }
}

TEST_CASE("stats: a group of one against four, by hand") {
  // Distance to the mean of the others: 95.5 24.25, 60 20.125, 70 7.625, 80 4.875, 75 1.375: one of five is as far.
  const auto test = permutation_test(figures({95.5}), figures({60, 70, 80, 75}), 1);
  CHECK(test.p == 0.2);
  CHECK(test.permutations == 5);
  CHECK_FALSE(stats::hedges_g(stats::moments_of(figures({1})), stats::moments_of(figures({2}))).has_value());
  CHECK_FALSE(stats::hedges_g(stats::moments_of({}), stats::moments_of(figures({2, 3, 4}))).has_value());
}

TEST_CASE("stats: a test does not depend on those before it") {
  std::vector<Figure> all;
  for (int64_t i = 0; i < 60; ++i) all.push_back(make_figure(i * 37 % 61));
  const std::span<const Figure> front = std::span(all).first(20);
  stats::Permutations permutations(all, 2);
  CHECK_FALSE(permutations.test(std::span(all).first(25)).exact);
  CHECK(permutations.test(front).p == stats::Permutations(all, 1).test(front).p);
  CHECK(permutations.test(front).p == permutations.test(std::span(all).subspan(20)).p);  // the same two groups
}

TEST_CASE("stats: moments of parts are those of the whole") {
  const std::vector<Figure> all = figures({3, 8, 1, 4, 9, 2.5});
  const stats::Moments whole = stats::moments_of(all);
  const stats::Moments parts =
      stats::merged(stats::moments_of(std::span(all).first(2)), stats::moments_of(std::span(all).subspan(2)));
  CHECK(parts.n == 6);
  CHECK(parts.mean == Approx(whole.mean));
  CHECK(parts.squares == Approx(whole.squares));
  CHECK(stats::merged({}, whole).squares == whole.squares);
  CHECK(stats::merged(whole, {}).mean == whole.mean);
}

TEST_CASE("stats: Spearman's rho, its interval and p as SciPy") {
  for (const Case& c : cases_of("correlate")) {
    CAPTURE(c.name);
    const auto r = stats::spearman(c.figures("x"), c.figures("y"));
    REQUIRE(r.has_value());
    check_same(r->rho, c.one("rho"));
    check_same(r->low, c.one("low"));
    check_same(r->high, c.one("high"));
    check_same(r->p, c.one("p"));
    CHECK(r->exact == (c.all("x").size() <= 9));
  }
  CHECK_FALSE(stats::spearman(figures({1, 2}), figures({1, 2})).has_value());
  CHECK_FALSE(stats::spearman(figures({1, 2, 3}), figures({7, 7, 7})).has_value());
}

TEST_CASE("stats: the tails of Student's t as SciPy") {
  for (const Case& c : cases_of("student")) {
    CAPTURE(c.name);
    const auto freedom = static_cast<uint64_t>(c.one("df").value());
    const std::vector<double> t = c.doubles("t");
    for (size_t i = 0; i < t.size(); ++i) {
      check_same(stats::student_two_sided(t[i], freedom), c.all("p")[i], 1e-12);
      CHECK(stats::student_two_sided(-t[i], freedom) == stats::student_two_sided(t[i], freedom));
    }
  }
}

TEST_CASE("stats: Theil–Sen, Mann–Kendall and seasonal Kendall as SciPy") {
  for (const Case& c : cases_of("trend")) {
    CAPTURE(c.name);
    const std::vector<double> y = c.doubles("y");
    std::vector<stats::Point> points;
    for (size_t i = 0; i < y.size(); ++i) points.push_back({static_cast<int64_t>(c.doubles("t")[i]), y[i]});
    const auto slope = stats::theil_sen(points);
    REQUIRE(slope.has_value());
    check_same(slope->slope, c.all("slope")[0]);
    check_same(slope->low, c.all("slope")[1]);
    check_same(slope->high, c.all("slope")[2]);
    const stats::Kendall kendall = stats::mann_kendall(points);
    check_same(static_cast<double>(kendall.s), c.all("kendall")[0]);
    check_same(kendall.variance, c.all("kendall")[1]);
    check_same(kendall.p, c.all("kendall")[2]);
    if (c.all("seasonal").size() == 1) continue;
    const stats::Kendall seasonal = stats::seasonal_kendall(points, static_cast<int64_t>(c.doubles("seasonal")[0]));
    check_same(static_cast<double>(seasonal.s), c.all("seasonal")[1]);
    check_same(seasonal.variance, c.all("seasonal")[2]);
    check_same(seasonal.p, c.all("seasonal")[3]);
  }
  CHECK_FALSE(stats::theil_sen(std::vector<stats::Point>{{1, 5}}).has_value());
}

TEST_CASE("stats: Benjamini and Hochberg's rates") {
  for (const Case& c : cases_of("discovery")) {
    CAPTURE(c.name);
    const std::vector<double> q = stats::benjamini_hochberg(c.doubles("p"));
    for (size_t i = 0; i < q.size(); ++i) check_same(q[i], c.all("q")[i]);
  }
  CHECK(stats::benjamini_hochberg({}).empty());
}
