#include "engine/import/decided_rows.h"

#include <algorithm>

#include "engine/import/quarantine.h"
#include "engine/import/reconcile.h"
#include "ingest/row_given.h"
#include "ingest/row_text.h"

namespace hr::engine {

using store::Decision;
using store::Verdict;

std::unordered_map<std::string, Decision> row_decisions(store::Store& store, model::TableId table) {
  std::unordered_map<std::string, Decision> newest;
  std::vector<Decision> decisions = store.review().decisions(store::kNow);
  std::erase_if(decisions, [](const Decision& d) { return d.kind != store::ItemKind::row; });
  if (decisions.empty()) return newest;
  const std::vector<store::Source> sources = store.sources(store::kNow);
  const std::vector<store::QuarantinedRow> rows = store.quarantine();
  for (const Decision& decision : decisions) {
    const store::QuarantinedRow& row = rows.at(decision.item - 1);
    const bool is_read = !ingest::read_row_text(row.fields).fields.empty();  // else it cannot be known again
    if (is_read && sources.at(row.source - 1).table == table) newest[row.fields] = decision;
  }
  return newest;
}

std::vector<std::string> corrected(const std::vector<std::string>& headings, std::vector<std::string> fields,
                                   const Decision& decision) {
  const ingest::RowFields changes = ingest::read_row_text(decision.changes);
  for (size_t i = 0; i < changes.headings.size(); ++i) {
    const auto at = std::find(headings.begin(), headings.end(), changes.headings[i]);
    const auto field = static_cast<size_t>(at - headings.begin());
    if (field < fields.size()) fields[field] = changes.fields[i];
  }
  return fields;
}

DecidedRows::DecidedRows(const Import& import, const Reading& reading) {
  if (import.request.as_decided) return;
  decisions_ = row_decisions(import.store, import.request.table);
  if (decisions_.empty()) return;
  const std::string given = ingest::given_by(reading.options.mapping);
  std::unordered_set<std::string> texts;
  for (const auto& [text, decision] : decisions_) texts.insert(text);
  ingest::GivenRows found = ingest::find_rows(reading.input, reading.options, texts);
  instead_.headings = std::move(found.headings);
  for (ingest::GivenRow& row : found.rows) {
    const auto decided = decisions_.find(ingest::row_text(instead_.headings, row.fields, given));
    const Decision* decision = decided == decisions_.end() ? nullptr : &decided->second;
    if (decision != nullptr && decision->verdict != Verdict::accept) leave_out_.insert(row.line);
    rows_.push_back({row.line, std::move(row.fields), decision, {}});
  }
  for (Row& row : rows_) {
    const bool dropped = row.decision != nullptr && row.decision->verdict == Verdict::drop;
    if (dropped || leave_out_.count(row.line) == 0) continue;
    const bool changed = row.decision != nullptr && row.decision->verdict == Verdict::correct;
    row.instead = changed ? corrected(instead_.headings, row.fields, *row.decision) : row.fields;
    instead_.rows.push_back({row.line, row.instead});
  }
}

void DecidedRows::leave_out(facts::Frame& frame) const {
  if (leave_out_.empty()) return;
  std::vector<uint8_t> keep(frame.size());
  for (size_t row = 0; row < keep.size(); ++row) keep[row] = leave_out_.count(frame.rows[row]) == 0;
  keep_rows(frame, keep);
}

void DecidedRows::leave_out(std::vector<ingest::RejectedRow>& rejected) const {
  if (!leave_out_.empty()) std::erase_if(rejected, [&](const auto& row) { return leave_out_.count(row.line) > 0; });
}

void DecidedRows::restore(std::vector<ingest::RejectedRow>& rejected) const {
  for (ingest::RejectedRow& r : rejected) {
    if (leave_out_.count(r.line) == 0) continue;
    const auto of_line = of(r.line);
    const auto row = std::ranges::find(of_line, r.fields, &Row::instead);
    if (row != of_line.end()) r.fields = row->fields;
  }
}

std::string DecidedRows::reason(uint32_t line) const {
  for (const Row& row : of(line)) {
    if (row.decision != nullptr) return row.decision->reason;
  }
  return {};
}

std::span<const DecidedRows::Row> DecidedRows::of(uint32_t line) const {
  const auto first = std::ranges::lower_bound(rows_, line, {}, &Row::line);
  return {first, std::ranges::upper_bound(first, rows_.end(), line, {}, &Row::line)};
}

void DecidedRows::note_uses(ImportedFile& file) const {
  for (const Row& row : rows_) {
    // A row that is set aside all the same waits on.
    if (row.decision == nullptr || is_aside(file, row.line, row.fields)) continue;
    file.uses.push_back({file.source.id, row.line, row.decision->item, row.decision->id});
    file.decided.accepted += row.decision->verdict == Verdict::accept;
    file.decided.corrected += row.decision->verdict == Verdict::correct;
    file.decided.dropped += row.decision->verdict == Verdict::drop;
  }
}

}  // namespace hr::engine
