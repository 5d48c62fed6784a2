#include "access/cut.h"

#include <utility>

namespace hr::access {

using facts::Column;
using facts::Frame;
using facts::Storage;
using model::AccessField;
using model::AccessFields;

namespace {

// The figures among the columns of a run; all others say who somebody is, and whether they are rated.
constexpr std::pair<std::string_view, AccessField> kFigures[] = {
    {"score", AccessField::score},
    {"raw_score", AccessField::score},
    {"score_exact", AccessField::score},
    {"rank", AccessField::score},
    {"percentile", AccessField::score},
    {"band", AccessField::band},
    {"coefficient", AccessField::band},
    {"kpi", AccessField::kpi},
    {"kpi_coverage", AccessField::coverage},
    {"okr", AccessField::okr},
    {"okr_coverage", AccessField::coverage},
    {"feedback", AccessField::feedback},
    {"feedback_coverage", AccessField::coverage},
    {"coverage", AccessField::coverage},
    {"reasons", AccessField::reasons},
    {"flags", AccessField::reasons},
};

constexpr AccessField kComponentFields[] = {AccessField::kpi, AccessField::okr, AccessField::feedback};  // by Component

void clear(Column& column, size_t row) {
  if (column.storage == Storage::text)
    column.codes[row] = facts::kMissingCode;
  else if (column.storage == Storage::day)
    column.days[row] = facts::kMissingDay;
  else
    column.decimals[row] = facts::kMissingDecimal;
}

template <class T>
void keep(std::vector<T>& cells, const std::vector<uint32_t>& rows) {
  if (cells.empty()) return;
  for (size_t i = 0; i < rows.size(); ++i) cells[i] = cells[rows[i]];
  cells.resize(rows.size());
}

template <class T>
void pick(const std::vector<T>& cells, std::span<const uint32_t> rows, std::vector<T>& out) {
  if (cells.empty()) return;
  for (const uint32_t row : rows) out.push_back(cells[row]);
}

void keep_rows(Frame& frame, const std::vector<uint32_t>& rows) {
  for (Column& column : frame.columns) {
    keep(column.said, rows);
    keep(column.codes, rows);
    keep(column.days, rows);
    keep(column.decimals, rows);
  }
  keep(frame.rows, rows);
  keep(frame.sources, rows);
}

void cut_result(AccessFields fields, model::PersonResult& result) {
  if (!fields.has(AccessField::score)) {
    result.rank = 0;
    result.raw_score = result.exact = result.score = result.percentile = {};
  }
  if (!fields.has(AccessField::band)) result.band = result.best_band = model::kNoBand;
  if (!fields.has(AccessField::reasons)) result.reasons = 0, result.flags = 0;
  if (!fields.has(AccessField::coverage)) result.coverage = {}, result.component_coverage = {};
  for (size_t c = 0; c < model::kComponents; ++c) {
    if (!fields.has(kComponentFields[c])) result.component[c] = {};
  }
}

}  // namespace

Frame cut_scores(Frame scores, const Sight& sight) {
  std::vector<uint32_t> rows;
  std::vector<AccessFields> fields;
  const Column& ids = *scores.find("employee_id");
  for (uint32_t row = 0; row < scores.size(); ++row) {
    const AccessFields seen = sight.of(ids.text(row));
    if (!seen.any()) continue;
    rows.push_back(row);
    fields.push_back(seen);
  }
  keep_rows(scores, rows);
  for (const auto& figure : kFigures) {
    Column* column = scores.find(figure.first);
    if (column == nullptr) continue;
    for (size_t row = 0; row < rows.size(); ++row) {
      if (!fields[row].has(figure.second)) clear(*column, row);
    }
  }
  return scores;
}

Frame cut_scores(const Frame& scores, std::span<const uint32_t> rows, const Sight& sight) {
  Frame some;
  for (const Column& from : scores.columns) {
    Column& column = some.columns.emplace_back();
    column.name = from.name;
    column.storage = from.storage;
    column.carried = from.carried;
    column.dictionary = from.dictionary;
    pick(from.said, rows, column.said);
    pick(from.codes, rows, column.codes);
    pick(from.days, rows, column.days);
    pick(from.decimals, rows, column.decimals);
  }
  pick(scores.rows, rows, some.rows);
  pick(scores.sources, rows, some.sources);
  return cut_scores(std::move(some), sight);
}

void cut_results(const facts::People& people, const Sight& sight, AccessFields needed,
                 std::span<model::PersonResult> results) {
  for (uint32_t person = 0; person < results.size(); ++person) {
    const AccessFields fields = sight.of(people.id[person]);
    if (fields.any() && fields.has_all(needed))
      cut_result(fields, results[person]);
    else
      results[person] = {};
  }
}

void cut_pay(const Sight& sight, facts::Dataset& dataset) {
  for (uint32_t person = 0; person < dataset.people.size(); ++person) {
    if (sight.of(dataset.people.id[person]).has(AccessField::pay)) continue;
    for (const char* name : {"base_salary", "currency"}) {
      Column* column = dataset.spells.attributes.find(name);
      if (column == nullptr) continue;
      for (uint32_t s = dataset.spells.begin[person]; s < dataset.spells.begin[person + 1]; ++s) clear(*column, s);
    }
  }
}

void cut_organisation(const Sight& sight, AccessFields needed, facts::Dataset& organisation) {
  cut_pay(sight, organisation);
  facts::Spells& spells = organisation.spells;
  for (uint32_t person = 0; person < organisation.people.size(); ++person) {
    const AccessFields fields = sight.of(organisation.people.id[person]);
    if (fields.any() && fields.has_all(needed)) continue;
    for (uint32_t s = spells.begin[person]; s < spells.begin[person + 1]; ++s)
      spells.range[s].to = spells.range[s].from;
  }
}

std::vector<uint8_t> objectives_seen(const facts::Okrs& okrs, const Sight& sight) {
  std::vector<uint8_t> seen(okrs.size(), 1);
  for (uint32_t o = 0; o < okrs.size(); ++o) {
    const facts::Objective objective = okrs.objective(o);
    if (objective.owner_kind == model::OwnerKind::employee)
      seen[o] = sight.of(objective.owner).has(AccessField::okr);
    else if (objective.owner_kind == model::OwnerKind::unit)
      seen[o] = sight.of_unit(objective.owner).has(AccessField::okr);
  }
  return seen;
}

AccessFields missing_in(AccessFields fields) {
  return {static_cast<uint16_t>(model::kAllButPay.bits & ~fields.bits)};
}

std::vector<std::string> fields_named(AccessFields fields) {
  std::vector<std::string> names;
  for (size_t f = 0; f < model::kAccessFields; ++f) {
    if (fields.has(static_cast<AccessField>(f))) names.emplace_back(model::kAccessFieldNames[f]);
  }
  return names;
}

}  // namespace hr::access
