#include <algorithm>

#include "base/text.h"
#include "defs/readers.h"
#include "defs/scalars.h"
#include "model/imported_table.h"

namespace hr::defs {

using namespace model;

namespace {

void read_headers(ColumnMapping& column, const Cursor& cursor) {
  if (cursor.kind() != NodeKind::list) {
    if (auto header = cursor.word()) column.headers.push_back(*std::move(header));
    return;
  }
  for (const Cursor& item : cursor.items_of_some()) {
    if (auto header = item.word()) column.headers.push_back(*std::move(header));
  }
}

void read_values(ColumnMapping& column, const Cursor& cursor) {
  for (const auto& [key, value] : cursor.entries()) {
    const auto meaning = value.word();
    if (meaning) column.values[key.node().text] = *meaning;
  }
}

// `default`: a value as a file could have it, so a number or a boolean word is text too; "" stands for nothing.
void read_default(ColumnMapping& column, const Cursor& cursor) {
  if (cursor.kind() == NodeKind::scalar)
    column.default_value = cursor.node().text;
  else if (cursor.kind() != NodeKind::broken)
    cursor.error("bad-value/text", {cursor.path()});
}

bool is_day(ColumnType type) {
  return type == ColumnType::date || type == ColumnType::last_day;
}

// %Y %m %d and the like; a year is the least that a day or a period takes.
bool is_date_format(std::string_view format) {
  for (size_t at = format.find('%'); at != std::string_view::npos; at = format.find('%', at + 2)) {
    if (at + 1 == format.size() || std::string_view("YymdbHMS").find(format[at + 1]) == std::string_view::npos)
      return false;
  }
  return format.find("%Y") != std::string_view::npos || format.find("%y") != std::string_view::npos;
}

// Keys that only columns of some types have.
void check_type(const Fields& fields, std::optional<ColumnType> type) {
  if (!type) return;
  if (const auto c = fields.get("format"); c && !is_day(*type) && *type != ColumnType::period)
    c->error("bad-value/format-column");
  if (const auto c = fields.get("exclusive"); c && *type != ColumnType::last_day)
    c->error("bad-value/exclusive-column");
  if (const auto c = fields.get("scale"); c && *type != ColumnType::decimal) c->error("bad-value/scale-column");
  if (const auto c = fields.get("open"); c && !is_day(*type)) c->error("bad-value/open-column");
}

void read_unit(ColumnMapping& column, const Cursor& cursor) {
  set(column.unit, cursor.word());
  if (!column.unit.empty() && !model::unit_factor(column.unit)) cursor.error("bad-value/mapping-unit", {column.unit});
}

void read_scale(ColumnMapping& column, const Cursor& cursor) {
  const Fields fields(cursor, {"from", "to"});
  const auto from = fields.require("from");
  const auto to = fields.require("to");
  const auto old_ends = from ? read_scale_ends(*from) : std::nullopt;
  const auto new_ends = to ? read_scale_ends(*to) : std::nullopt;
  if (!old_ends || !new_ends) return;
  const ScaleConversion scale{old_ends->low, old_ends->high, new_ends->low, new_ends->high};
  if (scale.is_lossy()) {
    cursor.error("lossy-conversion", {to_string(scale.from_low), to_string(scale.from_high), to_string(scale.to_low),
                                      to_string(scale.to_high)});
  }
  column.scale = scale;
}

void read_format(ColumnMapping& column, const Cursor& cursor) {
  set(column.format, cursor.word());
  if (!column.format.empty() && !is_date_format(column.format)) cursor.error("bad-value/date-format", {column.format});
}

void read_column_map(ColumnMapping& column, const Cursor& cursor, std::optional<ColumnType> type) {
  const Fields fields(cursor, {"from", "values", "unit", "scale", "default", "format", "exclusive", "open"});
  if (const auto c = fields.get("from")) read_headers(column, *c);
  if (const auto c = fields.get("values")) read_values(column, *c);
  if (const auto c = fields.get("unit")) read_unit(column, *c);
  if (const auto c = fields.get("scale")) {
    read_scale(column, *c);
    if (fields.has("unit")) c->error("bad-value/scale-and-unit");
  }
  if (const auto c = fields.get("default")) read_default(column, *c);
  if (const auto c = fields.get("format")) read_format(column, *c);
  if (const auto c = fields.get("exclusive")) set(column.exclusive, c->boolean());
  if (const auto c = fields.get("open")) set(column.open, c->word());
  if (!fields.says("from") && !fields.says("default")) cursor.error("missing-key/header", {column.column});
  check_type(fields, type);
}

const CanonicalColumn* find_column(TableId table, std::string_view name) {
  for (const CanonicalColumn& column : imported_table(table).columns) {
    if (column.name == name) return &column;
  }
  return nullptr;
}

// The type of what may stand under `columns`: a canonical column, an attribute, or a KPI or competency of a wide table.
std::optional<ColumnType> type_of_column(const Mapping& mapping, TableId table, const Cursor& key, Found& found) {
  const std::string& name = key.node().text;
  if (const CanonicalColumn* column = find_column(table, name)) return column->type;
  if (imported_table(table).keeps_other_columns && name.starts_with("attr.") && name.size() > 5)
    return ColumnType::text;
  if (table == TableId::employees && name == "effective_date") return ColumnType::date;
  if (mapping.wide && table == TableId::feedback) return ColumnType::decimal;
  if (mapping.wide && table == TableId::facts) {
    found.refer(Kind::kpi, key);
    return ColumnType::decimal;
  }
  return std::nullopt;
}

void refuse_column(const Mapping& mapping, TableId table, const Cursor& key) {
  std::vector<std::string> names;
  std::string list;
  for (const CanonicalColumn& c : imported_table(table).columns) {
    names.emplace_back(c.name);
    list += (list.empty() ? "" : ", ") + names.back();
  }
  const bool wide = table == TableId::facts || table == TableId::feedback;
  const std::string& name = key.node().text;
  key.error(wide ? "unknown-key/column-wide" : "unknown-key/column", {shown(name), mapping.table, list},
            nearest(name, names).value_or(""));
}

void read_columns(Mapping& mapping, std::optional<TableId> table, const Cursor& cursor, Found& found) {
  for (const auto& [key, value] : cursor.entries()) {
    ColumnMapping column;
    column.column = key.node().text;
    column.span = key.span();
    const auto type = table ? type_of_column(mapping, *table, key, found) : std::nullopt;
    if (table && !type) refuse_column(mapping, *table, key);
    if (value.kind() == NodeKind::map)
      read_column_map(column, value, type);
    else
      read_headers(column, value);
    mapping.columns.push_back(std::move(column));
  }
}

std::optional<TableId> read_table(Mapping& mapping, const std::optional<Cursor>& cursor) {
  if (!cursor) return std::nullopt;
  std::vector<std::string_view> names;
  for (const ImportedTable& table : imported_tables()) names.push_back(table.name);
  const auto i = cursor->choice(names);
  if (!i) return std::nullopt;
  mapping.table = names[*i];
  return imported_tables()[*i].id;
}

}  // namespace

Mapping read_mapping(const Cursor& item, Found& found) {
  Mapping mapping;
  const Fields fields(item, {"id", "for", "wide", "columns"});
  mapping.id = found.declare(Kind::mapping, fields);
  const auto id = fields.get("id");
  mapping.span = id ? id->span() : item.span();
  const auto table = read_table(mapping, fields.require("for"));
  if (const auto c = fields.get("wide")) {
    set(mapping.wide, c->boolean());
    if (mapping.wide && table && *table != TableId::facts && *table != TableId::feedback)
      c->error("bad-value/wide", {mapping.table});
  }
  if (const auto c = fields.require("columns")) read_columns(mapping, table, *c, found);
  return mapping;
}

}  // namespace hr::defs
