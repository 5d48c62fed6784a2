#include "facts/targets.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "facts/timeline.h"
#include "facts/unknown_people.h"

namespace hr::facts {

size_t Targets::Hash::operator()(const KeyView& k) const {
  const std::hash<std::string_view> hash;
  size_t h = hash(k.subject) * 31 + hash(k.kpi);
  h ^= h >> 29U;
  return h * 4 + static_cast<size_t>(k.kind);
}

std::span<const TargetRow> Targets::find(TargetSubject kind, std::string_view subject, std::string_view kpi) const {
  const auto it = rows.find(KeyView{kind, subject, kpi});
  return it == rows.end() ? std::span<const TargetRow>{} : std::span<const TargetRow>(it->second);
}

namespace {

std::pair<TargetSubject, std::string_view> parse_subject(std::string_view text) {
  if (text.substr(0, 4) == "job:") return {TargetSubject::job, text.substr(4)};
  if (text.substr(0, 5) == "unit:") return {TargetSubject::unit, text.substr(5)};
  return {TargetSubject::employee, text};
}

// The columns of a frame of targets.
struct TargetColumns {
  const Column *subject, *kpi, *from, *to, *weight, *threshold, *target, *stretch;

  explicit TargetColumns(const Frame& f)
      : subject(f.find("subject")),
        kpi(f.find("kpi")),
        from(f.find("from")),
        to(f.find("to")),
        weight(f.find("weight")),
        threshold(f.find("threshold")),
        target(f.find("target")),
        stretch(f.find("stretch")) {}
};

using Rows = std::vector<TargetRow>;
struct Entry {
  const Targets::Key* key;
  Rows* rows;
};

TargetRow read_row(const TargetColumns& c, const Frame& frame, size_t row) {
  return {range_of(c.from, c.to, row), decimal_of(c.weight, row),  decimal_of(c.threshold, row),
          decimal_of(c.target, row),   decimal_of(c.stretch, row), origin_of(frame, row)};
}

// Makes the rows of one key ascending and not overlapping.
void fit(const Entry& entry, Diagnostics& diagnostics) {
  *entry.rows = in_force(std::move(*entry.rows), [&](const TargetRow& earlier, const TargetRow& later) {
    Diagnostic d = make_warning("overlapping-target", span_of(later.origin),
                                {entry.key->subject, entry.key->kpi, to_string(later.range.from)});
    d.related.push_back(span_of(earlier.origin));
    diagnostics.push_back(std::move(d));
  });
}

}  // namespace

TargetRow target_row(const Frame& frame, size_t row) {
  return read_row(TargetColumns(frame), frame, row);
}

std::vector<TargetRow> in_force(std::vector<TargetRow> rows,
                                const std::function<void(const TargetRow& earlier, const TargetRow& later)>& overlap) {
  std::sort(rows.begin(), rows.end(), [](const TargetRow& a, const TargetRow& b) {
    return std::tie(a.range.from, a.origin.source, a.origin.row) <
           std::tie(b.range.from, b.origin.source, b.origin.row);
  });
  std::vector<AssignmentRow> ranges;
  std::vector<uint32_t> all;
  for (const TargetRow& row : rows) {
    all.push_back(static_cast<uint32_t>(ranges.size()));
    ranges.push_back({0, {}, row.origin, row.range, row.range.to == kFarFuture});
  }
  const auto told = [&](uint32_t earlier, uint32_t later) { overlap(rows[earlier], rows[later]); };
  std::vector<TargetRow> fitted;
  for (const Segment& s : make_timeline(ranges, all, kFarFuture, told)) {
    fitted.push_back(rows[s.row]);
    fitted.back().range = s.range;
  }
  return fitted;
}

Targets build_targets(std::span<const Frame> frames, const People& people, Diagnostics& diagnostics) {
  Targets out;
  std::vector<Entry> entries;  // in order of first appearance
  UnknownPeople unknown;
  for (const Frame& frame : frames) {
    const TargetColumns c(frame);
    if (c.subject == nullptr || c.kpi == nullptr) continue;
    const NumbersByCode persons(c.subject->dictionary, people.id);
    for (size_t row = 0; row < frame.size(); ++row) {
      const DateRange range = range_of(c.from, c.to, row);
      if (c.subject->missing(row) || c.kpi->missing(row) || range.empty()) continue;
      const Origin origin = origin_of(frame, row);
      const auto [kind, subject] = parse_subject(c.subject->text(row));
      if (kind == TargetSubject::employee && persons[c.subject->codes[row]] == kNone) unknown.add(subject, origin);
      const auto [it, fresh] =
          out.rows.try_emplace(Targets::Key{kind, std::string(subject), std::string(c.kpi->text(row))});
      if (fresh) entries.push_back({&it->first, &it->second});
      it->second.push_back(read_row(c, frame, row));
    }
  }
  for (const Entry& entry : entries) {
    if (entry.rows->size() > 1) fit(entry, diagnostics);
  }
  unknown.report("targets", diagnostics);
  return out;
}

}  // namespace hr::facts
