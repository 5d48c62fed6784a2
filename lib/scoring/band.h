// The absolute band of a figure: half-open, each ends where the next begins, the highest has no upper end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/figure.h"
#include "model/plan.h"
#include "model/result.h"

namespace hr::scoring {

struct BandRules {
  struct Line {
    Figure from;
    uint32_t band = 0;  // index into the scale, as written
  };
  const model::Scale* scale = nullptr;
  std::vector<Line> lines;  // ascending
};

BandRules make_band_rules(const model::Scale* scale);

// kNoBand where the figure lies under the lowest band.
uint32_t band_of(const BandRules& rules, Figure figure);
// The worse of two bands; kNoBand is worst.
uint32_t worse_band(const BandRules& rules, uint32_t a, uint32_t b);
uint32_t find_band(const BandRules& rules, const std::string& id);  // kNoBand when there is none

}  // namespace hr::scoring
