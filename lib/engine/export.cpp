#include "engine/export.h"

#include <algorithm>

#include "base/text.h"
#include "base/timestamp.h"
#include "engine/cycle/data.h"
#include "engine/import/effective_change.h"
#include "engine/import/row_columns.h"
#include "engine/stored_sentence.h"
#include "facts/assignment_tracks.h"
#include "facts/dataset.h"
#include "ingest/row_text.h"

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
void append_cell(const Column& column, size_t row, bool last_day, table::Column& to) {
  if (column.missing(row))
    to.add_missing();
  else if (column.storage == Storage::text)
    to.add(std::string(column.text(row)));
  else if (column.storage == Storage::day)
    to.add(Date{column.days[row]} - (last_day ? 1 : 0));
  else
    to.add(column.decimals[row]);
}

void append_cells(const Column& column, bool last_day, table::Column& to) {
  for (size_t row = 0; row < column.size(); ++row) append_cell(column, row, last_day, to);
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

std::string heading_of(const Column& column) {
  return column.name.starts_with("attr.") ? column.name.substr(5) : column.name;
}

void append_frame(const Frame& frame, TableId table, table::Table& out) {
  for (const Column& column : frame.columns) {
    if (table == TableId::assignments && !column.carried) continue;  // an empty field would say that it is empty
    if (is_last_effective(column.name)) continue;
    table::Column to = heading(heading_of(column), kind_of(column.storage));
    append_cells(column, is_last_day(table, column.name), to);
    out.columns.push_back(std::move(to));
  }
}

// Rows that are in force on no day.
std::vector<uint8_t> days_of(const Frame& frame) {
  const Column* from = frame.find("from");
  const Column* to = frame.find("to");
  std::vector<uint8_t> has_days(frame.size(), 1);
  for (size_t row = 0; from && to && row < frame.size(); ++row)
    has_days[row] = from->missing(row) || to->missing(row) || from->days[row] < to->days[row];
  return has_days;
}

// Rows whose files had different columns, in order of import, with a column that says which.
class PartsWriter {
 public:
  PartsWriter(TableId table, const std::vector<Frame>& frames) : table_(table), frames_(frames) {
    for (const Frame& frame : frames) {
      for (const Column& column : frame.columns) {
        const bool known = std::find(names_.begin(), names_.end(), column.name) != names_.end();
        if (column.carried && !known) names_.push_back(column.name);
      }
      const std::vector<uint8_t> has_days = days_of(frame);
      for (uint32_t row = 0; row < frame.size(); ++row) {
        if (has_days[row] || table == TableId::assignments) rows_.push_back({&frame, row});
      }
    }
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return std::pair(a.frame->sources[a.row], a.frame->rows[a.row]) <
             std::pair(b.frame->sources[b.row], b.frame->rows[b.row]);
    });
    sort_names();
  }

  void write(table::Table& out) const {
    for (const std::string& name : names_) write_column(name, out);
    table::Column sets = heading(std::string(ingest::kRowColumns), table::Kind::text);
    for (const Row& row : rows_) {
      std::string set;
      for (const std::string& name : names_) {
        const Column* column = row.frame->find(name);
        if (column && column->says(row.row)) set += (set.empty() ? "" : ";") + heading_of(*column);
      }
      sets.add(set);
    }
    out.columns.push_back(std::move(sets));
  }

 private:
  struct Row {
    const Frame* frame = nullptr;
    uint32_t row = 0;
  };

  // The table's own columns in their order, then the others as they came.
  void sort_names() {
    std::vector<std::string> sorted;
    for (const model::CanonicalColumn& c : model::imported_table(table_).columns) {
      if (std::find(names_.begin(), names_.end(), c.name) != names_.end()) sorted.emplace_back(c.name);
    }
    for (const std::string& name : names_) {
      if (std::find(sorted.begin(), sorted.end(), name) == sorted.end()) sorted.push_back(name);
    }
    names_ = std::move(sorted);
  }

  void write_column(const std::string& name, table::Table& out) const {
    const Column* any = nullptr;
    for (const Frame& frame : frames_) any = any ? any : frame.find(name);
    if (any == nullptr) return;
    table::Column to = heading(heading_of(*any), kind_of(any->storage));
    const bool last_day = is_last_day(table_, name);
    for (const Row& row : rows_) {
      const Column* column = row.frame->find(name);
      if (column)
        append_cell(*column, row.row, last_day, to);
      else
        to.add_missing();
    }
    out.columns.push_back(std::move(to));
  }

  TableId table_;
  const std::vector<Frame>& frames_;
  std::vector<std::string> names_;
  std::vector<Row> rows_;
};

