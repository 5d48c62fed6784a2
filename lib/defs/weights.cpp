#include "defs/weights.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace hr::defs {

// |total − whole| ≤ n · half a unit of the second decimal of a percent.
static bool near(Decimal total, int64_t whole, int32_t percent_scale, size_t n) {
  const auto difference = add(total, make_decimal(-whole));
  if (!difference) return false;
  const Decimal tolerance = make_decimal(static_cast<int64_t>(5 * n), percent_scale);
  return *difference <= tolerance && Decimal{-difference->unscaled, difference->scale} <= tolerance;
}

static void report_mixed(const std::vector<WeightItem>& items, const char* message, Diagnostics& diagnostics) {
  const auto given = std::find_if(items.begin(), items.end(), [](const WeightItem& i) { return i.weight.has_value(); });
  const auto bare = std::find_if(items.begin(), items.end(), [](const WeightItem& i) { return !i.weight; });
  const auto n = std::count_if(items.begin(), items.end(), [](const WeightItem& i) { return i.weight.has_value(); });
  Diagnostic d = make_error(message, bare->span, {std::to_string(n), std::to_string(items.size())});
  d.related.push_back(given->span);
  diagnostics.push_back(std::move(d));
}

void check_weights(const std::vector<WeightItem>& items, const SourceSpan& whole, Diagnostics& diagnostics,
                   const char* mixed) {
  std::vector<Decimal> weights;
  for (const WeightItem& item : items) {
    if (item.weight) weights.push_back(*item.weight);
  }
  if (weights.empty()) return;
  if (weights.size() < items.size()) return report_mixed(items, mixed, diagnostics);
  if (std::all_of(weights.begin(), weights.end(), [](Decimal w) { return w.unscaled == 0; })) {
    diagnostics.push_back(make_error("weights-zero", whole));
    return;
  }
  const auto total = sum(weights);
  if (weights.size() == 1 || (total && (near(*total, 100, 3, weights.size()) || near(*total, 1, 5, weights.size()))))
    return;
  diagnostics.push_back(make_warning("weight-sum", whole, {total ? to_string(*total) : "> 10^18"}));
}

// A key that is nearly `weight` has been reported: what it says is not known.
static bool misspells_weight(const Cursor& item) {
  static const std::vector<std::string> kWeight{"weight"};
  const auto entries = item.entries();
  return std::any_of(entries.begin(), entries.end(),
                     [](const auto& entry) { return nearest(entry.first.node().text, kWeight).has_value(); });
}

void WeightList::add_item(const Cursor& item, const std::optional<Decimal>& weight, const SourceSpan& place) {
  const bool readable = item.kind() == NodeKind::map;
  const auto given = Fields(item).get("weight");
  unread_ = unread_ || !readable || (given ? !weight : misspells_weight(item));
  items_.push_back({weight, given ? given->span() : place});
}

void WeightList::add_value(const Cursor& value, const std::optional<Decimal>& weight) {
  unread_ = unread_ || !weight;
  items_.push_back({weight, value.span()});
}

void WeightList::check(const SourceSpan& whole, Diagnostics& diagnostics) const {
  if (!unread_) check_weights(items_, whole, diagnostics);
}

}  // namespace hr::defs
