#include <algorithm>
#include <map>

#include "engine/cycle_data.h"
#include "engine/import_steps.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;

namespace {

// The period itself and every shorter one inside it.
std::vector<Period> periods_within(const Period& whole) {
  std::vector<Period> all{whole};
  for (const PeriodKind kind :
       {PeriodKind::half, PeriodKind::quarter, PeriodKind::month, PeriodKind::week, PeriodKind::day}) {
    for (const Period& p : periods_of(whole.range(), kind)) {
      const DateRange r = p.range();
      if (!(p == whole) && r.from >= whole.range().from && r.to <= whole.range().to) all.push_back(p);
    }
  }
  return all;
}

// A row that is refused, and the period of the fact that it overlaps.
struct Overlap {
  uint32_t row = 0;
  std::string_view subject;
  std::string_view kpi;
  Period period;
  std::optional<Period> other;
  uint32_t other_row = kStored;  // of the same file

  static constexpr uint32_t kStored = UINT32_MAX;
  bool meets(const Period& p) const { return !(p == period) && p.range().overlaps(period.range()); }
};

std::vector<Overlap> overlaps_of(const Frame& frame, const std::vector<uint32_t>& rows) {
  std::vector<Overlap> overlaps;
  for (const uint32_t row : rows) {
    overlaps.push_back({row, frame.find("subject")->text(row), frame.find("kpi")->text(row),
                        *parse_period(frame.find("period")->text(row)), std::nullopt, Overlap::kStored});
  }
  return overlaps;
}

// Both may stand in the file: then both are refused.
void look_in_file(std::vector<Overlap>& overlaps) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<const Overlap*>> same;
  for (const Overlap& o : overlaps) same[{o.subject, o.kpi}].push_back(&o);
  for (Overlap& o : overlaps) {
    for (const Overlap* other : same[{o.subject, o.kpi}]) {
      if (o.other || !o.meets(other->period)) continue;
      o.other = other->period;
      o.other_row = other->row;
    }
  }
}

void look_in_store(store::Store& store, std::vector<Overlap>& overlaps) {
  const facts::SharedDictionary subjects = store.subjects();
  std::map<std::string_view, std::vector<std::pair<uint32_t, Overlap*>>> wanted;  // by KPI: number of the subject
  DateRange range{kFarFuture, kFarPast};
  for (Overlap& o : overlaps) {
    const auto number = subjects.find(o.subject);
    if (o.other || !number) continue;
    wanted[o.kpi].emplace_back(*number, &o);
    range = {std::min(range.from, o.period.range().from), std::max(range.to, o.period.range().to)};
  }
  if (wanted.empty()) return;
  store.read_facts(range, store::kNow, [&](const store::FactBlock& block) {
    const auto of_kpi = wanted.find(block.kpi);
    if (of_kpi == wanted.end()) return;
    for (const auto& [number, o] : of_kpi->second) {
      if (o->other || !o->meets(block.period)) continue;
      if (std::binary_search(block.subjects.begin(), block.subjects.end(), number)) o->other = block.period;
    }
  });
}

SourceSpan place_of_stored(store::Store& store, const Overlap& o) {
  for (const store::FactCell& cell : store.facts_of(o.subject, o.other->range(), store::kNow)) {
    if (cell.kpi == o.kpi && cell.period == *o.other)
      return {source_name(store, cell.source), static_cast<int>(cell.row), 0, 0};
  }
  return {};
}

constexpr size_t kMostPlaces = 20;  // as many rows as are told one by one

std::vector<RowFault> overlap_faults(store::Store& store, const Frame& frame, const std::string& file,
                                     const std::vector<uint32_t>& rows) {
  std::vector<RowFault> faults;
  std::vector<Overlap> overlaps = overlaps_of(frame, rows);
  look_in_file(overlaps);
  look_in_store(store, overlaps);
  for (const Overlap& o : overlaps) {
    const auto span = [&](uint32_t row) { return SourceSpan{file, static_cast<int>(frame.rows[row]), 0, 0}; };
    Diagnostic reason = make_error(
        o.other ? "overlapping-period/of" : "overlapping-period", span(o.row),
        {to_string(o.period), std::string(o.subject), std::string(o.kpi), o.other ? to_string(*o.other) : ""});
    if (o.other_row != Overlap::kStored)
      reason.related.push_back(span(o.other_row));
    else if (const SourceSpan place = o.other && faults.size() < kMostPlaces ? place_of_stored(store, o) : SourceSpan{};
             !place.file.empty())
      reason.related.push_back(place);
    faults.push_back({o.row, "period", std::move(reason)});
  }
  return faults;
}

}  // namespace

void store_facts(const Import& import, ImportedFile& file, Frame frame, const Reading& reading) {
  std::vector<Period> replace;
  if (import.request.replace) replace = periods_within(*import.request.replace);
  const store::FactsAppended result = import.store.append_facts(file.source.id, frame, replace);
  file.source.rows_new = result.added;
  file.source.rows_changed = result.changed;
  file.source.rows_unchanged = result.unchanged;
  file.withdrawn = result.withdrawn;
  if (result.overlapping.empty()) return;
  set_aside(file, frame, overlap_faults(import.store, frame, reading.input.name, result.overlapping), reading);
}

}  // namespace hr::engine
