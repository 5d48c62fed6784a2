// Adverse impact: whether one group of people gets a favourable band less often than another, and whether so few people
// can say it. The four-fifths rule of the Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D, with
// Fisher's exact test.
#pragma once

#include <cstdint>
#include <optional>

namespace hr::report {

// People of one group, and how many of them have a favourable band.
struct Selected {
  uint32_t people = 0;
  uint32_t favourable = 0;  // ≤ people
};

// Fisher's exact test, two-sided: the probability, with both margins as they are, of all tables that are no more likely
// than this one (R. A. Fisher, The Design of Experiments, 1935; the same sum as R's fisher.test and SciPy's
// fisher_exact). Nearly equal probabilities count as equal: 1e-7 relative, as R does. 0 < p ≤ 1; 1 for an empty table.
double fisher_exact(Selected a, Selected b);
// The smallest p that any table with these margins could have.
double smallest_p(Selected a, Selected b);

enum class Impact : uint8_t {
  highest,  // the group with the highest rate, to which the others are compared
  ok,       // at least four fifths of the highest rate
  adverse,  // less than four fifths, and p ≤ 0.05
  too_few,  // too few to say: less than four fifths with p > 0.05, or no table with these margins has p ≤ 0.05
};
// `group` against the group with the highest rate. Where everybody or nobody is favourable there is no difference: ok.
Impact impact_of(Selected group, Selected highest);

// group's rate / highest rate; none when nobody is favourable.
std::optional<double> rate_ratio(Selected group, Selected highest);
// Whether the rate of a is higher, in whole numbers.
bool higher_rate(Selected a, Selected b);

}  // namespace hr::report
