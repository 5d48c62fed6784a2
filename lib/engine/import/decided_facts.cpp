#include "engine/import/decided_facts.h"

#include <algorithm>
#include <map>

#include "engine/import/reconcile.h"
#include "ingest/row_text.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using store::Decision;
using store::Verdict;

namespace {

std::string fact_key(std::string_view subject, std::string_view kpi, std::string_view period) {
  return std::string(subject) + '\x1f' + std::string(kpi) + '\x1f' + std::string(period);
}

// The newest decision about each finding, oldest first.
std::vector<Decision> newest_about_findings(store::Store& store) {
  std::map<uint32_t, Decision> newest;
  for (Decision& decision : store.review().decisions(store::kNow)) {
    if (decision.kind == store::ItemKind::finding) newest[decision.item] = std::move(decision);
  }
  std::vector<Decision> decisions;
  for (auto& [finding, decision] : newest) decisions.push_back(std::move(decision));
  std::ranges::sort(decisions, {}, &Decision::id);
  return decisions;
}

// Of a line with several facts a place says nothing of one.
bool is_alone_in_line(const Frame& frame, size_t row) {
  return (row == 0 || frame.rows[row - 1] != frame.rows[row]) &&
         (row + 1 == frame.size() || frame.rows[row + 1] != frame.rows[row]);
}

}  // namespace

DecidedFacts::DecidedFacts(const Import& import, int threads) : workers_(static_cast<size_t>(threads)) {
  if (import.request.as_decided) return;
  const std::vector<Decision> decisions = newest_about_findings(import.store);
  if (decisions.empty()) return;
  const std::vector<store::Finding> findings = import.store.review().findings(store::kNow);
  for (const Decision& decision : decisions) {
    const store::Finding& f = findings.at(decision.item - 1);
    const auto value = parse_decimal(f.value);
    if (decision.verdict == Verdict::accept || !value) continue;
    Instead instead{*value, decision, {}};
    if (decision.verdict == Verdict::correct)
      instead.corrected = parse_decimal(ingest::read_row_text(decision.changes).fields.at(0)).value_or(*value);
    facts_[fact_key(f.subject, f.kpi, f.period)].push_back(std::move(instead));
    subjects_.insert(f.subject);
  }
}

bool DecidedFacts::is_decided(Worker& worker, const Column& subject, size_t row) const {
  const uint32_t code = subject.codes[row];
  if (code >= worker.subjects.size()) worker.subjects.resize(subject.dictionary.size(), -1);
  int8_t& known = worker.subjects[code];
  if (known < 0) known = subjects_.count(std::string(subject.dictionary[code])) > 0 ? 1 : 0;
  return known == 1;
}

// What was corrected to a value that somebody decided about later goes in as that was decided.
const Decision* DecidedFacts::decided(Frame& frame, size_t row) const {
  const auto fact = facts_.find(
      fact_key(frame.find("subject")->text(row), frame.find("kpi")->text(row), frame.find("period")->text(row)));
  if (fact == facts_.end()) return nullptr;
  Decimal& value = frame.find("value")->decimals[row];
  const Decision* last = nullptr;
  for (const Instead& instead : fact->second) {
    if (instead.value != value) continue;
    last = &instead.decision;
    if (last->verdict == Verdict::drop) return last;
    value = instead.corrected;
  }
  return last;
}

void DecidedFacts::use(ingest::Batch& batch) {
  if (facts_.empty()) return;
  Worker& worker = workers_.at(batch.worker);
  Frame& frame = batch.frame;
  const Column& subject = *frame.find("subject");
  worker.keep.assign(frame.size(), 1);
  for (size_t row = 0; row < frame.size(); ++row) {
    if (!is_decided(worker, subject, row)) continue;
    const Decision* decision = decided(frame, row);
    if (decision == nullptr) continue;
    const bool drop = decision->verdict == Verdict::drop;
    worker.keep[row] = !drop;
    ++(drop ? worker.counts.dropped : worker.counts.corrected);
    if (is_alone_in_line(frame, row)) worker.uses.push_back({0, frame.rows[row], decision->item, decision->id});
  }
  if (std::ranges::count(worker.keep, 0) > 0) keep_rows(frame, worker.keep);
}

void DecidedFacts::note_uses(store::Store& store, ImportedFile& file) const {
  std::vector<store::RowUse> uses;
  for (const Worker& worker : workers_) {
    file.decided.corrected += worker.counts.corrected;
    file.decided.dropped += worker.counts.dropped;
    uses.insert(uses.end(), worker.uses.begin(), worker.uses.end());
  }
  std::ranges::sort(uses, {}, &store::RowUse::line);
  for (store::RowUse& use : uses) use.source = file.source.id;
  store.review().append_row_uses(uses);
}

}  // namespace hr::engine
