// What the facts of one KPI and period say beside each other: values that stand out among people of one job, values
// that cannot be, and too many round numbers.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "analytics/finding.h"
#include "base/date.h"
#include "base/period.h"

namespace hr::analytics {

// Facts of one KPI and period, columns side by side. `groups`: of people of one job, kNone = of nobody's kind (a unit).
// `partial`: 1 = the subject was there for a part of the period only.
struct FactsOfPeriod {
  Period period;
  std::span<const uint32_t> subjects;
  std::span<const double> values;
  std::span<const uint32_t> groups;
  std::span<const uint8_t> partial;
};

// The medians of one KPI by period and group.
struct GroupMedians {
  struct Median {
    double value = 0;
    uint32_t n = 0;  // 0: the group has no value
  };
  std::vector<Period> periods;               // ascending
  std::vector<std::vector<Median>> medians;  // by period, group

  const std::vector<Median>* find(const Period& period) const;  // by group; null = none
};

// Looks at the facts of one KPI, period after period.
class GroupChecks {
 public:
  // Findings are of periods within `told`; both references outlive it. Groups are [0, groups).
  GroupChecks(Findings& findings, DateRange told, size_t groups) : findings_(findings), told_(told), groups_(groups) {}

  // Facts of one period in any number of calls, one behind the other.
  void add(const FactsOfPeriod& facts);
  GroupMedians finish();

 private:
  struct Member {
    uint32_t subject = 0;
    uint8_t partial = 0;
    double value = 0;
  };
  // How many values of a group end in how many zeros.
  struct Digits {
    Period period;
    uint32_t group = 0;
    uint32_t n = 0;  // that are not 0
    double scale = 0;
    std::array<uint32_t, 24> zeros{};  // by zeros at the end, from four decimals on
  };

  void finish_period();
  void check_group(uint32_t group, std::span<const Member> members);
  void check_member(const Spread& spread, std::span<const Member> members, const Member& member);
  int power_of(const Spread& spread, const Member& member) const;  // of magnitude; 0 = as usual
  bool is_less(const Spread& spread, const Member& member) const;
  static bool is_alone(const Spread& spread, std::span<const Member> members, double x);
  void check_bounds();
  void count_digits(uint32_t group, const Spread& spread, std::span<const Member> members);
  std::optional<size_t> natural_zeros() const;
  void check_digits();

  Findings& findings_;
  DateRange told_;
  size_t groups_;
  Period period_;
  std::vector<Member> members_;  // of the period under way
  std::vector<uint32_t> group_of_;
  std::vector<Member> by_group_;  // members_ in order of group
  std::vector<double> values_, scratch_;
  GroupMedians medians_;
  std::vector<Digits> digits_;
};

}  // namespace hr::analytics
