#include <algorithm>
#include <unordered_set>

#include "base/timestamp.h"
#include "engine/effective_change.h"
#include "engine/import_steps.h"
#include "engine/reconcile.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

void count_changes(store::Source& source, const std::vector<Change>& changes) {
  for (const Change change : changes) {
    source.rows_new += change == Change::added;
    source.rows_changed += change == Change::changed;
    source.rows_unchanged += change == Change::unchanged;
  }
}

std::vector<uint8_t> mask_of_news(const std::vector<Change>& changes) {
  std::vector<uint8_t> mask(changes.size());
  for (size_t i = 0; i < changes.size(); ++i) mask[i] = changes[i] != Change::unchanged;
  return mask;
}

// `current` of key results is a check-in on the day of the import, when it says something new.
void append_current_checkins(const Import& import, uint32_t source, const Frame& frame,
                             const std::vector<Change>& changes, const std::vector<RecordIndex::Place>& stored) {
  const Column* current = frame.find("current");
  if (!current || !current->carried) return;
  Frame checkins = facts::make_frame(TableId::checkins);
  for (size_t row = 0; row < frame.size(); ++row) {
    if (changes[row] == Change::unchanged || current->missing(row)) continue;
    const RecordIndex::Place& old = stored[row];
    const Column* before = old.frame ? old.frame->find("current") : nullptr;
    if (before && same_cell(*current, row, *before, old.row)) continue;
    checkins.rows.push_back(frame.rows[row]);
    for (Column& c : checkins.columns) {
      if (c.name == "key_result")
        c.append(frame.find("key_result")->text(row));
      else if (c.name == "date")
        c.append(date_of(import.who_when.now));
      else if (c.name == "value")
        c.append(current->decimals[row]);
      else
        c.append_missing();
    }
  }
  if (checkins.size() > 0) import.store.append_records(TableId::checkins, source, checkins);
}

std::vector<std::string> missing_people(const std::vector<Frame>& stored, const Frame& incoming) {
  std::unordered_set<std::string_view> there;
  const Column& ids = *incoming.find("employee_id");
  for (size_t row = 0; row < incoming.size(); ++row) there.insert(ids.text(row));
  std::vector<std::string> missing;
  for (const Frame& frame : stored) {
    const Column& id = *frame.find("employee_id");
    for (size_t row = 0; row < frame.size(); ++row) {
      if (!there.count(id.text(row))) missing.emplace_back(id.text(row));
    }
  }
  std::sort(missing.begin(), missing.end());
  return missing;
}

// Employees: what follows for their assignments is stored too. Cells for which the store has newer values are no
// change.
void store_employees(const Import& import, ImportedFile& file, Frame& frame,
                     const std::vector<std::optional<Date>>& effective, const std::vector<Frame>& stored,
                     const RecordIndex& index) {
  if (import.request.list_missing) file.missing = missing_people(stored, frame);
  const std::vector<Frame> assignments = import.store.records(TableId::assignments, store::kNow);
  const std::vector<RecordIndex::Place> places = index.find(frame);
  std::vector<Change> changes = reconcile(index, frame, places);
  const AssignmentChanges follow = assignment_changes(frame, changes, effective, places, assignments);
  for (const Frame& rows : follow.rows) import.store.append_records(TableId::assignments, file.source.id, rows);
  file.corrected = follow.corrected;
  const bool has_days =
      std::any_of(effective.begin(), effective.end(), [](const auto& day) { return day.has_value(); });
  if (has_days) changes = reconcile(index, frame, places);
  std::vector<uint8_t> news = mask_of_news(changes);
  for (size_t row = 0; row < changes.size(); ++row) {
    if (follow.changed[row] && changes[row] == Change::unchanged) changes[row] = Change::changed;
  }
  count_changes(file.source, changes);
  const std::vector<uint8_t> later = add_last_effective(frame, effective, places);
  for (size_t row = 0; row < news.size(); ++row) news[row] = news[row] || later[row];
  keep_rows(frame, news);
}

}  // namespace

void store_records(const Import& import, ImportedFile& file, std::vector<Frame> frames,
                   const std::vector<std::optional<Date>>& effective) {
  const TableId table = import.request.table;
  const std::vector<Frame> stored = import.store.records(table, store::kNow);
  const RecordIndex index(table, stored);
  for (Frame& frame : frames) {
    if (table == TableId::employees) {
      store_employees(import, file, frame, effective, stored, index);
    } else {
      const std::vector<RecordIndex::Place> places = index.find(frame);
      const std::vector<Change> changes = reconcile(index, frame, places);
      count_changes(file.source, changes);
      if (table == TableId::key_results) append_current_checkins(import, file.source.id, frame, changes, places);
      keep_rows(frame, mask_of_news(changes));
    }
    if (frame.size() > 0) import.store.append_records(table, file.source.id, frame);
  }
}

}  // namespace hr::engine
