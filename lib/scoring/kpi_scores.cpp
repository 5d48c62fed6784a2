#include "scoring/kpi_scores.h"

#include <algorithm>

namespace hr::scoring {

void KpiScores::add(uint32_t kpi, Figure score) {
  auto it = std::find_if(sums_.begin(), sums_.end(), [&](const Sum& s) { return s.kpi == kpi; });
  if (it == sums_.end()) {
    it = sums_.emplace(sums_.end());
    it->kpi = kpi;
  }
  it->periods += score.value();
  ++it->count;
}

void KpiScores::end_spell(double days) {
  for (Sum& s : sums_) {
    if (s.count == 0) continue;
    const auto score = snap(s.periods / s.count);
    s.periods = 0;
    s.count = 0;
    if (!score) continue;
    s.spells += days * score->value();
    s.days += days;
  }
}

std::vector<KpiScore> KpiScores::take() {
  std::vector<KpiScore> scores;
  for (const Sum& s : sums_) {
    if (s.days <= 0) continue;
    if (const auto score = snap(s.spells / s.days)) scores.push_back({s.kpi, *score});
  }
  sums_.clear();
  std::sort(scores.begin(), scores.end(), [](const KpiScore& a, const KpiScore& b) { return a.kpi < b.kpi; });
  return scores;
}

}  // namespace hr::scoring
