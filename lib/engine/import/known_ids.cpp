#include "engine/import/known_ids.h"

#include <algorithm>

#include "base/parallel.h"
#include "base/text.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

void KnownIds::add(std::string_view id) {
  more_.add(id);
  all_.clear();
  zeros_.reset();
}

void KnownIds::add(const Column& ids) {
  all_.clear();
  zeros_.reset();
  if (ids.size() == 0) return;
  if (columns_.empty() || !columns_.back().dictionary.same_as(ids.dictionary))
    columns_.push_back({ids.dictionary, std::vector<uint8_t>(ids.dictionary.size())});
  std::vector<uint8_t>& is_known = columns_.back().is_known;
  for (const uint32_t code : ids.codes) {
    if (code != facts::kMissingCode) is_known[code] = 1;
  }
}

bool KnownIds::has(std::string_view id) const {
  for (const Texts& texts : columns_) {
    const auto code = texts.dictionary.find(id);
    if (code && texts.is_known[*code]) return true;
  }
  return more_.find(id).has_value();
}

bool KnownIds::has_code(const facts::SharedDictionary& dictionary, uint32_t code) const {
  return std::any_of(columns_.begin(), columns_.end(), [&](const Texts& texts) {
    return code < dictionary.begins_with(texts.dictionary) && texts.is_known[code] != 0;
  });
}

bool KnownIds::has(const facts::SharedDictionary& dictionary, uint32_t code) const {
  return has_code(dictionary, code) || has(dictionary[code]);
}

const std::vector<std::string_view>& KnownIds::all() const {
  if (!all_.empty()) return all_;
  size_t most = more_.size();
  for (const Texts& texts : columns_) most += texts.is_known.size();
  all_.reserve(most);
  for (const Texts& texts : columns_) {
    for (uint32_t code = 0; code < texts.is_known.size(); ++code) {
      if (texts.is_known[code]) all_.push_back(texts.dictionary[code]);
    }
  }
  for (uint32_t code = 0; code < more_.size(); ++code) all_.push_back(more_[code]);
  return all_;
}

// E9 is nobody's misspelling of E1: ids that differ in digits alone are other people.
static bool differ_in_digits_alone(std::string_view a, std::string_view b) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return x == y || (is_digit(x) && is_digit(y)); });
}

bool is_number(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string KnownIds::with_zeros(std::string_view id) const {
  if (!is_number(id) || id[0] == '0') return {};
  if (!zeros_) {
    zeros_.emplace();
    for (const std::string_view known : all()) {
      const size_t digits = known.find_first_not_of('0');
      if (digits > 0 && digits != std::string_view::npos && is_number(known))
        zeros_->emplace(known.substr(digits), known);
    }
  }
  const auto it = zeros_->find(std::string(id));
  return it == zeros_->end() ? std::string() : it->second;
}

std::string KnownIds::meant_by(std::string_view id, Suggester& suggester) const {
  if (std::string looks = look_of(id); looks != id && has(looks)) return looks;
  if (std::string known = with_zeros(id); !known.empty()) return known;
  std::string near = suggester.near(id, all());
  return differ_in_digits_alone(id, near) ? std::string() : near;
}

static void add_definitions(References& references, const model::Definitions& definitions) {
  for (const model::Kpi& kpi : definitions.kpis) references.kpis.add(kpi.id);
  for (const model::Objective& objective : definitions.objectives) {
    references.objectives.add(objective.id);
    for (const model::KeyResult& kr : objective.key_results) {
      references.key_results.add(kr.id);
      for (const model::Milestone& m : kr.milestones) references.key_results.add(kr.id + "/" + m.id);
    }
  }
}

References load_references(store::Store& store, TableId table, const model::Definitions* definitions) {
  References references;
  const auto add = [&](KnownIds& ids, TableId of, std::string_view column) {
    store.read_records(of, store::kNow, std::span(&column, 1), hardware_threads(), [&](const Frame& some, size_t) {
      if (const Column* texts = some.find(column)) ids.add(*texts);
    });
  };
  add(references.employees, TableId::employees, "employee_id");
  if (table == TableId::key_results || table == TableId::objectives)
    add(references.objectives, TableId::objectives, "objective");
  if (table == TableId::checkins || table == TableId::objectives)
    add(references.key_results, TableId::key_results, "key_result");
  if (definitions) add_definitions(references, *definitions);
  return references;
}

}  // namespace hr::engine
