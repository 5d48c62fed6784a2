#include "engine/import/facts.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/parallel.h"
#include "base/suggester.h"
#include "engine/cycle/data.h"
#include "engine/import/closed_rows.h"
#include "engine/import/reconcile.h"

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

// A fact that is refused, and the period of the fact that it overlaps.
struct Overlap {
  uint32_t line = 0;
  std::string_view subject;
  std::string_view kpi;
  Period period;
  std::optional<Period> other;
  uint32_t other_line = kStored;  // of the same file

  static constexpr uint32_t kStored = UINT32_MAX;
  bool meets(const Period& p) const { return !(p == period) && p.range().overlaps(period.range()); }
};

std::vector<Overlap> overlaps_of(const std::vector<store::OverlappingFact>& facts) {
  std::vector<Overlap> overlaps;
  for (const store::OverlappingFact& f : facts)
    overlaps.push_back({f.line, f.subject, f.kpi, f.period, std::nullopt, Overlap::kStored});
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
      o.other_line = other->line;
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
  store.facts(range, store::kNow)->read([&](const store::FactBlock& block) {
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

// Facts set aside, as rows of a frame.
class AsideFacts {
 public:
  size_t add(uint32_t line, std::string_view subject, std::string_view kpi, std::string_view period) {
    frame_.find("subject")->append(subject);
    frame_.find("kpi")->append(kpi);
    frame_.find("period")->append(period);
    frame_.find("value")->append_missing();
    frame_.rows.push_back(line);
    return frame_.size() - 1;
  }
  Frame take() { return std::move(frame_); }

 private:
  Frame frame_ = facts::make_frame(model::TableId::facts);
};

void set_overlaps_aside(const Import& import, ImportedFile& file, const std::vector<store::OverlappingFact>& facts,
                        const Reading& reading) {
  if (facts.empty()) return;
  std::vector<RowFault> faults;
  std::vector<Overlap> overlaps = overlaps_of(facts);
  look_in_file(overlaps);
  look_in_store(import.store, overlaps);
  AsideFacts aside;
  for (const Overlap& o : overlaps) {
    const auto span = [&](uint32_t line) { return SourceSpan{reading.input.name, static_cast<int>(line), 0, 0}; };
    Diagnostic reason = make_error(
        o.other ? "overlapping-period/of" : "overlapping-period", span(o.line),
        {to_string(o.period), std::string(o.subject), std::string(o.kpi), o.other ? to_string(*o.other) : ""});
    if (o.other_line != Overlap::kStored)
      reason.related.push_back(span(o.other_line));
    else if (const SourceSpan place =
                 o.other && faults.size() < kMostPlaces ? place_of_stored(import.store, o) : SourceSpan{};
             !place.file.empty())
      reason.related.push_back(place);
    faults.push_back({aside.add(o.line, o.subject, o.kpi, to_string(o.period)), "period", std::move(reason)});
  }
  Frame frame = aside.take();
  set_aside(file, frame, faults, reading);
}

}  // namespace

// What one thread finds about the rows that it is given.
struct FactChecks::Worker {
  std::vector<bool> subject_known;                                    // by code; false: not known, or not asked yet
  std::vector<uint8_t> kpi_known;                                     // by code
  std::vector<const model::Kpi*> computed;                            // by code of KPIs that have a formula
  std::vector<UnknownFact> unknown;                                   // in the order of the file
  size_t lines = 0;                                                   // that these stand on
  size_t told = 0;                                                    // the first so many of these are
  std::map<const model::Kpi*, std::vector<uint32_t>> beside_formula;  // lines
  std::vector<uint8_t> keep;
};

FactChecks::FactChecks(const References& references, const model::Definitions* definitions, int threads,
                       size_t most_told)
    : references_(references), definitions_(definitions), most_told_(most_told) {
  for (int i = 0; i < threads; ++i) workers_.push_back(std::make_unique<Worker>());
}

FactChecks::~FactChecks() = default;

bool FactChecks::is_known(const Column& subject, uint32_t code) const {
  if (references_.employees.has_code(subject.dictionary, code)) return true;
  const std::string_view text = subject.dictionary[code];
  return is_no_person(text) || references_.employees.has(text);
}

// Looks at the texts that are new in the worker's dictionaries; at subjects when they are met, because the dictionary
// begins with all there are.
void FactChecks::learn(Worker& worker, const Column& subject, const Column& kpi) const {
  worker.subject_known.resize(subject.dictionary.size());
  for (size_t code = worker.kpi_known.size(); code < kpi.dictionary.size(); ++code) {
    const std::string_view text = kpi.dictionary[static_cast<uint32_t>(code)];
    worker.kpi_known.push_back(references_.kpis.empty() || references_.kpis.has(text));
    const model::Kpi* known = definitions_ ? definitions_->find_kpi(text) : nullptr;
    worker.computed.push_back(known != nullptr && !known->formula.empty() ? known : nullptr);
  }
}

// Takes the facts from unknown[first] on out of the batch, and with them the other facts of a line of a wide file.
void FactChecks::drop_unknown(Worker& worker, size_t first, ingest::Batch& batch) const {
  const auto heading = [&](const UnknownFact& fact) -> std::optional<size_t> {
    for (const std::string& name : {std::string(fact.is_subject ? "subject" : "kpi"), fact.kpi}) {
      const auto it = batch.heading_of.find(name);
      if (it != batch.heading_of.end()) return it->second;
    }
    return std::nullopt;
  };
  std::vector<ingest::RowPlace> places;
  for (size_t i = first; i < worker.told; ++i) places.push_back({worker.unknown[i].line, heading(worker.unknown[i])});
  if (!places.empty()) {
    std::vector<ingest::RawRow> rows = batch.raw_rows(places);
    for (size_t i = 0; i < rows.size(); ++i) worker.unknown[first + i].row = std::move(rows[i]);
  }
  Frame& frame = batch.frame;
  worker.keep.assign(frame.size(), 1);
  for (auto [fact, begin] = std::pair(first, frame.rows.begin()); fact < worker.unknown.size(); ++fact) {
    const auto [from, to] = std::equal_range(begin, frame.rows.end(), worker.unknown[fact].line);
    std::fill(worker.keep.begin() + (from - frame.rows.begin()), worker.keep.begin() + (to - frame.rows.begin()),
              uint8_t{0});
    begin = from;  // several may stand on one line
  }
  keep_rows(frame, worker.keep);
}

// Whether all of codes[begin, end) are.
static bool are_known(const std::vector<uint8_t>& known, const std::vector<uint32_t>& codes, size_t begin, size_t end) {
  uint8_t all = 1;
  for (size_t i = begin; i < end; ++i) all &= known[codes[i]];
  return all != 0;
}

void FactChecks::filter(ingest::Batch& batch) {
  Worker& worker = *workers_.at(batch.worker);
  Frame& frame = batch.frame;
  const Column& subject = *frame.find("subject");
  const Column& kpi = *frame.find("kpi");
  const Column& period = *frame.find("period");
  learn(worker, subject, kpi);
  const size_t unknown = worker.unknown.size();
  const std::vector<uint32_t>& codes = subject.codes;
  for (size_t begin = 0, end = 0; begin < frame.size(); begin = end) {  // most files have a subject's facts together
    const uint32_t code = codes[begin];
    while (end < codes.size() && codes[end] == code) ++end;
    if (!worker.subject_known[code]) worker.subject_known[code] = is_known(subject, code);
    const bool subject_known = worker.subject_known[code];
    if (subject_known && are_known(worker.kpi_known, kpi.codes, begin, end)) continue;
    for (size_t row = begin; row < end; ++row) {
      if (subject_known && worker.kpi_known[kpi.codes[row]]) continue;
      const uint32_t line = frame.rows[row];
      worker.lines += worker.unknown.empty() || worker.unknown.back().line != line;
      UnknownFact& fact = worker.unknown.emplace_back();
      fact.line = line;
      if (worker.lines > most_told_) continue;
      worker.told = worker.unknown.size();
      fact.is_subject = !subject_known;
      fact.subject = subject.text(row);
      fact.kpi = kpi.text(row);
      fact.period = period.text(row);
    }
  }
  if (worker.unknown.size() > unknown) drop_unknown(worker, unknown, batch);
  if (std::all_of(worker.computed.begin(), worker.computed.end(), [](const auto* k) { return k == nullptr; })) return;
  for (size_t row = 0; row < frame.size(); ++row) {
    if (const model::Kpi* k = worker.computed[kpi.codes[row]]) worker.beside_formula[k].push_back(frame.rows[row]);
  }
}

std::vector<FactChecks::UnknownFact> FactChecks::take_unknown() {
  std::vector<UnknownFact> all;
  for (const auto& worker : workers_)
    std::move(worker->unknown.begin(), worker->unknown.end(), std::back_inserter(all));
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
  return all;
}

std::map<std::string, std::vector<uint32_t>> FactChecks::beside_formula() const {
  std::map<std::string, std::vector<uint32_t>> lines;
  for (const auto& worker : workers_) {
    for (const auto& [kpi, some] : worker->beside_formula)
      lines[kpi->id].insert(lines[kpi->id].end(), some.begin(), some.end());
  }
  for (auto& [kpi, some] : lines) std::sort(some.begin(), some.end());
  return lines;
}

namespace {

void set_unknown_aside(ImportedFile& file, std::vector<FactChecks::UnknownFact> unknown, const References& references,
                       const Reading& reading) {
  Suggester suggester;  // looking for a near id is slow among many people
  std::map<std::string, std::string> meant;
  AsideFacts aside;
  std::vector<RowFault> faults;
  std::vector<ingest::RawRow> rows;
  size_t lines = 0;
  uint32_t last = 0;
  for (FactChecks::UnknownFact& u : unknown) {
    lines += u.line != std::exchange(last, u.line);
    if (lines > reading.options.most_told) {
      faults.push_back({aside.add(u.line, {}, {}, {}), {}, {}});
      rows.emplace_back();
      continue;
    }
    const std::string& text = u.is_subject ? u.subject : u.kpi;
    const auto [suggestion, fresh] = meant.try_emplace((u.is_subject ? "s" : "k") + text);
    if (fresh) suggestion->second = (u.is_subject ? references.employees : references.kpis).meant_by(text, suggester);
    Diagnostic reason = make_error(u.is_subject ? "unknown-employee" : "unknown-kpi",
                                   {reading.input.name, static_cast<int>(u.line), 0, 0}, {text});
    reason.suggestion = suggestion->second;
    faults.push_back(
        {aside.add(u.line, u.subject, u.kpi, u.period), u.is_subject ? "subject" : "kpi", std::move(reason)});
    rows.push_back(std::move(u.row));
  }
  Frame frame = aside.take();
  set_aside(file, frame, faults, std::move(rows), reading);
}

void set_duplicates_aside(ImportedFile& file, const std::vector<store::DuplicateFact>& duplicates,
                          const Reading& reading) {
  AsideFacts aside;
  std::vector<RowFault> faults;
  // Of a line of a wide file with several the first one is told: one that differs.
  std::vector<store::DuplicateFact> in_turn = duplicates;
  std::stable_partition(in_turn.begin(), in_turn.end(), [](const store::DuplicateFact& d) { return d.differs; });
  for (const store::DuplicateFact& d : in_turn) {
    faults.push_back({aside.add(d.line, {}, {}, {}), "",
                      make_error(d.line == d.other ? "duplicate-row/within"
                                 : d.differs       ? "duplicate-row/differs"
                                                   : "duplicate-row/same",
                                 {reading.input.name, static_cast<int>(d.line), 0, 0},
                                 {std::to_string(d.line), std::to_string(d.other)})});
  }
  Frame frame = aside.take();
  set_aside(file, frame, faults, reading);
}

// Facts of a KPI that a formula computes: kept, in case it loses its formula, but nothing reads them. One finding a
// KPI.
void warn_of_formulas(const Import& import, ImportedFile& file, const FactChecks& checks,
                      const std::vector<store::DuplicateFact>& duplicates, const Reading& reading) {
  std::set<uint32_t> gone;
  for (const store::DuplicateFact& d : duplicates) gone.insert(d.line);
  AsideFacts rows;
  std::vector<RowFault> findings;
  for (auto& [id, lines] : checks.beside_formula()) {
    std::vector<uint32_t> kept = lines;
    std::erase_if(kept, [&](uint32_t line) { return gone.count(line) > 0; });
    if (kept.empty()) continue;
    const SourceSpan span{reading.input.name, static_cast<int>(kept.front()), 0, 0};
    findings.push_back(
        {rows.add(kept.front(), {}, id, {}), "kpi",
         make_warning("formula-kpi-facts", span,
                      {id, std::to_string(kept.size()), import.definitions->find_kpi(id)->formula.text})});
  }
  std::stable_sort(findings.begin(), findings.end(),
                   [](const RowFault& a, const RowFault& b) { return a.reason.span.line < b.reason.span.line; });
  const Frame frame = rows.take();
  add_warnings(file, frame, std::move(findings), reading);
}

}  // namespace

void store_facts(const Import& import, ImportedFile& file, store::FactsImport& intake, FactChecks& checks,
                 const References& references, const Reading& reading) {
  std::vector<Period> replace;
  if (import.request.replace) replace = periods_within(*import.request.replace);
  store::FactsAppended result;
  for_pieces(2, hardware_threads(), [&](size_t piece, size_t) {
    if (piece == 0)
      result = intake.finish(file.source.id, replace);
    else
      set_unknown_aside(file, checks.take_unknown(), references, reading);
  });
  file.source.rows_new = result.added;
  file.source.rows_changed = result.changed;
  file.source.rows_unchanged = result.unchanged;
  file.withdrawn = result.withdrawn;
  for (const auto& [period, news] : result.news) {
    const DateRange days = period.range();
    const DateRange before = file.days.value_or(days);
    file.days = {std::min(before.from, days.from), std::max(before.to, days.to)};
  }
  set_duplicates_aside(file, result.duplicates, reading);
  warn_of_formulas(import, file, checks, result.duplicates, reading);
  const Diagnostics late = facts_of_closed_cycles(import, result.news, reading.input.name);
  file.diagnostics.insert(file.diagnostics.end(), late.begin(), late.end());
  set_overlaps_aside(import, file, result.overlapping, reading);
}

}  // namespace hr::engine
