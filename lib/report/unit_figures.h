// What a report says of org units: headcount, pay and mean scores, of every unit with all below it. Figures are by
// place in the printed order; the last place is that of people without a unit.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/decimal.h"
#include "base/exact_sum.h"
#include "facts/dataset.h"
#include "report/reports.h"
#include "report/unit_tree.h"

namespace hr::report {

inline constexpr uint32_t kNobodyPaid = 0xFFFFFFFEU;
inline constexpr uint32_t kMixedCurrencies = 0xFFFFFFFDU;

// The people in service on dataset.as_of.
struct StaffFigures {
  std::vector<uint32_t> headcount;
  std::vector<uint32_t> direct;  // without the units below
  std::vector<ExactSum> pay;
  std::vector<std::optional<Decimal>> median_pay;  // means nothing where currencies are mixed
  std::vector<uint32_t> currency;  // code of the spells' column (facts::kMissingCode: none said), or one of the above
  uint64_t people = 0;
  uint64_t paid = 0;  // of them, those with a base salary
};
StaffFigures staff_figures(const facts::Dataset& dataset, const UnitOrder& order, int threads);

inline constexpr std::array kMeanColumns{"score", "kpi", "okr", "feedback", "coverage"};

// The rows of a run, each with its unit; a unit that the tree does not have counts as none.
struct ScoreFigures {
  std::vector<uint32_t> listed;
  std::vector<uint32_t> direct;  // listed, without the units below
  std::vector<uint32_t> rated;
  std::array<std::vector<ExactSum>, kMeanColumns.size()> sums;  // over the rated, of kMeanColumns
};
ScoreFigures score_figures(const facts::Dataset& dataset, const UnitOrder& order, const UnitScores& scores);

}  // namespace hr::report
