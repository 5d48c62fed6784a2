#include "engine/compare/input_changes.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "facts/frame.h"

namespace hr::engine {

namespace {

using facts::Cause;
using facts::ChangedInput;
using facts::Column;
using facts::Frame;
using model::TableId;

class Places {
 public:
  explicit Places(store::Store& store) : sources_(store.sources(store::kNow)) {}
  std::string of(uint32_t source, uint32_t row) const {
    if (source == 0 || source > sources_.size()) return {};
    const std::string& file = sources_[source - 1].file;
    return row == 0 ? file : file + ":" + std::to_string(row);
  }

 private:
  std::vector<store::Source> sources_;
};

// A record of one of the frames that make up a table.
struct Record {
  const Frame* frame = nullptr;
  size_t row = 0;
};

// The natural key of a record, readable; of several frames (assignments that carry other columns) each has its own.
std::string key_of(TableId table, const Record& record) {
  std::string key;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    const Column* column = c.key ? record.frame->find(c.name) : nullptr;
    if (column == nullptr || column->missing(record.row)) continue;
    key += (key.empty() ? "" : " · ") + facts::cell_text(*column, record.row);
  }
  return key;
}

std::string carried_columns(const Frame& frame) {
  std::string names;
  for (const Column& column : frame.columns) {
    if (column.carried) names += column.name + ",";
  }
  return names;
}

// The person a record is about, where it is about one.
std::string person_of(const Record& record) {
  for (const char* name : {"employee_id", "subject"}) {
    const Column* column = record.frame->find(name);
    if (column == nullptr || column->storage != facts::Storage::text) continue;
    const std::string subject(column->text(record.row));
    return subject.find(':') == std::string::npos ? subject : std::string();
  }
  return {};
}

std::string cell_of(const Record& record, const std::string& name) {
  const Column* column = record.frame == nullptr ? nullptr : record.frame->find(name);
  if (column == nullptr) return {};
  if (column->storage == facts::Storage::day && name == "to") {  // held as the day after
    const auto day = column->date(record.row);
    return day ? to_string(*day - 1) : std::string();
  }
  return facts::cell_text(*column, record.row);
}

std::string place_of(const Places& places, const Record& record) {
  if (record.frame == nullptr || record.frame->sources.empty()) return {};
  return places.of(record.frame->sources[record.row], record.frame->rows[record.row]);
}

bool is_secret(TableId table, const std::string& column) {
  return table == TableId::feedback && (column == "rating" || column == "comment");
}

// One table at two times.
class Comparison {
 public:
  Comparison(Cause cause, TableId table, const Places& places, std::vector<ChangedInput>& out)
      : cause_(cause), table_(table), places_(places), out_(out) {}

  void run(const std::vector<Frame>& before, const std::vector<Frame>& after) {
    std::unordered_map<std::string, Record> old = records_of(before);
    for (const Frame& frame : after) {
      const std::string carried = after.size() > 1 || before.size() > 1 ? carried_columns(frame) : std::string();
      for (size_t row = 0; row < frame.size(); ++row) {
        const Record now{&frame, row};
        const auto it = old.find(key_of(table_, now) + "\x1f" + carried);
        if (it == old.end()) {
          add({}, now, "");
        } else {
          compare(it->second, now);
          old.erase(it);
        }
      }
    }
    for (const auto& [key, record] : old) add(record, {}, "");  // a store forgets nothing: only when read backwards
  }

 private:
  std::unordered_map<std::string, Record> records_of(const std::vector<Frame>& frames) const {
    std::unordered_map<std::string, Record> records;
    for (const Frame& frame : frames) {
      const std::string carried = frames.size() > 1 ? carried_columns(frame) : std::string();
      for (size_t row = 0; row < frame.size(); ++row) {
        const Record record{&frame, row};
        records.emplace(key_of(table_, record) + "\x1f" + carried, record);
      }
    }
    return records;
  }

  void compare(const Record& before, const Record& now) {
    const bool same = before.frame->sources[before.row] == now.frame->sources[now.row] &&
                      before.frame->rows[before.row] == now.frame->rows[now.row];
    if (same && before.frame->columns.size() == now.frame->columns.size()) return;
    for (const Column& column : now.frame->columns) {
      if (cell_of(before, column.name) != cell_of(now, column.name)) add(before, now, column.name);
    }
  }

