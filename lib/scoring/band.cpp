#include "scoring/band.h"

#include <algorithm>

namespace hr::scoring {

// A decimal as a figure; one with more than nine decimals is snapped like every other figure.
static Figure figure_of(Decimal value) {
  return snap(value.to_double()).value_or(Figure{value.unscaled < 0 ? INT64_MIN : INT64_MAX});
}

BandRules make_band_rules(const model::Scale* scale) {
  BandRules rules;
  rules.scale = scale;
  if (scale == nullptr) return rules;
  for (uint32_t i = 0; i < scale->bands.size(); ++i) rules.lines.push_back({figure_of(scale->bands[i].from), i});
  std::stable_sort(rules.lines.begin(), rules.lines.end(),
                   [](const BandRules::Line& a, const BandRules::Line& b) { return a.from < b.from; });
  return rules;
}

uint32_t band_of(const BandRules& rules, Figure figure) {
  uint32_t band = model::kNoBand;
  for (const BandRules::Line& line : rules.lines) {
    if (line.from > figure) break;
    band = line.band;
  }
  return band;
}

uint32_t worse_band(const BandRules& rules, uint32_t a, uint32_t b) {
  for (const BandRules::Line& line : rules.lines) {
    if (line.band == a || line.band == b)
      return a == model::kNoBand || b == model::kNoBand ? model::kNoBand : line.band;
  }
  return model::kNoBand;
}

uint32_t find_band(const BandRules& rules, const std::string& id) {
  for (const BandRules::Line& line : rules.lines) {
    if (rules.scale->bands[line.band].id == id) return line.band;
  }
  return model::kNoBand;
}

}  // namespace hr::scoring
