#include "ingest/heading_fields.h"

#include <algorithm>
#include <span>

#include "base/cell_name.h"
#include "base/listed.h"
#include "base/pattern.h"
#include "base/text.h"

namespace hr::ingest {

std::string listed(const std::vector<std::string>& items) {
  constexpr size_t kMost = 30;
  const std::string text = hr::listed(std::span(items).first(std::min(items.size(), kMost)),
                                      [](const std::string& item) { return truncate_to_width(item, 40); });
  return items.size() > kMost ? text + ", … (" + std::to_string(items.size()) + ")" : text;
}

std::string field_name(const std::vector<std::string>& headings, size_t field) {
  return trim(headings[field]).empty() ? column_name(static_cast<int>(field) + 1) : headings[field];
}

size_t field_named(const std::vector<std::string>& headings, const std::vector<std::string>& names) {
  const auto first = [&](auto means) {
    for (const std::string& name : names) {
      for (size_t i = 0; i < headings.size(); ++i) {
        if (means(i, name)) return i;
      }
    }
    return kNoField;
  };
  size_t field = first([&](size_t i, const std::string& name) { return trim(headings[i]) == trim(name); });
  if (field != kNoField) return field;
  field = first([&](size_t i, const std::string& name) { return fold_for_match(headings[i]) == fold_for_match(name); });
  if (field != kNoField) return field;
  return first([&](size_t i, const std::string& name) { return field_name(headings, i) == name; });
}

std::vector<uint8_t> chosen_fields(const std::vector<std::string>& headings, const model::ColumnChoice& choice) {
  std::vector<uint8_t> chosen(headings.size(), 0);
  if (!choice.pattern.empty()) {
    const Pattern pattern(choice.pattern);
    for (size_t i = 0; i < headings.size(); ++i) chosen[i] = !headings[i].empty() && pattern.is_in(headings[i]);
  }
  for (const std::string& heading : choice.headings) {
    const size_t field = field_named(headings, {heading});
    for (size_t i = 0; i < headings.size() && field != kNoField; ++i) {
      const bool same = !trim(headings[i]).empty() && trim(headings[i]) == trim(headings[field]);
      chosen[i] = chosen[i] || i == field || same;
    }
  }
  if (choice.from.empty()) return chosen;
  const size_t from = field_named(headings, {choice.from});
  const size_t to = field_named(headings, {choice.to});
  if (from != kNoField && to != kNoField && from <= to) std::fill(&chosen[from], &chosen[to] + 1, 1);
  return chosen;
}

std::string shown(const model::ColumnChoice& choice) {
  if (!choice.pattern.empty()) return choice.pattern;
  return choice.from.empty() ? listed(choice.headings) : choice.from + " … " + choice.to;
}

std::string not_there(const std::vector<std::string>& headings, const model::ColumnChoice& choice) {
  std::vector<std::string> lacking;
  for (const std::string& heading : choice.headings) {
    if (field_named(headings, {heading}) == kNoField) lacking.push_back(heading);
  }
  if (!choice.headings.empty()) return listed(lacking);
  const std::vector<uint8_t> chosen = chosen_fields(headings, choice);
  return std::find(chosen.begin(), chosen.end(), 1) == chosen.end() ? shown(choice) : std::string();
}

}  // namespace hr::ingest
