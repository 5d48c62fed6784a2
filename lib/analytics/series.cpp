#include "analytics/series.h"

#include <algorithm>

namespace hr::analytics {

void SeriesBuilder::add(const FactsOfPeriod& facts) {
  const PeriodKind kind = facts.period.kind;
  auto part = std::find_if(parts_.begin(), parts_.end(), [&](const Part& p) { return p.kind == kind; });
  if (part == parts_.end()) part = parts_.insert(parts_.end(), Part{kind, {}, {}, {}});
  if (part->periods.empty() || part->periods.back() != facts.period) part->periods.push_back(facts.period);
  const auto period = static_cast<uint32_t>(part->periods.size() - 1);
  part->subjects.insert(part->subjects.end(), facts.subjects.begin(), facts.subjects.end());
  for (size_t i = 0; i < facts.values.size(); ++i)
    part->facts.push_back({facts.values[i], period, facts.groups[i], facts.partial[i]});
}

std::vector<Series> SeriesBuilder::take(uint32_t first, size_t subjects) {
  std::vector<Series> all;
  for (Part& part : parts_) {
    Series& series = all.emplace_back();
    series.first = first;
    series.periods = std::move(part.periods);
    series.begin.assign(subjects + 1, 0);
    for (const uint32_t subject : part.subjects) ++series.begin[subject - first + 1];
    for (size_t i = 0; i < subjects; ++i) series.begin[i + 1] += series.begin[i];
    std::vector<size_t> next(series.begin.begin(), series.begin.end() - 1);
    series.facts.resize(part.facts.size());
    for (size_t i = 0; i < part.facts.size(); ++i) series.facts[next[part.subjects[i] - first]++] = part.facts[i];
  }
  parts_.clear();
  return all;
}

double ValueShares::among_others(uint32_t period, double value) {
  if (sorted_.empty()) {
    sorted_.resize(series_.periods.size());
    for (const Series::Fact& fact : series_.facts) sorted_[fact.period].push_back(fact.value);
    for (std::vector<double>& values : sorted_) std::sort(values.begin(), values.end());
  }
  const std::vector<double>& values = sorted_[period];
  const auto [begin, end] = std::equal_range(values.begin(), values.end(), value);
  return static_cast<double>(end - begin - 1) / static_cast<double>(values.size());
}

}  // namespace hr::analytics
