#include "scoring/okr_people.h"

#include <algorithm>
#include <string>

namespace hr::scoring {

namespace {

using facts::kNone;

// Pairs (key, value) in order of value → begin and values by key.
void group_by_key(const std::vector<std::pair<uint32_t, uint32_t>>& pairs, size_t keys, std::vector<uint32_t>& begin,
                  std::vector<uint32_t>& values) {
  begin.assign(keys + 1, 0);
  for (const auto& [key, value] : pairs) ++begin[key + 1];
  for (size_t k = 0; k < keys; ++k) begin[k + 1] += begin[k];
  values.resize(pairs.size());
  std::vector<uint32_t> next(begin.begin(), begin.end() - 1);
  for (const auto& [key, value] : pairs) values[next[key]++] = value;
}

// Roots with something below go before units that are only named: those are roots because nobody listed them.
uint32_t find_root(const facts::OrgTree& units) {
  std::vector<uint8_t> has_children(units.size(), 0);
  std::vector<uint32_t> roots;
  for (uint32_t u = 0; u < units.size(); ++u) {
    if (units.parent[u] == kNone) {
      roots.push_back(u);
    } else {
      has_children[units.parent[u]] = 1;
    }
  }
  if (roots.size() == 1) return roots[0];
  uint32_t root = kNone;
  for (const uint32_t r : roots) {
    if (!has_children[r]) continue;
    if (root != kNone) return kNone;
    root = r;
  }
  return root;
}

}  // namespace

OkrPeople find_okr_people(const facts::Dataset& dataset, Diagnostics& diagnostics) {
  OkrPeople out;
  out.root = find_root(dataset.units);
  std::vector<std::pair<uint32_t, uint32_t>> own;
  std::vector<std::pair<uint32_t, uint32_t>> of_unit;
  uint32_t without_root = kNone;
  const facts::Okrs& okrs = dataset.okrs;
  own.reserve(okrs.size());
  for (uint32_t o = 0; o < okrs.size(); ++o) {
    if (okrs.owner_kind[o] == model::OwnerKind::employee) {
      if (okrs.owner_person[o] != kNone) own.emplace_back(okrs.owner_person[o], o);
      continue;
    }
    const bool company = okrs.owner_kind[o] == model::OwnerKind::company;
    const uint32_t unit = company ? out.root : dataset.units.find(okrs.objective(o).owner).value_or(kNone);
    if (unit != kNone) of_unit.emplace_back(unit, o);
    if (company && unit == kNone && dataset.units.size() > 0) without_root = o;
  }
  if (without_root != kNone) {
    diagnostics.push_back(
        make_warning("several-root-units", okrs.span_of(without_root), {std::string(okrs.objective(without_root).id)}));
  }
  std::vector<std::pair<uint32_t, uint32_t>> heads;
  for (uint32_t u = 0; u < dataset.units.size() && u < dataset.units.head.size(); ++u) {
    if (dataset.units.head[u].empty()) continue;
    if (const auto person = dataset.people.find(dataset.units.head[u])) heads.emplace_back(*person, u);
  }
  group_by_key(own, dataset.people.size(), out.own_begin, out.own);
  group_by_key(of_unit, dataset.units.size(), out.unit_begin, out.of_unit);
  group_by_key(heads, dataset.people.size(), out.head_begin, out.headed);
  return out;
}

void objectives_of(const OkrPeople& people, model::OkrUnits policy, uint32_t person, uint32_t unit,
                   std::vector<uint32_t>& out) {
  out.assign(people.own.begin() + people.own_begin[person], people.own.begin() + people.own_begin[person + 1]);
  const auto add_unit = [&](uint32_t u) {
    out.insert(out.end(), people.of_unit.begin() + people.unit_begin[u],
               people.of_unit.begin() + people.unit_begin[u + 1]);
  };
  if (policy == model::OkrUnits::head) {
    for (uint32_t i = people.head_begin[person]; i < people.head_begin[person + 1]; ++i) add_unit(people.headed[i]);
  } else if (policy == model::OkrUnits::members && unit != facts::kNone) {
    add_unit(unit);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

}  // namespace hr::scoring
