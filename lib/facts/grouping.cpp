#include "facts/grouping.h"

#include <charconv>
#include <optional>
#include <unordered_map>

#include "base/parallel.h"
#include "facts/frame.h"

namespace hr::facts {

// N of unit_level_N.
static std::optional<uint32_t> unit_level(const std::string& group_by) {
  constexpr std::string_view kUnitLevel = "unit_level_";
  if (group_by.compare(0, kUnitLevel.size(), kUnitLevel) != 0) return std::nullopt;
  uint32_t level = 0;
  std::from_chars(group_by.data() + kUnitLevel.size(), group_by.data() + group_by.size(), level);
  return level;
}

// The ancestor of every unit.
static std::vector<uint32_t> units_at(const OrgTree& units, uint32_t level) {
  std::vector<uint32_t> at(units.size(), kNone);
  for (uint32_t u = 0; u < at.size() && level > 0; ++u) at[u] = units.ancestor_at(u, level);
  return at;
}

static uint32_t unit_at(const Dataset& dataset, uint32_t spell, uint32_t level) {
  const uint32_t unit = dataset.spells.unit[spell];
  return unit == kNone || level == 0 ? kNone : dataset.units.ancestor_at(unit, level);
}

uint32_t last_spell(const Dataset& dataset, uint32_t person) {
  const DateRange counted = dataset.cycle.intersect({kFarPast, dataset.as_of + 1});
  for (const DateRange& range : {counted, dataset.cycle}) {
    for (uint32_t s = dataset.spells.begin[person + 1]; s-- > dataset.spells.begin[person];) {
      if (dataset.spells.range[s].overlaps(range)) return s;
    }
  }
  return kNone;
}

std::vector<uint32_t> group_people(const Dataset& dataset, const std::vector<uint32_t>& last_spell,
                                   const std::string& group_by, int threads) {
  std::vector<uint32_t> groups(last_spell.size(), 0);
  if (group_by.empty()) return groups;
  const auto set_all = [&](const auto& group_of, int some_threads) {  // of a spell
    constexpr size_t kPiece = 16'384;
    for_ranges(groups.size(), kPiece, some_threads, [&](size_t begin, size_t end, size_t) {
      for (size_t p = begin; p < end; ++p) {
        if (last_spell[p] != kNone) groups[p] = group_of(last_spell[p]);
      }
    });
  };
  if (const auto level = unit_level(group_by)) {
    const std::vector<uint32_t> at = units_at(dataset.units, *level);
    const std::vector<uint32_t>& units = dataset.spells.unit;
    set_all([&](uint32_t spell) { return units[spell] == kNone ? kNone : at[units[spell]]; }, threads);
    return groups;
  }
  const Column* column = dataset.spells.attributes.find(group_by);
  if (column == nullptr) return groups;
  if (column->storage == Storage::text) {
    set_all([&](uint32_t spell) { return column->codes[spell]; }, threads);
    return groups;
  }
  std::unordered_map<std::string, uint32_t> texts;
  set_all(
      [&](uint32_t spell) {
        return texts.emplace(cell_text(*column, spell), static_cast<uint32_t>(texts.size())).first->second;
      },
      1);
  return groups;
}

static uint32_t label_code(SharedDictionary& labels, std::string_view label) {
  return label.empty() ? kMissingCode : labels.add(label);
}

static std::vector<uint32_t> level_codes(const Dataset& dataset, uint32_t level, SharedDictionary& labels) {
  std::vector<uint32_t> of_unit;
  for (uint32_t u = 0; u < dataset.units.size(); ++u) {
    const uint32_t unit = level == 0 ? kNone : dataset.units.ancestor_at(u, level);
    of_unit.push_back(unit == kNone ? kMissingCode : label_code(labels, dataset.units.id[unit]));
  }
  std::vector<uint32_t> codes;
  codes.reserve(dataset.spells.size());
  for (const uint32_t unit : dataset.spells.unit) codes.push_back(unit == kNone ? kMissingCode : of_unit[unit]);
  return codes;
}

std::vector<uint32_t> group_codes(const Dataset& dataset, const std::string& group_by, SharedDictionary& labels) {
  if (const auto level = unit_level(group_by)) return level_codes(dataset, *level, labels);
  const Column* column = group_by.empty() ? nullptr : dataset.spells.attributes.find(group_by);
  if (column == nullptr) return {};
  std::vector<uint32_t> codes;
  codes.reserve(dataset.spells.size());
  std::vector<uint32_t> of_code(column->dictionary.size(), kNone - 1);  // not looked at yet
  for (size_t s = 0; s < dataset.spells.size(); ++s) {
    if (column->storage != Storage::text || column->missing(s)) {
      codes.push_back(label_code(labels, cell_text(*column, s)));
      continue;
    }
    uint32_t& code = of_code[column->codes[s]];
    if (code == kNone - 1) code = label_code(labels, column->text(s));
    codes.push_back(code);
  }
  return codes;
}

std::string group_label(const Dataset& dataset, uint32_t spell, const std::string& group_by) {
  if (group_by.empty() || spell == kNone) return {};
  if (const auto level = unit_level(group_by)) {
    const uint32_t unit = unit_at(dataset, spell, *level);
    return unit == kNone ? std::string() : std::string(dataset.units.id[unit]);
  }
  const Column* column = dataset.spells.attributes.find(group_by);
  return column != nullptr ? cell_text(*column, spell) : std::string();
}

}  // namespace hr::facts
