#include "store/definition_versions.h"

#include "base/digest.h"

namespace hr::store {

namespace {

constexpr int kVersionColumns = 5;
constexpr int kTextColumns = 3;
constexpr int kFileColumns = 4;

int64_t text_id_of(Database& database, const std::string& text) {
  const std::string hash = sha256(text);
  Statement find(database, "SELECT text_id FROM definition_text WHERE sha256 = ?");
  if (find.bind({hash}).step()) return find.integer(0);
  const int64_t id = database.integer("SELECT coalesce(max(text_id), 0) + 1 FROM definition_text");
  RowWriter(database, "definition_text", kTextColumns).write({id, hash, Blob{text}});
  return id;
}

std::optional<DefinitionsVersion> read_version(Statement& row) {
  if (!row.step()) return std::nullopt;
  row.check_row("definitions_version", kVersionColumns);
  return DefinitionsVersion{row.integer(0), row.string(1), row.integer(2), row.string(3), row.string(4)};
}

std::string read_text(Database& database, int64_t id) {
  Statement row(database, "SELECT * FROM definition_text WHERE text_id = ?");
  if (!row.bind({id}).step()) database.damaged("definition_text " + std::to_string(id));
  row.check_row("definition_text", kTextColumns);
  return row.string(2);
}

}  // namespace

DefinitionsVersion append_definitions(Database& database, const std::vector<DefinitionFile>& files,
                                      DefinitionsVersion version) {
  version.id = database.integer("SELECT coalesce(max(version_id), 0) + 1 FROM definitions_version");
  RowWriter(database, "definitions_version", kVersionColumns)
      .write({version.id, version.hash, version.applied_at, version.applied_by, version.reason});
  RowWriter writer(database, "definition_file", kFileColumns);
  int64_t position = 0;
  for (const DefinitionFile& file : files)
    writer.write({version.id, position++, file.path, text_id_of(database, file.text)});
  return version;
}

std::optional<DefinitionsVersion> read_latest_definitions(Database& database, Timestamp known) {
  Statement row(database, "SELECT * FROM definitions_version WHERE applied_at <= ? ORDER BY version_id DESC LIMIT 1");
  return read_version(row.bind({known}));
}

std::optional<DefinitionsVersion> read_definitions_version(Database& database, int64_t id) {
  Statement row(database, "SELECT * FROM definitions_version WHERE version_id = ?");
  return read_version(row.bind({id}));
}

std::vector<DefinitionFile> read_definition_files(Database& database, int64_t version) {
  std::vector<DefinitionFile> files;
  Statement rows(database, "SELECT * FROM definition_file WHERE version_id = ? ORDER BY position");
  rows.bind({version});
  while (rows.step()) {
    rows.check_row("definition_file", kFileColumns);
    files.push_back({rows.string(2), read_text(database, rows.integer(3))});
  }
  return files;
}

}  // namespace hr::store
