#include "engine/review/stored_records.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

std::string key_cells(TableId table, const Frame& frame, size_t row) {
  std::string key;
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    if (!c.key) continue;
    const Column* column = frame.find(c.name);
    if (!key.empty()) key += '\x1f';
    if (column != nullptr) key += facts::cell_text(*column, row);
  }
  return key;
}

namespace {

StoredRecord record_at(const Frame& frame, size_t row) {
  StoredRecord record{{}, frame.sources[row], frame.rows[row]};
  for (const Column& column : frame.columns) {
    if (std::string text = facts::cell_text(column, row); !text.empty() && !column.name.starts_with('_'))
      record.cells.emplace_back(column.name, std::move(text));
  }
  return record;
}

std::map<std::string, StoredRecord> stored_rows(store::Store& store, TableId table,
                                                const std::unordered_set<std::string>& keys) {
  std::map<std::string, StoredRecord> found;
  for (const Frame& frame : store.records(table, store::kNow)) {
    for (size_t row = 0; row < frame.size(); ++row) {
      const std::string key = key_cells(table, frame, row);
      if (keys.count(key) == 0) continue;
      const auto it = found.find(key);
      if (it == found.end() || it->second.source < frame.sources[row]) found[key] = record_at(frame, row);
    }
  }
  return found;
}

std::map<std::string, StoredRecord> stored_facts(store::Store& store, const std::unordered_set<std::string>& keys) {
  std::vector<std::string> subjects;
  DateRange range{kFarFuture, kFarPast};
  for (const std::string& key : keys) {
    const std::vector<std::string_view> cells = split(key, '\x1f');
    const auto period = cells.size() == 3 ? parse_period(cells[2]) : std::nullopt;
    if (!period) continue;
    subjects.emplace_back(cells[0]);
    range = {std::min(range.from, period->range().from), std::max(range.to, period->range().to)};
  }
  std::sort(subjects.begin(), subjects.end());
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  const std::unique_ptr<store::FewRecords> few = store.few_records(store::kNow);
  std::vector<uint32_t> numbers;
  std::vector<std::string> names;
  const std::vector<uint32_t> all = few->find(TableId::facts, "subject", subjects);
  for (size_t i = 0; i < all.size(); ++i) {
    if (all[i] == facts::kMissingCode) continue;
    numbers.push_back(all[i]);
    names.push_back(subjects[i]);
  }
  std::map<std::string, StoredRecord> found;
  if (numbers.empty()) return found;
  for (const auto& [place, cell] : few->facts(numbers, range)) {
    const std::string period = to_string(cell.period);
    const std::string key = names[place] + '\x1f' + cell.kpi + '\x1f' + period;
    if (keys.count(key) == 0) continue;
    found[key] = {{{"subject", names[place]}, {"kpi", cell.kpi}, {"period", period}, {"value", to_string(cell.value)}},
                  cell.source,
                  cell.row};
  }
  return found;
}

}  // namespace

std::map<std::string, StoredRecord> stored_records(store::Store& store, TableId table,
                                                   const std::vector<std::string>& keys) {
  const std::unordered_set<std::string> wanted(keys.begin(), keys.end());
  if (wanted.empty()) return {};
  return table == TableId::facts ? stored_facts(store, wanted) : stored_rows(store, table, wanted);
}

}  // namespace hr::engine
