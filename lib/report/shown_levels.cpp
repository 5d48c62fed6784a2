#include "report/shown_levels.h"

#include <algorithm>
#include <map>

namespace hr::report {

namespace {

// The levels of one period, one a group.
struct OfPeriod {
  std::vector<size_t> rows;
  std::vector<const model::Level*> levels;
  std::vector<uint32_t> people;
};

void show_period(const OfPeriod& period, uint32_t min_shown, std::vector<ShownLevels>& out) {
  const std::vector<Shown> shown = shown_groups(period.people, min_shown);
  for (size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] == Shown::shown) out[period.rows[i]].levels.push_back(*period.levels[i]);
  }
}

}  // namespace

std::vector<ShownLevels> shown_levels(const std::vector<model::Levels>& all, uint32_t min_shown) {
  std::vector<ShownLevels> out(all.size());
  for (size_t first = 0; first < all.size();) {
    std::map<int64_t, OfPeriod> periods;
    size_t row = first;
    for (; row < all.size() && all[row].figure == all[first].figure && all[row].kind == all[first].kind; ++row) {
      for (const model::Level& level : all[row].levels) {
        OfPeriod& period = periods[level.time];
        period.rows.push_back(row);
        period.levels.push_back(&level);
        period.people.push_back(level.people);
      }
    }
    for (const auto& [time, period] : periods) show_period(period, min_shown, out);
    first = row;
  }
  for (size_t row = 0; row < all.size(); ++row) {
    out[row].of = &all[row];
    for (const model::Level& level : all[row].levels) out[row].people = std::max(out[row].people, level.people);
    if (out[row].levels.empty())
      out[row].shown = out[row].people < min_shown ? Shown::suppressed : Shown::complementary;
  }
  return out;
}

bool any_hidden(const std::vector<ShownLevels>& all) {
  return std::any_of(all.begin(), all.end(),
                     [](const ShownLevels& l) { return l.levels.size() < l.of->levels.size(); });
}

}  // namespace hr::report
