// The facts of one KPI and some subjects, turned into a series a subject.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analytics/groups.h"
#include "base/period.h"

namespace hr::analytics {

// Of periods of one kind; subjects are [first, first + subjects()).
struct Series {
  struct Fact {
    double value = 0;
    uint32_t period = 0;  // into periods
    uint32_t group = 0;
    uint8_t partial = 0;
  };

  uint32_t first = 0;
  std::vector<Period> periods;  // ascending
  std::vector<size_t> begin;    // facts of subject first + i are [begin[i], begin[i + 1])
  std::vector<Fact> facts;      // of each subject, ascending by period

  size_t subjects() const { return begin.empty() ? 0 : begin.size() - 1; }
  std::span<const Fact> of(size_t i) const { return std::span(facts).subspan(begin[i], begin[i + 1] - begin[i]); }
};

// Gathers the facts of one KPI, period after period, and gives a Series for each kind of period.
class SeriesBuilder {
 public:
  void add(const FactsOfPeriod& facts);
  // Of subjects [first, first + subjects), which are all that were added; empty afterwards.
  std::vector<Series> take(uint32_t first, size_t subjects);

 private:
  struct Part {
    PeriodKind kind = PeriodKind::month;
    std::vector<Period> periods;
    std::vector<uint32_t> subjects;
    std::vector<Series::Fact> facts;
  };

  std::vector<Part> parts_;
};

// How many of the other facts of a period have a value, as a share of all: sorted when first asked.
class ValueShares {
 public:
  explicit ValueShares(const Series& series) : series_(series) {}

  double among_others(uint32_t period, double value);

 private:
  const Series& series_;
  std::vector<std::vector<double>> sorted_;  // by period
};

}  // namespace hr::analytics
