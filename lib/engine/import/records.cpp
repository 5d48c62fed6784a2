#include <algorithm>

#include "base/parallel.h"
#include "base/timestamp.h"
#include "engine/import/effective_change.h"
#include "engine/import/reconcile.h"
#include "engine/import/steps.h"

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

// What the stored key results say of `current`, row by row of a file.
class CurrentBefore {
 public:
  CurrentBefore(const Frame& frame, const std::vector<RecordIndex::Place>& stored)
      : current_(*frame.find("current")), date_(frame.find("current_date")), stored_(stored) {}

  bool says_the_same(size_t row) {
    if (stored_.empty() || stored_[row].frame == nullptr) return false;
    if (stored_[row].frame != frame_) {
      frame_ = stored_[row].frame;
      before_ = frame_->find("current");
      date_before_ = frame_->find("current_date");
    }
    const size_t old = stored_[row].row;
    if (before_ == nullptr || !same_cell(current_, row, *before_, old)) return false;
    if (date_ == nullptr || !date_->carried) return true;
    return date_before_ != nullptr ? same_cell(*date_, row, *date_before_, old) : date_->missing(row);
  }

 private:
  const Column& current_;
  const Column* date_;
  const std::vector<RecordIndex::Place>& stored_;
  const Frame* frame_ = nullptr;
  const Column* before_ = nullptr;
  const Column* date_before_ = nullptr;
};

// The rows of key results whose `current` says something new. `stored`: by row; empty = nothing is stored yet.
std::vector<uint8_t> news_of_current(const Frame& frame, const std::vector<RecordIndex::Place>& stored) {
  std::vector<uint8_t> news(frame.size());
  const Column* current = frame.find("current");
  if (current == nullptr || !current->carried) return news;
  constexpr size_t kPiece = size_t{1} << 16U;  // rows
  for_ranges(news.size(), kPiece, hardware_threads(), [&](size_t begin, size_t end, size_t) {
    CurrentBefore before(frame, stored);
    for (size_t row = begin; row < end; ++row) news[row] = !current->missing(row) && !before.says_the_same(row);
  });
  return news;
}

// `current` of these rows is a check-in on the day that `current_date` says, else that of the import.
void append_current_checkins(const Import& import, uint32_t source, Frame frame, const std::vector<uint8_t>& news) {
  if (std::find(news.begin(), news.end(), 1) == news.end()) return;
  Frame checkins;  // takes the cells over: there may be millions
  checkins.rows = std::move(frame.rows);
  checkins.columns.push_back(std::move(*frame.find("key_result")));
  checkins.columns.push_back(std::move(*frame.find("current")));
  Column* date = frame.find("current_date");
  checkins.columns.push_back(date != nullptr ? std::move(*date) : Column());
  frame = {};
  keep_rows(checkins, news);
  checkins.columns[1].name = "value";
  Column& days = checkins.columns[2];
  days.name = "date";
  days.storage = facts::Storage::day;
  days.carried = true;
  days.days.resize(checkins.size(), facts::kMissingDay);
  std::replace(days.days.begin(), days.days.end(), facts::kMissingDay, date_of(import.who_when.now).days);
  import.store.append_records(TableId::checkins, source, checkins);
}

std::vector<std::string> missing_people(const std::vector<Frame>& stored, const Frame& incoming) {
  const Column& ids = *incoming.find("employee_id");
  std::vector<uint8_t> is_there(ids.dictionary.size());
  for (const uint32_t code : ids.codes) is_there[code] = 1;
  std::vector<std::string> missing;
  for (const Frame& frame : stored) {
    const Column& id = *frame.find("employee_id");
    for (size_t row = 0; row < frame.size(); ++row) {
      const auto code = ids.dictionary.find(id.text(row));
      if (!code || !is_there[*code]) missing.emplace_back(id.text(row));
    }
  }
  std::sort(missing.begin(), missing.end());
  return missing;
}

// Employees: what follows for their assignments is stored too. Cells for which the store has newer values are no
// change.
void store_employees(const Import& import, ImportedFile& file, Frame& frame,
                     const std::vector<std::optional<Date>>& effective, const RecordIndex& index) {
  const bool has_days =
      std::any_of(effective.begin(), effective.end(), [](const auto& day) { return day.has_value(); });
  if (index.empty() && !has_days) {
    file.source.rows_new += frame.size();
    return;
  }
  if (import.request.list_missing) file.missing = missing_people(index.frames(), frame);
  const std::vector<Frame> assignments = import.store.records(TableId::assignments, store::kNow);
  const std::vector<RecordIndex::Place> places = index.find(frame);
  std::vector<Change> changes = reconcile(index, frame, places);
  const AssignmentChanges follow = assignment_changes(frame, changes, effective, places, assignments);
  for (const Frame& rows : follow.rows) import.store.append_records(TableId::assignments, file.source.id, rows);
  file.corrected = follow.corrected;
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

// Records of any other table.
void store_others(const Import& import, ImportedFile& file, Frame frame, const RecordIndex& index) {
  const bool is_key_results = import.request.table == TableId::key_results;
  std::vector<uint8_t> news;  // by row
  std::vector<uint8_t> current;
  if (index.empty()) {
    file.source.rows_new += frame.size();
    if (is_key_results) current = news_of_current(frame, {});
  } else {
    const std::vector<RecordIndex::Place> places = index.find(frame);
    const std::vector<Change> changes = reconcile(index, frame, places);
    count_changes(file.source, changes);
    news = mask_of_news(changes);
    if (is_key_results) current = news_of_current(frame, places);
    keep_marked(current, news);
    keep_rows(frame, news);
  }
  if (frame.size() == 0) return;
  import.store.append_records(import.request.table, file.source.id, frame);
  if (is_key_results) append_current_checkins(import, file.source.id, std::move(frame), current);
}

}  // namespace

void store_records(const Import& import, ImportedFile& file, const RecordIndex& stored, std::vector<Frame> frames,
                   const std::vector<std::optional<Date>>& effective) {
  const TableId table = import.request.table;
  for (Frame& frame : frames) {
    if (table != TableId::employees) {
      store_others(import, file, std::move(frame), stored);
      continue;
    }
    store_employees(import, file, frame, effective, stored);
    if (frame.size() > 0) import.store.append_records(table, file.source.id, frame);
  }
}

}  // namespace hr::engine
