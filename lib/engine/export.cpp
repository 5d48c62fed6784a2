#include "engine/export.h"

#include "base/timestamp.h"
#include "engine/cycle_data.h"
#include "facts/dataset.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using facts::Storage;
using model::TableId;

namespace {

table::Column heading(std::string key, table::Kind kind) {
  table::Column column;
  column.title = {key, key};
  column.key = std::move(key);
  column.kind = kind;
  return column;
}

table::Kind kind_of(Storage storage) {
  switch (storage) {
    case Storage::text:
      return table::Kind::text;
    case Storage::day:
      return table::Kind::date;
    case Storage::decimal:
      break;
  }
  return table::Kind::number;
}

// `last_day`: files write the last day, frames hold the day after it.
void append_cells(const Column& column, bool last_day, table::Column& to) {
  for (size_t row = 0; row < column.size(); ++row) {
    if (column.missing(row))
      to.add_missing();
    else if (column.storage == Storage::text)
      to.add(std::string(column.text(row)));
    else if (column.storage == Storage::day)
      to.add(Date{column.days[row]} - (last_day ? 1 : 0));
    else
      to.add(column.decimals[row]);
  }
}

bool is_last_day(TableId table, std::string_view name) {
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    if (c.name == name) return c.type == model::ColumnType::last_day;
  }
  return false;
}

table::Table make_table(const std::string& name) {
  table::Table out;
  out.schema = "hrctl." + name + "/v1";
  out.title = {name, name};
  return out;
}

void append_frame(const Frame& frame, TableId table, table::Table& out) {
  for (const Column& column : frame.columns) {
    std::string key = column.name.starts_with("attr.") ? column.name.substr(5) : column.name;
    table::Column to = heading(std::move(key), kind_of(column.storage));
    append_cells(column, is_last_day(table, column.name), to);
    out.columns.push_back(std::move(to));
  }
}

// Spells of everybody over all time, in the columns of the assignments table.
void append_spells(const facts::Dataset& dataset, table::Table& out) {
  table::Column from = heading("from", table::Kind::date);
  table::Column to = heading("to", table::Kind::date);
  for (const DateRange& range : dataset.spells.range) {
    from.add(range.from);
    if (range.to == kFarFuture)
      to.add_missing();
    else
      to.add(range.last());
  }
  for (const model::CanonicalColumn& c : model::imported_table(TableId::assignments).columns) {
    if (c.name == "from") {
      out.columns.push_back(std::move(from));
    } else if (c.name == "to") {
      out.columns.push_back(std::move(to));
    } else if (const Column* column = dataset.spells.attributes.find(c.name)) {
      table::Column cells = heading(std::string(c.name), kind_of(column->storage));
      append_cells(*column, false, cells);
      out.columns.push_back(std::move(cells));
    }
  }
}

}  // namespace

table::Table export_table(store::Store& store, TableId table, store::Timestamp known) {
  table::Table out = make_table(std::string(model::imported_table(table).name));
  if (table == TableId::facts) {
    append_frame(store.all_facts(known), table, out);
  } else if (table == TableId::assignments) {
    Diagnostics ignored;
    append_spells(load_organisation(store, kFarFuture, known, ignored), out);
  } else {
    const std::vector<Frame> frames = store.records(table, known);
    append_frame(frames.empty() ? facts::make_frame(table) : frames.front(), table, out);
  }
  return out;
}

table::Table export_quarantine(store::Store& store) {
  table::Table out = make_table("quarantine");
  using table::Kind;
  for (const auto& [key, kind] : {std::pair{"table", Kind::text},
                                  {"file", Kind::text},
                                  {"line", Kind::number},
                                  {"column", Kind::text},
                                  {"value", Kind::text},
                                  {"code", Kind::text},
                                  {"imported_at", Kind::text}}) {
    out.columns.push_back(heading(key, kind));
  }
  const std::vector<store::Source> sources = store.sources(store::kNow);
  for (const store::QuarantinedRow& row : store.quarantine()) {
    const store::Source& source = sources[row.source - 1];
    out.columns[0].add(std::string(model::imported_table(source.table).name));
    out.columns[1].add(source.file);
    out.columns[2].add(make_decimal(row.line));
    out.columns[3].add(row.column);
    out.columns[4].add(row.value);
    out.columns[5].add(row.code);
    out.columns[6].add(to_iso_timestamp(source.imported_at));
  }
  return out;
}

table::Table export_restatements(store::Store& store) {
  table::Table out = make_table("restatements");
  using table::Kind;
  for (const auto& [key, kind] : {std::pair{"table", Kind::text},
                                  {"key", Kind::text},
                                  {"column", Kind::text},
                                  {"old_value", Kind::text},
                                  {"new_value", Kind::text},
                                  {"changed_at", Kind::text},
                                  {"old_file", Kind::text},
                                  {"old_line", Kind::number},
                                  {"new_file", Kind::text},
                                  {"new_line", Kind::number}}) {
    out.columns.push_back(heading(key, kind));
  }
  const std::vector<store::Source> sources = store.sources(store::kNow);
  const auto file = [&](uint32_t id) { return id == 0 ? std::string() : sources[id - 1].file; };
  for (const store::Restatement& r : store.restatements()) {
    out.columns[0].add(r.table);
    out.columns[1].add(r.key);
    out.columns[2].add(r.column);
    out.columns[3].add(r.old_value);
    out.columns[4].add(r.new_value);
    out.columns[5].add(to_iso_timestamp(r.changed_at));
    out.columns[6].add(file(r.old_source));
    out.columns[7].add(make_decimal(r.old_row));
    out.columns[8].add(file(r.new_source));
    out.columns[9].add(make_decimal(r.new_row));
  }
  return out;
}

}  // namespace hr::engine
