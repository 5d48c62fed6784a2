#include "engine/known_ids.h"

#include "base/text.h"
#include "facts/frame.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

KnownIds::KnownIds(std::vector<std::string> ids) : ids_(std::move(ids)), set_(ids_.begin(), ids_.end()) {}

void KnownIds::add(std::string id) {
  if (set_.insert(id).second) ids_.push_back(std::move(id));
}

// E9 is nobody's misspelling of E1: ids that differ in digits alone are other people.
static bool differ_in_digits_alone(std::string_view a, std::string_view b) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return x == y || (is_digit(x) && is_digit(y)); });
}

bool is_number(std::string_view id) {
  return !id.empty() && id.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string KnownIds::with_zeros(std::string_view id) const {
  if (!is_number(id) || id[0] == '0') return {};
  if (!zeros_) {
    zeros_.emplace();
    for (const std::string& known : ids_) {
      if (known.starts_with('0') && is_number(known))
        zeros_->emplace(known.substr(known.find_first_not_of('0')), known);
    }
  }
  const auto it = zeros_->find(std::string(id));
  return it == zeros_->end() ? std::string() : it->second;
}

std::string KnownIds::meant_by(std::string_view id, Suggester& suggester) const {
  if (std::string looks = look_of(id); looks != id && has(looks)) return looks;
  if (std::string known = with_zeros(id); !known.empty()) return known;
  std::string near = suggester.near(id, ids_);
  return differ_in_digits_alone(id, near) ? std::string() : near;
}

static void add_column(KnownIds& ids, const std::vector<Frame>& frames, std::string_view name) {
  for (const Frame& frame : frames) {
    const Column* column = frame.find(name);
    for (size_t row = 0; column && row < frame.size(); ++row) {
      if (!column->missing(row)) ids.add(std::string(column->text(row)));
    }
  }
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
  add_column(references.employees, store.records(TableId::employees, store::kNow), "employee_id");
  if (table == TableId::checkins || table == TableId::key_results || table == TableId::objectives) {
    add_column(references.objectives, store.records(TableId::objectives, store::kNow), "objective");
    add_column(references.key_results, store.records(TableId::key_results, store::kNow), "key_result");
  }
  if (definitions) add_definitions(references, *definitions);
  return references;
}

}  // namespace hr::engine
