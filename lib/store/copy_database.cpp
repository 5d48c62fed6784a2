#include "store/copy_database.h"

#include <sqlite3.h>

#include <string>

#include "store/migrations.h"
#include "store/open_database.h"
#include "store/store_state.h"

namespace hr::store {

namespace {

void copy_pages(Database& from, Database& to) {
  sqlite3_backup* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (backup == nullptr) to.fail();
  sqlite3_backup_step(backup, -1);
  if (sqlite3_backup_finish(backup) != SQLITE_OK) to.fail();
}

// Rows of these tables belong to an imported file; those of the files that were not known yet go with it.
constexpr const char* kOfSource[] = {"review_use", "quarantined_row", "record_block", "name_chunk", "fact_segment"};

void forget_after(Database& database, Timestamp known) {
  const std::string later = std::to_string(known);
  const std::string sources = "(SELECT source_id FROM source WHERE imported_at > " + later + ")";
  const std::string versions = "(SELECT version_id FROM definitions_version WHERE applied_at > " + later + ")";
  database.execute(
      "DELETE FROM fact_origin WHERE segment_id IN (SELECT segment_id FROM fact_segment WHERE source_id IN " + sources +
      ")");
  for (const char* table : kOfSource)
    database.execute("DELETE FROM " + std::string(table) + " WHERE source_id IN " + sources);
  database.execute("DELETE FROM source WHERE imported_at > " + later);
  database.execute("DELETE FROM definition_file WHERE version_id IN " + versions);
  database.execute("DELETE FROM definitions_version WHERE applied_at > " + later);
  for (const char* table : {"cycle_event", "target_change"})
    database.execute("DELETE FROM " + std::string(table) + " WHERE at > " + later);
  database.execute("DELETE FROM review_decision WHERE decided_at > " + later);
  database.execute("DELETE FROM finding WHERE found_at > " + later);
  const std::string runs = "(SELECT run_id FROM run WHERE created_at > " + later + ")";
  for (const char* table : {"run_score_column", "run_score_cells", "calibration_move", "run"})
    database.execute("DELETE FROM " + std::string(table) + " WHERE run_id IN " + runs);
  if (latest_time(database) > known) set_state(database, "latest_time", known);
}

}  // namespace

std::unique_ptr<Database> copy_database(Database& from, Timestamp known) {
  std::unique_ptr<Database> copy = open_database(":memory:", {}, store_migrations());
  copy_pages(from, *copy);
  WriteScope scope(*copy);
  forget_after(*copy, known);
  scope.commit();
  return copy;
}

}  // namespace hr::store
