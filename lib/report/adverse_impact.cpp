#include "report/adverse_impact.h"

#include <algorithm>
#include <vector>

namespace hr::report {

namespace {

constexpr double kLevel = 0.05;
constexpr double kEqual = 1 + 1e-7;

// The probabilities of all tables with the margins of a and b, by how many favourable ones a has: hypergeometric, each
// from its neighbour, outwards from the likeliest, then divided by their sum. No factorials, so nothing overflows.
struct Tables {
  uint32_t first = 0;  // favourable ones in a
  std::vector<double> p;
};

Tables all_tables(Selected a, Selected b) {
  const double n = double{1} * a.people;
  const double m = double{1} * b.people;
  const uint32_t drawn = a.favourable + b.favourable;
  Tables out;
  out.first = drawn > b.people ? drawn - b.people : 0;
  const uint32_t last = std::min(a.people, drawn);
  out.p.assign(last - out.first + 1, 0);
  // p(k + 1) / p(k)
  const auto step = [&](double k) { return (n - k) * (drawn - k) / ((k + 1) * (m - drawn + k + 1)); };
  const auto mode = static_cast<uint32_t>((drawn + 1.0) * (n + 1) / (n + m + 2));
  const size_t middle = std::clamp(mode, out.first, last) - out.first;
  out.p[middle] = 1;
  for (size_t i = middle; i + 1 < out.p.size(); ++i) out.p[i + 1] = out.p[i] * step(static_cast<double>(out.first + i));
  for (size_t i = middle; i > 0; --i) out.p[i - 1] = out.p[i] / step(static_cast<double>(out.first + i) - 1);
  double sum = 0;
  for (const double p : out.p) sum += p;
  for (double& p : out.p) p /= sum;
  return out;
}

double two_sided(const Tables& tables, double limit) {
  double sum = 0;
  for (const double p : tables.p) sum += p <= limit * kEqual ? p : 0;
  return std::min(1.0, sum);
}

}  // namespace

double fisher_exact(Selected a, Selected b) {
  const Tables tables = all_tables(a, b);
  return two_sided(tables, tables.p[a.favourable - tables.first]);
}

double smallest_p(Selected a, Selected b) {
  const Tables tables = all_tables(a, b);
  return two_sided(tables, std::min(tables.p.front(), tables.p.back()));
}

bool higher_rate(Selected a, Selected b) {
  return uint64_t{a.favourable} * b.people > uint64_t{b.favourable} * a.people;
}

std::optional<double> rate_ratio(Selected group, Selected highest) {
  if (highest.favourable == 0 || group.people == 0) return std::nullopt;
  return double{1} * group.favourable * highest.people / (double{1} * group.people * highest.favourable);
}

Impact impact_of(Selected group, Selected highest) {
  const uint32_t favourable = group.favourable + highest.favourable;
  if (favourable == 0 || favourable == group.people + highest.people) return Impact::ok;
  if (smallest_p(group, highest) > kLevel) return Impact::too_few;
  const bool four_fifths =
      5 * uint64_t{group.favourable} * highest.people >= 4 * uint64_t{highest.favourable} * group.people;
  if (four_fifths) return Impact::ok;
  return fisher_exact(group, highest) <= kLevel ? Impact::adverse : Impact::too_few;
}

}  // namespace hr::report
