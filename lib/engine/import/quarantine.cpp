#include "engine/import/quarantine.h"

#include <algorithm>
#include <unordered_set>

#include "base/parallel.h"
#include "engine/stored_sentence.h"
#include "ingest/row_text.h"

namespace hr::engine {

namespace {

std::vector<store::QuarantinedRow> quarantined_rows(const ImportedFile& file) {
  constexpr size_t kPiece = 1024;
  std::vector<store::QuarantinedRow> rows(file.rejected.size());
  for_ranges(rows.size(), kPiece, hardware_threads(), [&](size_t begin, size_t end, size_t) {
    for (size_t i = begin; i < end; ++i) {
      const ingest::RejectedRow& r = file.rejected[i];
      rows[i] = {file.source.id,
                 r.line,
                 r.column,
                 r.value,
                 r.reason.code,
                 sentence_to_store(r.reason.message, r.reason.args),
                 ingest::row_text(file.headings, r.fields, file.given)};
    }
  });
  return rows;
}

// Rows that wait in quarantine already are not put there a second time.
std::vector<store::QuarantinedRow> not_there_yet(store::Store& store, model::TableId table,
                                                 std::vector<store::QuarantinedRow> rows) {
  if (rows.empty()) return rows;
  std::vector<std::string_view> fields(rows.size());
  std::transform(rows.begin(), rows.end(), fields.begin(),
                 [](const store::QuarantinedRow& row) { return std::string_view(row.fields); });
  const std::vector<store::QuarantinedRow> alike = store.quarantine_of(fields);
  if (alike.empty()) return rows;
  const std::vector<store::Source> sources = store.sources(store::kNow);
  const auto same_row = [](const store::QuarantinedRow& row) {
    const bool is_read = !ingest::read_row_text(row.fields).fields.empty();
    return row.code + '\x1d' + row.column + '\x1d' + row.value + '\x1d' + row.fields +
           (is_read ? "" : '\x1d' + std::to_string(row.line));
  };
  std::unordered_set<std::string> waiting;
  for (const store::QuarantinedRow& row : alike) {
    if (sources.at(row.source - 1).table == table) waiting.insert(same_row(row));
  }
  rows.erase(
      std::remove_if(rows.begin(), rows.end(), [&](const auto& row) { return waiting.count(same_row(row)) > 0; }),
      rows.end());
  return rows;
}

}  // namespace

bool is_aside(const ImportedFile& file, uint32_t line, const std::vector<std::string>& fields) {
  auto row = std::ranges::lower_bound(file.rejected, line, {}, &ingest::RejectedRow::line);
  while (row != file.rejected.end() && row->line == line && row->fields != fields) ++row;
  return row != file.rejected.end() && row->line == line;
}

void append_quarantine_of(store::Store& store, ImportedFile& file) {
  const auto rows = not_there_yet(store, file.source.table, quarantined_rows(file));
  file.newly_aside = rows.size();
  store.append_quarantine(rows);
}

}  // namespace hr::engine
