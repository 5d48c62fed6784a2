#include "scoring/rank.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

namespace hr::scoring {

namespace {

constexpr std::string_view kUnitLevel = "unit_level_";

uint32_t level_of(const std::string& rank_by) {
  uint32_t level = 0;
  const char* end = rank_by.data() + rank_by.size();
  std::from_chars(rank_by.data() + kUnitLevel.size(), end, level);
  return level;
}

}  // namespace

std::vector<uint32_t> rank_groups(const facts::Dataset& dataset, const std::vector<uint32_t>& last_spell,
                                  const std::string& rank_by) {
  std::vector<uint32_t> groups(last_spell.size(), 0);
  if (rank_by.empty()) return groups;
  const bool by_unit = rank_by.compare(0, kUnitLevel.size(), kUnitLevel) == 0;
  const uint32_t level = by_unit ? level_of(rank_by) : 0;
  const facts::Column* column = by_unit ? nullptr : dataset.spells.attributes.find(rank_by);
  std::unordered_map<std::string, uint32_t> texts;
  for (size_t p = 0; p < groups.size(); ++p) {
    const uint32_t spell = last_spell[p];
    if (spell == facts::kNone) continue;
    if (by_unit) {
      const uint32_t unit = dataset.spells.unit[spell];
      groups[p] = unit == facts::kNone || level == 0 ? facts::kNone : dataset.units.ancestor_at(unit, level);
    } else if (column != nullptr && column->storage == facts::Storage::text) {
      groups[p] = column->codes[spell];
    } else if (column != nullptr) {
      groups[p] = texts.emplace(facts::cell_text(*column, spell), static_cast<uint32_t>(texts.size())).first->second;
    }
  }
  return groups;
}

void rank_people(std::vector<Ranked>& people) {
  std::sort(people.begin(), people.end(), [](const Ranked& a, const Ranked& b) {
    if (a.group != b.group) return a.group < b.group;
    if (a.figure != b.figure) return a.figure > b.figure;
    return a.person < b.person;
  });
  for (size_t begin = 0; begin < people.size();) {
    size_t end = begin;
    while (end < people.size() && people[end].group == people[begin].group) ++end;
    for (size_t i = begin; i < end; ++i) {
      const bool tied = i > begin && people[i].figure == people[i - 1].figure;
      people[i].rank = tied ? people[i - 1].rank : static_cast<uint32_t>(i - begin + 1);
      people[i].size = static_cast<uint32_t>(end - begin);
    }
    begin = end;
  }
}

Figure percentile_of(uint32_t rank, uint32_t size) {
  if (size <= 1) return make_figure(100);
  return snap(100.0 * (size - rank) / (size - 1)).value_or(Figure{});
}

}  // namespace hr::scoring
