#include <algorithm>

#include "base/listed.h"
#include "base/pattern.h"
#include "base/text.h"
#include "defs/column_mapping_reader.h"
#include "defs/readers.h"
#include "defs/scalars.h"
#include "model/imported_table.h"

namespace hr::defs {

using namespace model;

namespace {

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
  for (const CanonicalColumn& c : imported_table(table).columns) names.emplace_back(c.name);
  const bool wide = table == TableId::facts || table == TableId::feedback;
  const std::string& name = key.node().text;
  key.error(wide ? "unknown-key/column-wide" : "unknown-key/column", {shown(name), mapping.table, listed(names)},
            nearest(name, names).value_or(""));
}

void read_columns(Mapping& mapping, std::optional<TableId> table, const Cursor& cursor, Found& found) {
  for (const auto& [key, value] : cursor.entries()) {
    const auto type = table ? type_of_column(mapping, *table, key, found) : std::nullopt;
    if (table && !type) refuse_column(mapping, *table, key);
    mapping.columns.push_back(read_column_mapping(key, value, type));
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

// One character between fields, or `tab`.
void read_delimiter(Mapping& mapping, const Cursor& cursor) {
  const auto text = read_raw_text(cursor);
  if (!text) return;
  if (*text == "tab" || *text == "\t")
    mapping.delimiter = '\t';
  else if (text->size() == 1)
    mapping.delimiter = (*text)[0];
  else
    cursor.error("bad-value/mapping-delimiter", {shown(*text)});
}

constexpr int kMostRows = 1'000;  // above the data

// A row, or several that follow one another: [3, 4]; 0: there is none.
void read_header_rows(Mapping& mapping, const Cursor& cursor) {
  std::vector<int> rows;
  if (cursor.kind() == NodeKind::list) {
    for (const Cursor& item : cursor.items_of_some()) {
      const auto row = item.whole(1, kMostRows);
      if (!row) return;
      if (!rows.empty() && *row != rows.back() + 1) return item.error("bad-value/header-rows", {item.node().text});
      rows.push_back(*row);
    }
    if (rows.empty()) return;
  } else {
    const auto row = cursor.whole(0, kMostRows);
    if (!row) return;
    if (*row > 0) rows.push_back(*row);
  }
  mapping.header = std::move(rows);
}

// A regular expression that the headings have, a list of them, or the first and the last.
ColumnChoice read_column_choice(const Cursor& cursor) {
  ColumnChoice choice;
  if (cursor.kind() == NodeKind::map) {
    const Fields fields(cursor, {"from", "to"});
    if (const auto c = fields.require("from")) set(choice.from, c->word());
    if (const auto c = fields.require("to")) set(choice.to, c->word());
  } else if (cursor.kind() == NodeKind::list) {
    choice.headings = read_words(cursor);
  } else {
    set(choice.pattern, cursor.word());
    const std::string fault = Pattern(choice.pattern).fault();
    if (!fault.empty()) cursor.error("bad-value/pattern", {shown(choice.pattern), shown(fault)});
  }
  return choice;
}

void read_unpivot(Mapping& mapping, const Cursor& cursor) {
  Unpivot unpivot;
  const Fields fields(cursor, {"columns", "name", "value"});
  if (const auto c = fields.require("columns")) unpivot.columns = read_column_choice(*c);
  if (const auto c = fields.require("name")) set(unpivot.name, c->word());
  if (const auto c = fields.require("value")) set(unpivot.value, c->word());
  if (!unpivot.name.empty() && unpivot.name == unpivot.value) cursor.error("bad-value/unpivot-names", {unpivot.name});
  if (mapping.wide) cursor.error("bad-value/unpivot-wide");
  mapping.unpivot = std::move(unpivot);
}

// What the file looks like: where its table stands and how its fields are written.
void read_file_keys(Mapping& mapping, const Fields& fields) {
  if (const auto c = fields.get("sheet")) set(mapping.sheet, c->word());
  if (const auto c = fields.get("encoding")) set(mapping.encoding, c->word());
  if (const auto c = fields.get("delimiter")) read_delimiter(mapping, *c);
  if (const auto c = fields.get("header")) read_header_rows(mapping, *c);
  if (const auto c = fields.get("skip")) set(mapping.skip, c->whole(0, kMostRows));
  if (const auto c = fields.get("footers")) mapping.footers = read_words(*c);
  if (const auto c = fields.get("fill_down")) mapping.fill_down = read_words(*c);
  if (const auto c = fields.get("unpivot")) read_unpivot(mapping, *c);
  if (const auto c = fields.get("drop")) mapping.drop = read_column_choice(*c);
  if (const auto c = fields.get("missing")) mapping.missing = read_words(*c);
  if (const auto c = fields.get("clean")) mapping.clean = read_cleaning(*c);
}

// What an unpivoted column gives must go somewhere.
void check_unpivot_used(const Mapping& mapping, const Fields& fields) {
  const auto unpivot = fields.get("unpivot");
  if (!unpivot || !mapping.unpivot) return;
  const Fields keys(*unpivot);
  for (const char* key : {"name", "value"}) {
    const auto cursor = keys.get(key);
    const std::string& called = key == std::string_view("name") ? mapping.unpivot->name : mapping.unpivot->value;
    const auto uses = [&](const std::string& heading) { return heading == called; };
    const auto used = [&](const ColumnMapping& c) {
      return std::any_of(c.headers.begin(), c.headers.end(), uses) || std::any_of(c.join.begin(), c.join.end(), uses);
    };
    if (cursor && !called.empty() && std::none_of(mapping.columns.begin(), mapping.columns.end(), used))
      cursor->error("bad-value/unpivot-unused", {called});
  }
}

}  // namespace

Mapping read_mapping(const Cursor& item, Found& found) {
  Mapping mapping;
  const Fields fields(item, {"id", "for", "wide", "sheet", "encoding", "delimiter", "header", "skip", "footers",
                             "fill_down", "unpivot", "drop", "missing", "clean", "columns"});
  mapping.id = found.declare(Kind::mapping, fields);
  const auto id = fields.get("id");
  mapping.span = id ? id->span() : item.span();
  const auto table = read_table(mapping, fields.require("for"));
  if (const auto c = fields.get("wide")) {
    set(mapping.wide, c->boolean());
    if (mapping.wide && table && *table != TableId::facts && *table != TableId::feedback)
      c->error("bad-value/wide", {mapping.table});
  }
  read_file_keys(mapping, fields);
  if (const auto c = fields.require("columns")) read_columns(mapping, table, *c, found);
  check_unpivot_used(mapping, fields);
  return mapping;
}

}  // namespace hr::defs
