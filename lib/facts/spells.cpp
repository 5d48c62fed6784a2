#include "facts/spells.h"

#include <algorithm>
#include <set>
#include <utility>

#include "facts/assignment_tracks.h"
#include "facts/spell_attributes.h"

namespace hr::facts {

namespace {

void append(Spells& spells, uint32_t person, DateRange range, Origin origin) {
  spells.person.push_back(person);
  spells.range.push_back(range);
  spells.attributes.rows.push_back(origin.row);
  spells.attributes.sources.push_back(origin.source);
}

void reserve(Spells& spells, size_t people, size_t n) {
  spells.begin.reserve(people + 1);
  spells.person.reserve(n);
  spells.range.reserve(n);
  spells.attributes.rows.reserve(n);
  spells.attributes.sources.reserve(n);
}

// Cuts the days of people with assignments into spells.
class SpellCutter {
 public:
  SpellCutter(const PeopleRows& people, std::span<const Frame> frames, const Assignments& assignments,
              Diagnostics& diagnostics)
      : people_(people.people), frames_(frames), assignments_(assignments), diagnostics_(diagnostics) {
    timelines_.resize(assignments.tracks.size());
    at_.resize(assignments.tracks.size());
  }

  void cut(uint32_t person, Spells& spells, SpellCells& cells) {
    rows_ = assignments_.of(person);
    make_timelines(person);
    collect_days();
    std::fill(at_.begin(), at_.end(), size_t{0});
    for (size_t i = 0; i + 1 < days_.size(); ++i) emit(person, {days_[i], days_[i + 1]}, spells, cells);
  }

 private:
  void make_timelines(uint32_t person) {
    reported_.clear();
    const Date end = people_.service[person].to;
    for (const AssignmentRow& row : rows_) {
      if (row.open && row.range.from >= end) report_after_service(row, end);
    }
    for (size_t t = 0; t < timelines_.size(); ++t) {
      const Track& track = assignments_.tracks[t];
      picked_.clear();
      for (uint32_t i = 0; i < rows_.size(); ++i) {
        if (track.frames[rows_[i].at.frame]) picked_.push_back(i);
      }
      spoken_for_[t] = !picked_.empty();
      timelines_[t] = make_timeline(rows_, picked_, end,
                                    [&](uint32_t earlier, uint32_t later) { report_overlap(track, earlier, later); });
    }
  }

  void collect_days() {
    days_.clear();
    for (const std::vector<Segment>& timeline : timelines_) {
      for (const Segment& s : timeline) {
        days_.push_back(s.range.from);
        days_.push_back(s.range.to);
      }
    }
    std::sort(days_.begin(), days_.end());
    days_.erase(std::unique(days_.begin(), days_.end()), days_.end());
  }

  // A spell of `range` where any timeline speaks.
  void emit(uint32_t person, DateRange range, Spells& spells, SpellCells& cells) {
    const AssignmentRow* begun = nullptr;  // the row that began last, of those that speak
    const size_t first_cell = cells.source.size();
    for (size_t t = 0; t < timelines_.size(); ++t) {
      const std::vector<Segment>& timeline = timelines_[t];
      while (at_[t] < timeline.size() && timeline[at_[t]].range.to <= range.from) ++at_[t];
      const bool speaks = at_[t] < timeline.size() && timeline[at_[t]].range.from <= range.from;
      if (!speaks) {
        cells.source.push_back(spoken_for_[t] ? kMissingCell : kEmployeeCell);
        continue;
      }
      const uint32_t row = timeline[at_[t]].row;
      cells.source.push_back(static_cast<uint32_t>(assignments_.begin[person] + row));
      if (begun == nullptr || rows_[row].range.from > begun->range.from) begun = &rows_[row];
    }
    if (begun == nullptr) {
      cells.source.resize(first_cell);
      return;
    }
    cells.first.resize(spells.size(), SpellCells::kEmployeeRow);
    cells.first.push_back(first_cell);
    append(spells, person, range, begun->origin);
  }

  void report_overlap(const Track& track, uint32_t earlier, uint32_t later) {
    const AssignmentRow& a = rows_[earlier];
    const AssignmentRow& b = rows_[later];
    const bool same_day = a.open && a.range.from == b.range.from;
    if (same_day && !differ(track, a.at, b.at)) return;
    const std::pair<uint32_t, uint32_t> pair(earlier, later);
    if (!reported_.insert(pair).second) return;
    Diagnostic d = make_warning(same_day ? "overlapping-spell/same-day" : "overlapping-spell", span_of(b.origin),
                                {std::string(people_.id[b.person]), to_string(b.range.from),
                                 a.open ? std::string() : to_string(a.range.last())});
    d.related.push_back(span_of(a.origin));
    diagnostics_.push_back(std::move(d));
  }

  bool differ(const Track& track, RowRef a, RowRef b) const {
    return std::any_of(track.columns.begin(), track.columns.end(), [&](const std::string& name) {
      return cell_text(*frames_[a.frame].find(name), a.row) != cell_text(*frames_[b.frame].find(name), b.row);
    });
  }

  void report_after_service(const AssignmentRow& row, Date end) {
    diagnostics_.push_back(
        make_warning("assignment-after-termination", span_of(row.origin),
                     {std::string(people_.id[row.person]), to_string(row.range.from), to_string(end - 1)}));
  }

  const People& people_;
  std::span<const Frame> frames_;
  const Assignments& assignments_;
  Diagnostics& diagnostics_;

  // Of the person under way.
  std::span<const AssignmentRow> rows_;
  std::vector<std::vector<Segment>> timelines_;                                         // by track
  std::vector<uint8_t> spoken_for_ = std::vector<uint8_t>(assignments_.tracks.size());  // by track: has rows
  std::vector<size_t> at_;  // by track: the segment under way
  std::vector<uint32_t> picked_;
  std::vector<Date> days_;
  std::set<std::pair<uint32_t, uint32_t>> reported_;
};

}  // namespace

Spells build_spells(const PeopleRows& people, std::span<Frame> employees, std::span<Frame> assignments, int threads,
                    Diagnostics& diagnostics) {
  const Assignments read = read_assignments(people.people, assignments);
  SpellCutter cutter(people, assignments, read, diagnostics);
  Spells spells;
  SpellCells cells;
  cells.tracks = read.tracks.size();
  const auto n = static_cast<uint32_t>(people.people.size());
  reserve(spells, n, n + read.rows.size());
  for (uint32_t p = 0; p < n; ++p) {
    spells.begin.push_back(static_cast<uint32_t>(spells.size()));
    if (read.has_rows(p)) {
      cutter.cut(p, spells, cells);
    } else if (!read.is_named(p) && people.employee[p].given() && !people.people.service[p].empty()) {
      append(spells, p, people.people.service[p], people.people.origin[p]);
    }
  }
  spells.begin.push_back(static_cast<uint32_t>(spells.size()));
  fill_attributes(people, cells, read, {employees, assignments}, threads, spells);
  return spells;
}

}  // namespace hr::facts
