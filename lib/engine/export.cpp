#include "engine/export.h"

#include <algorithm>

#include "base/text.h"
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
    if (table == TableId::assignments && !column.carried) continue;  // an empty field would say that it is empty
    std::string key = column.name.starts_with("attr.") ? column.name.substr(5) : column.name;
    table::Column to = heading(std::move(key), kind_of(column.storage));
    append_cells(column, is_last_day(table, column.name), to);
    out.columns.push_back(std::move(to));
  }
}

// 1 for the spells of people who have a row in `frames`.
std::vector<uint8_t> of_assigned_people(const facts::Dataset& dataset, const std::vector<Frame>& frames) {
  std::vector<uint8_t> assigned(dataset.people.size());
  for (const Frame& frame : frames) {
    const Column& id = *frame.find("employee_id");
    for (size_t row = 0; row < frame.size(); ++row) {
      if (const auto person = dataset.people.find(id.text(row))) assigned[*person] = 1;
    }
  }
  std::vector<uint8_t> keep;
  for (const uint32_t person : dataset.spells.person) keep.push_back(assigned[person]);
  return keep;
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
    return out;
  }
  const std::vector<Frame> frames = store.records(table, known);
  if (table == TableId::assignments && frames.size() > 1) {
    Diagnostics ignored;
    const facts::Dataset organisation = load_organisation(store, kFarFuture, known, ignored);
    append_spells(organisation, out);
    out.keep_rows(of_assigned_people(organisation, frames));
  } else {
    append_frame(frames.empty() ? facts::make_frame(table) : frames.front(), table, out);
  }
  return out;
}

// "key\x1farg\x1farg" → the sentence.
static std::string sentence(const std::string& stored, i18n::Language language) {
  const std::vector<std::string_view> parts = split(stored, '\x1f');
  return i18n::text(language, parts[0], {parts.begin() + 1, parts.end()});
}

// "heading\x1etext\x1fheading\x1etext" → heading=text
static std::vector<std::string> fields_of(const std::string& stored) {
  std::vector<std::string> fields;
  for (const std::string_view field : split(stored, '\x1f')) {
    fields.emplace_back(field);
    std::replace(fields.back().begin(), fields.back().end(), '\x1e', '=');
  }
  return fields;
}

table::Table export_quarantine(store::Store& store, store::Timestamp known, i18n::Language language) {
  table::Table out = make_table("quarantine");
  using table::Kind;
  for (const auto& [key, kind] : {std::pair{"table", Kind::text},
                                  {"file", Kind::text},
                                  {"line", Kind::number},
                                  {"column", Kind::text},
                                  {"value", Kind::text},
                                  {"code", Kind::text},
                                  {"reason", Kind::text},
                                  {"row", Kind::list},
                                  {"imported_at", Kind::text}}) {
    out.columns.push_back(heading(key, kind));
  }
  const std::vector<store::Source> sources = store.sources(store::kNow);
  for (const store::QuarantinedRow& row : store.quarantine()) {
    const store::Source& source = sources[row.source - 1];
    if (source.imported_at > known) continue;
    out.columns[0].add(std::string(model::imported_table(source.table).name));
    out.columns[1].add(source.file);
    out.columns[2].add(make_decimal(row.line));
    out.columns[3].add(row.column);
    out.columns[4].add(row.value);
    out.columns[5].add(row.code);
    out.columns[6].add(sentence(row.message, language));
    out.columns[7].add_list(fields_of(row.fields));
    out.columns[8].add(to_iso_timestamp(source.imported_at));
  }
  return out;
}

table::Table export_restatements(store::Store& store, store::Timestamp known) {
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
  const auto line = [](table::Column& column, uint32_t row) {  // a withdrawal stands in no line
    if (row == 0)
      column.add_missing();
    else
      column.add(make_decimal(row));
  };
  for (const store::Restatement& r : store.restatements()) {
    if (r.changed_at > known) continue;
    out.columns[0].add(r.table);
    out.columns[1].add(r.key);
    out.columns[2].add(r.column);
    out.columns[3].add(r.old_value);
    out.columns[4].add(r.new_value);
    out.columns[5].add(to_iso_timestamp(r.changed_at));
    out.columns[6].add(file(r.old_source));
    line(out.columns[7], r.old_row);
    out.columns[8].add(file(r.new_source));
    line(out.columns[9], r.new_row);
  }
  return out;
}

}  // namespace hr::engine
