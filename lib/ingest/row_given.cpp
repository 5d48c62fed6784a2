#include "ingest/row_given.h"

#include <algorithm>

#include "base/period.h"
#include "ingest/row_text.h"
#include "model/imported_table.h"

namespace hr::ingest {

namespace {

constexpr std::string_view kWithin = " within";  // behind the name of a column

bool is_key(std::string_view table, const std::string& column) {
  const auto id = model::find_imported_table(table);
  if (!id) return false;
  const auto& columns = model::imported_table(*id).columns;
  return std::ranges::any_of(columns, [&](const model::CanonicalColumn& c) { return c.key && c.name == column; });
}

// The month or year, as the mapping has it.
std::string within_of(const PatternDefaults& dates) {
  const PeriodKind kind = dates.month == 0 ? PeriodKind::year : PeriodKind::month;
  return to_string(Period{kind, *make_date(dates.year, std::max(dates.month, 1), 1)});
}

}  // namespace

std::string given_by(const model::Mapping* mapping) {
  if (mapping == nullptr) return {};
  std::vector<std::string> names, texts;
  const auto give = [&](std::string name, std::string text) {
    names.push_back(std::move(name));
    texts.push_back(std::move(text));
  };
  for (const model::ColumnMapping& column : mapping->columns) {
    if (!is_key(mapping->table, column.column)) continue;
    if (column.default_value) give(column.column, *column.default_value);
    if (column.dates.defaults.year != 0) give(column.column + std::string(kWithin), within_of(column.dates.defaults));
  }
  return names.empty() ? std::string() : row_text(names, texts);
}

model::Mapping as_given(model::Mapping mapping, std::string_view given) {
  const RowFields said = read_row_text(given);
  for (model::ColumnMapping& column : mapping.columns) {
    for (size_t i = 0; i < said.fields.size(); ++i) {
      if (said.headings[i] == column.column) column.default_value = said.fields[i];
      const auto within = parse_period(said.fields[i]);
      if (said.headings[i] != column.column + std::string(kWithin) || !within) continue;
      const CivilDate first = civil(within->from);
      column.dates.defaults.year = first.year;
      column.dates.defaults.month = within->kind == PeriodKind::month ? first.month : 0;
    }
  }
  return mapping;
}

}  // namespace hr::ingest