bool has_void_rows(const Frame& frame) {
  const std::vector<uint8_t> has_days = days_of(frame);
  return std::find(has_days.begin(), has_days.end(), 0) != has_days.end();
}

bool has_parts(TableId table, const std::vector<Frame>& frames) {
  if (table == TableId::assignments) return frames.size() > 1 || (frames.size() == 1 && has_void_rows(frames[0]));
  if (table != TableId::org_units) return false;
  const auto& columns = frames.front().columns;
  return std::any_of(columns.begin(), columns.end(), [](const Column& c) {
    return c.carried && std::find(c.said.begin(), c.said.end(), 0) != c.said.end();
  });
}

// The first or last days of spells; missing where they are open.
table::Column spell_days(const std::vector<DateRange>& ranges, bool last) {
  table::Column days = heading(last ? "to" : "from", table::Kind::date);
  for (const DateRange& range : ranges) {
    if (last ? range.to == kFarFuture : range.from == kFarPast)
      days.add_missing();
    else
      days.add(last ? range.last() : range.from);
  }
  return days;
}

// Spells of everybody over all time, in the columns of the assignments table.
void append_spells(const facts::Dataset& dataset, table::Table& out) {
  for (const model::CanonicalColumn& c : model::imported_table(TableId::assignments).columns) {
    if (c.name == "from" || c.name == "to") {
      out.columns.push_back(spell_days(dataset.spells.range, c.name == "to"));
      continue;
    }
    const Column* column = dataset.spells.attributes.find(c.name);
    table::Column cells = heading(std::string(c.name), kind_of(facts::storage_of(c.type)));
    if (column != nullptr) append_cells(*column, false, cells);
    for (size_t s = 0; column == nullptr && s < dataset.spells.size(); ++s) cells.add_missing();
    out.columns.push_back(std::move(cells));
  }
  for (const Column& column : dataset.spells.attributes.columns) {
    if (!facts::is_attribute(column.name)) continue;
    out.columns.push_back(heading(heading_of(column), kind_of(column.storage)));
    append_cells(column, false, out.columns.back());
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
  if (has_parts(table, frames)) {
    PartsWriter(table, frames).write(out);
    return out;
  }
  const Frame frame = frames.empty() ? facts::make_frame(table) : frames.front();
  append_frame(frame, table, out);
  if (has_void_rows(frame)) out.keep_rows(days_of(frame));  // it is as if they were not there
  return out;
}

table::Table export_spells(store::Store& store, store::Timestamp known) {
  table::Table out = make_table("spells");
  Diagnostics ignored;
  append_spells(load_organisation(store, kFarFuture, known, ignored), out);
  return out;
}

// The row as heading=text.
static std::vector<std::string> fields_of(const std::string& stored) {
  const ingest::RowFields row = ingest::read_row_text(stored);
  std::vector<std::string> fields;
  for (size_t i = 0; i < row.fields.size(); ++i) fields.push_back(row.headings[i] + "=" + row.fields[i]);
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
    out.columns[6].add(stored_sentence(row.message, language));
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
    if (r.changed_at > known || is_last_effective(r.column)) continue;
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
