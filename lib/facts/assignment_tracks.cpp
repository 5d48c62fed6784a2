#include "facts/assignment_tracks.h"

#include <algorithm>
#include <tuple>

#include "facts/unknown_people.h"
#include "model/imported_table.h"

namespace hr::facts {

bool is_attribute(std::string_view column) {
  return column.substr(0, 5) == "attr.";
}

bool is_assignment_attribute(std::string_view column) {
  if (is_attribute(column)) return true;
  for (const model::CanonicalColumn& c : model::imported_table(model::TableId::assignments).columns) {
    if (c.name == column) return !c.key && c.type != model::ColumnType::last_day;
  }
  return false;
}

namespace {

// The track of a set of frames, new or old.
Track& track_of(std::vector<Track>& tracks, const std::vector<bool>& frames) {
  for (Track& track : tracks) {
    if (track.frames == frames) return track;
  }
  return tracks.emplace_back(Track{frames, {}});
}

std::vector<Track> make_tracks(std::span<const Frame> frames) {
  std::vector<std::string> names;  // in order of first appearance
  std::vector<bool> bare(frames.size());
  for (size_t f = 0; f < frames.size(); ++f) {
    bool any = false;
    for (const Column& c : frames[f].columns) {
      if (!c.carried || !is_assignment_attribute(c.name)) continue;
      any = true;
      if (std::find(names.begin(), names.end(), c.name) == names.end()) names.push_back(c.name);
    }
    bare[f] = !any;
  }
  std::vector<Track> tracks;
  for (const std::string& name : names) {
    std::vector<bool> carrying(frames.size());
    for (size_t f = 0; f < frames.size(); ++f) {
      const Column* c = frames[f].find(name);
      carrying[f] = c != nullptr && c->carried;
    }
    track_of(tracks, carrying).columns.push_back(name);
  }
  if (std::find(bare.begin(), bare.end(), true) != bare.end()) track_of(tracks, bare);
  return tracks;
}

void read_rows(const People& people, const Frame& frame, uint32_t number, Assignments& out) {
  const Column* id = frame.find("employee_id");
  if (id == nullptr || frame.size() == 0) return;
  if (out.any.empty()) out.any.assign(people.size(), 0);
  const Column* from = frame.find("from");
  const Column* to = frame.find("to");
  const NumbersByCode persons(id->dictionary, people.id);
  out.rows.reserve(out.rows.size() + frame.size());
  for (uint32_t row = 0; row < frame.size(); ++row) {
    if (id->missing(row) || persons[id->codes[row]] == kNone) continue;
    const uint32_t person = persons[id->codes[row]];
    out.any[person] = 1;
    const DateRange range = range_of(from, to, row);
    if (range.empty()) continue;
    out.rows.push_back({person, {number, row}, origin_of(frame, row), range, range.to == kFarFuture});
  }
}

}  // namespace

Assignments read_assignments(const People& people, std::span<const Frame> frames) {
  Assignments out;
  out.tracks = make_tracks(frames);
  for (uint32_t f = 0; f < frames.size(); ++f) read_rows(people, frames[f], f, out);
  if (out.rows.empty()) return out;
  std::stable_sort(out.rows.begin(), out.rows.end(), [](const AssignmentRow& a, const AssignmentRow& b) {
    return std::tie(a.person, a.range.from, a.origin.source, a.origin.row) <
           std::tie(b.person, b.range.from, b.origin.source, b.origin.row);
  });
  out.begin.assign(people.size() + 1, 0);
  for (const AssignmentRow& row : out.rows) ++out.begin[row.person + 1];
  for (size_t p = 0; p < people.size(); ++p) out.begin[p + 1] += out.begin[p];
  return out;
}

}  // namespace hr::facts
