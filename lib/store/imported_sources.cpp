#include "store/imported_sources.h"

#include <unordered_set>

namespace hr::store {

namespace {

constexpr int kSourceColumns = 14;
constexpr int kQuarantineColumns = 8;

int64_t count(uint64_t n) {
  return static_cast<int64_t>(n);
}

void write_source(Database& database, const Source& s, bool replace) {
  RowWriter(database, "source", kSourceColumns, replace)
      .write({int64_t{s.id}, model::imported_table(s.table).name, s.file, s.sha256, s.mapping, s.imported_at,
              s.imported_by, count(s.rows_read), count(s.rows_new), count(s.rows_changed), count(s.rows_unchanged),
              count(s.rows_quarantined), int64_t{s.wide}, s.effective ? to_string(*s.effective) : std::string()});
}

uint64_t count_at(const Statement& row, int column) {
  return static_cast<uint64_t>(row.integer(column, 0, INT64_MAX));
}

Source read_source(const Database& database, const Statement& row) {
  row.check_row("source", kSourceColumns);
  const auto table = model::find_imported_table(row.text(1));
  if (!table) database.damaged("source " + row.string(1));
  Source s;
  s.id = static_cast<uint32_t>(row.integer(0, 1, UINT32_MAX));
  s.table = *table;
  s.file = row.string(2);
  s.sha256 = row.string(3);
  s.mapping = row.string(4);
  s.imported_at = row.integer(5);
  s.imported_by = row.string(6);
  s.rows_read = count_at(row, 7);
  s.rows_new = count_at(row, 8);
  s.rows_changed = count_at(row, 9);
  s.rows_unchanged = count_at(row, 10);
  s.rows_quarantined = count_at(row, 11);
  s.wide = row.integer(12, 0, 1) != 0;
  if (!row.text(13).empty()) s.effective = parse_date(row.text(13));
  return s;
}

}  // namespace

uint32_t append_source(Database& database, const Source& source) {
  Source numbered = source;
  numbered.id = static_cast<uint32_t>(database.integer("SELECT coalesce(max(source_id), 0) + 1 FROM source"));
  write_source(database, numbered, false);
  return numbered.id;
}

void finish_source(Database& database, const Source& source) {
  Statement there(database, "SELECT 1 FROM source WHERE source_id = ?");
  if (!there.bind({int64_t{source.id}}).step()) database.damaged("source " + std::to_string(source.id));
  there.reset();
  write_source(database, source, true);
}

std::vector<Source> read_sources(Database& database, Timestamp known) {
  std::vector<Source> all;
  Statement rows(database, "SELECT * FROM source WHERE imported_at <= ? ORDER BY source_id");
  rows.bind({known});
  while (rows.step()) all.push_back(read_source(database, rows));
  return all;
}

KnownSources::KnownSources(Database& database, Timestamp known) {
  for (const Source& s : read_sources(database, known)) {
    times_.resize(s.id + size_t{1});
    times_[s.id] = {true, s.imported_at};
  }
}

void append_quarantine(Database& database, const std::vector<QuarantinedRow>& rows) {
  int64_t id = database.integer("SELECT coalesce(max(quarantine_id), 0) + 1 FROM quarantined_row");
  RowWriter writer(database, "quarantined_row", kQuarantineColumns);
  for (const QuarantinedRow& r : rows) {
    writer.write(
        {id++, int64_t{r.source}, int64_t{r.line}, r.column, Blob{r.value}, r.code, Blob{r.message}, Blob{r.fields}});
  }
}

static QuarantinedRow quarantined_row(const Statement& rows) {
  rows.check_row("quarantined_row", kQuarantineColumns);
  return {static_cast<uint32_t>(rows.integer(1, 0, UINT32_MAX)),
          static_cast<uint32_t>(rows.integer(2, 0, UINT32_MAX)),
          rows.string(3),
          rows.string(4),
          rows.string(5),
          rows.string(6),
          rows.string(7),
          static_cast<uint32_t>(rows.integer(0, 1, UINT32_MAX))};
}

std::vector<QuarantinedRow> read_quarantine(Database& database) {
  std::vector<QuarantinedRow> all;
  Statement rows(database, "SELECT * FROM quarantined_row ORDER BY quarantine_id");
  while (rows.step()) all.push_back(quarantined_row(rows));
  return all;
}

std::vector<QuarantinedRow> read_quarantine_of(Database& database, std::span<const std::string_view> fields) {
  const std::unordered_set<std::string_view> wanted(fields.begin(), fields.end());
  std::vector<QuarantinedRow> found;
  Statement looked_at(database, "SELECT quarantine_id, fields FROM quarantined_row ORDER BY quarantine_id");
  Statement row(database, "SELECT * FROM quarantined_row WHERE quarantine_id = ?");
  while (!wanted.empty() && looked_at.step()) {
    if (wanted.count(looked_at.text(1)) == 0) continue;
    row.bind({looked_at.integer(0)});
    row.step();
    found.push_back(quarantined_row(row));
    row.reset();
  }
  return found;
}

}  // namespace hr::store
