#include "facts/dataset.h"

#include <algorithm>

namespace hr::facts {

std::optional<uint32_t> People::find(std::string_view employee_id) const {
  const auto it = index.find(employee_id);
  return it == index.end() ? std::nullopt : std::optional(it->second);
}

const Figure* CarriedScores::find(uint32_t person, uint32_t kpi) const {
  if (of_person.empty()) return nullptr;
  const std::vector<Score>& scores = of_person[person];
  const auto it = std::find_if(scores.begin(), scores.end(), [&](const Score& s) { return s.kpi == kpi; });
  return it == scores.end() ? nullptr : &it->score;
}

const KpiFacts* Dataset::find_kpi(std::string_view kpi) const {
  const auto it = std::find_if(kpis.begin(), kpis.end(), [&](const KpiFacts& k) { return k.kpi == kpi; });
  return it == kpis.end() ? nullptr : &*it;
}

}  // namespace hr::facts