  void add(const Record& before, const Record& now, const std::string& column) {
    const Record& any = now.frame != nullptr ? now : before;
    ChangedInput& c = out_.emplace_back();
    c.cause = cause_;
    c.employee = person_of(any);
    c.table = model::imported_table(table_).name;
    c.key = key_of(table_, any);
    c.column = column;
    if (!column.empty() && !is_secret(table_, column)) {
      c.before = cell_of(before, column);
      c.after = cell_of(now, column);
    }
    c.before_place = place_of(places_, before);
    c.after_place = place_of(places_, now);
  }

  Cause cause_;
  TableId table_;
  const Places& places_;
  std::vector<ChangedInput>& out_;
};

void append_fact_changes(store::Store& store, DateRange range, store::Timestamp earlier, store::Timestamp later,
                         const Places& places, std::vector<ChangedInput>& out) {
  const auto text = [](const std::optional<Decimal>& value) { return value ? to_string(*value) : std::string(); };
  for (const store::FactChange& f : store.fact_changes(range, earlier, later)) {
    ChangedInput& c = out.emplace_back();
    c.cause = Cause::data;
    if (f.subject.find(':') == std::string::npos) c.employee = f.subject;
    c.table = "facts";
    c.key = f.subject + " · " + f.kpi + " · " + to_string(f.period);
    c.column = "value";
    c.before = text(f.before);
    c.after = text(f.after);
    c.before_place = places.of(f.before_source, f.before_row);
    c.after_place = places.of(f.after_source, f.after_row);
  }
}

void swap_sides(ChangedInput& c) {
  std::swap(c.before, c.after);
  std::swap(c.before_place, c.after_place);
}

// What people read beside an id: no score rests on it.
bool is_label(const std::string& key) {
  for (const char* label : {"name", "title", "dimension"}) {
    const size_t at = key.rfind(label);
    if (at == std::string::npos || (at > 0 && key[at - 1] != '.')) continue;
    const std::string rest = key.substr(at + std::string_view(label).size());
    if (rest.empty() || rest == ".en" || rest == ".zh") return true;
  }
  return false;
}

std::string place_text(const SourceSpan& span) {
  return span.line > 0 ? span.file + ":" + std::to_string(span.line) : std::string();
}

}  // namespace

std::vector<TableId> tables_of(Cause cause) {
  if (cause == Cause::organisation) return {TableId::employees, TableId::assignments, TableId::org_units};
  if (cause != Cause::data) return {};
  return {TableId::facts,    TableId::targets,  TableId::objectives, TableId::key_results,
          TableId::checkins, TableId::feedback, TableId::leaves};
}

bool anything_imported(store::Store& store, Cause cause, store::Timestamp earlier, store::Timestamp later) {
  const std::vector<TableId> tables = tables_of(cause);
  for (const store::Source& s : store.sources(later)) {
    const bool ours = std::find(tables.begin(), tables.end(), s.table) != tables.end();
    if (ours && s.imported_at > earlier) return true;
  }
  return false;
}

void append_record_changes(store::Store& store, Cause cause, DateRange range, store::Timestamp earlier,
                           store::Timestamp later, std::vector<ChangedInput>& out) {
  const bool backwards = earlier > later;
  if (backwards) std::swap(earlier, later);
  if (!anything_imported(store, cause, earlier, later)) return;
  const Places places(store);
  std::vector<ChangedInput> changes;
  for (const TableId table : tables_of(cause)) {
    if (table == TableId::facts)
      append_fact_changes(store, range, earlier, later, places, changes);
    else
      Comparison(cause, table, places, changes).run(store.records(table, earlier), store.records(table, later));
  }
  if (backwards) std::for_each(changes.begin(), changes.end(), swap_sides);
  std::move(changes.begin(), changes.end(), std::back_inserter(out));
}

Cause cause_of_list(std::string_view kind) {
  return kind == "plans" || kind == "scales" || kind == "cycles" ? Cause::policy : Cause::definition;
}

void append_definition_changes(const std::vector<DefinitionChange>& changes, std::vector<ChangedInput>& out) {
  for (const DefinitionChange& d : changes) {
    const bool of_facts = d.kind == "mappings" || d.kind == "checks" || d.kind == "access" ||
                          d.key.starts_with("bounds.");  // not of scores
    if (of_facts || is_label(d.key)) continue;
    out.push_back({cause_of_list(d.kind), "", d.kind, d.id, d.key, d.before, d.after, place_text(d.before_span),
                   place_text(d.after_span)});
  }
}

}  // namespace hr::engine
