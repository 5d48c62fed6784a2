// The sums of the KPI component of some people side by side: over the KPIs of a period, and over periods. They are
// those of the means in kpi_means.h, of many people at once. Internal to kpi_batch.
#pragma once

#include <array>
#include <cstddef>

namespace hr::scoring {

struct KpiSums {
  static constexpr size_t kPeople = 256;
  static constexpr size_t kStep = 8;  // people are added by so many, the last few with some who do not count

  explicit KpiSums(size_t people);  // at most kPeople

  void begin();  // of a period, or of the cycle
  // One KPI of everybody: scores, and 1 where there is one, else 0. Of people up to a whole step.
  void add(double weight, const double* scores, const double* there);
  // `total`: the weight of all KPIs; `zero`: what is missing counts 0, else its weight goes to the others.
  void end_period(double total, bool zero);

  size_t steps;                         // people up to a whole step
  std::array<double, kPeople> sum;      // Σ weight × score
  std::array<double, kPeople> covered;  // weight of what has data
  // Of the periods that have ended.
  std::array<double, kPeople> score;    // Σ of their means
  std::array<double, kPeople> scored;   // how many have a mean
  std::array<double, kPeople> share;    // Σ of what part of the weight has data
  std::array<double, kPeople> partial;  // how many lack some
};

}  // namespace hr::scoring
