// Scores of the single KPIs of one person over periods and spells: what a later cycle may carry.
#pragma once

#include <cstdint>
#include <vector>

#include "base/figure.h"

namespace hr::scoring {

struct KpiScore {
  uint32_t kpi = 0;  // index of Definitions::kpis
  Figure score;
};

// Only scores that come from data go in. docs/spec/scoring.md, section 7, "Carried scores".
class KpiScores {
 public:
  void add(uint32_t kpi, Figure score);  // in the spell under way: of the cycle, or of each period
  void end_spell(double days);           // its weight among the spells
  std::vector<KpiScore> take();          // ascending kpi; empties it for the next person

 private:
  struct Sum {
    uint32_t kpi = 0;
    double periods = 0;  // Σ scores of the spell under way, and how many
    uint32_t count = 0;
    double spells = 0;  // Σ days × score, and Σ days
    double days = 0;
  };
  std::vector<Sum> sums_;
};

}  // namespace hr::scoring
