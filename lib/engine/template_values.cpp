#include "engine/template_values.h"

#include <algorithm>

#include "base/text.h"

namespace hr::engine {

using model::TableId;

namespace {

enum class Defined : uint8_t { nothing, kpis, cycles, objectives, key_results, leave_kinds };

// What of the definitions a column names.
Defined defined_values(TableId table, std::string_view column) {
  if (column == "kpi") return Defined::kpis;
  if (column == "cycle") return Defined::cycles;
  if (column == "supports" || (column == "objective" && table == TableId::key_results)) return Defined::objectives;
  if (column == "key_result" && table == TableId::checkins) return Defined::key_results;
  if (column == "kind" && table == TableId::leaves) return Defined::leave_kinds;
  return Defined::nothing;
}

std::vector<std::string> ids_of(const auto& items) {
  std::vector<std::string> ids;
  for (const auto& item : items) ids.push_back(item.id);
  return ids;
}

std::vector<std::string> key_results_of(const model::Definitions& definitions) {
  std::vector<std::string> ids;
  for (const model::Objective& objective : definitions.objectives) {
    for (const model::KeyResult& result : objective.key_results) ids.push_back(result.id);
  }
  return ids;
}

std::vector<std::string> leave_kinds_of(const model::Definitions& definitions) {
  std::vector<std::string> kinds;
  for (const model::Plan& plan : definitions.plans) {
    for (const std::string& kind : plan.leave.kinds) {
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) kinds.push_back(kind);
    }
  }
  return kinds;
}

}  // namespace

ColumnValues column_values(TableId table, size_t at, const model::Definitions* definitions) {
  const model::CanonicalColumn& column = model::imported_table(table).columns[at];
  if (column.type == model::ColumnType::choice) {
    ColumnValues choices;
    for (const std::string_view choice : split(column.choices, '|')) choices.values.emplace_back(choice);
    return choices;
  }
  if (definitions == nullptr) return {};
  switch (defined_values(table, column.name)) {
    case Defined::kpis:
      return {ids_of(definitions->kpis), true};
    case Defined::cycles:
      return {ids_of(definitions->cycles), true};
    case Defined::objectives:  // others may come from a table
      return {ids_of(definitions->objectives), false};
    case Defined::key_results:
      return {key_results_of(*definitions), false};
    case Defined::leave_kinds:
      return {leave_kinds_of(*definitions), false};
    case Defined::nothing:
      break;
  }
  return {};
}

bool has_defined_values(TableId table) {
  const auto columns = model::imported_table(table).columns;
  return std::any_of(columns.begin(), columns.end(), [&](const model::CanonicalColumn& column) {
    return defined_values(table, column.name) != Defined::nothing;
  });
}

}  // namespace hr::engine
