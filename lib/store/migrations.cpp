#include "store/migrations.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/store_state.h"

namespace hr::embedded {
extern const std::span<const hr::EmbeddedFile> store_migrations;
}

namespace hr::store {

namespace {

int version_of(const EmbeddedFile& migration) {
  int version = 0;
  for (const char c : migration.path.substr(0, 4)) version = version * 10 + (c - '0');
  return version;
}

// A new, empty file that only its owner can read; VACUUM INTO takes an empty one.
std::string make_backup_file(const std::string& store, int version) {
  for (int n = 1; n < 1000; ++n) {
    const std::string path =
        n == 1 ? fmt::format("{}.v{}.backup", store, version) : fmt::format("{}.v{}.{}.backup", store, version, n);
    const int file = open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) {
      close(file);
      return path;
    }
    if (errno != EEXIST) throw Error(ErrorKind::system, "store-no-backup", {store, path, std::strerror(errno)});
  }
  throw Error(ErrorKind::system, "store-no-backup", {store, store, std::strerror(EEXIST)});
}

void sync_file(const std::string& store, const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = file >= 0 && fsync(file) == 0;
  const int why = errno;
  if (file >= 0) close(file);
  if (!synced) throw Error(ErrorKind::system, "store-no-backup", {store, path, std::strerror(why)});
}

void back_up(Database& database, int version) {
  const std::string backup = make_backup_file(database.path(), version);
  try {
    Statement copy(database, "VACUUM INTO ?");
    copy.bind({std::string_view(backup)}).run();
    sync_file(database.path(), backup);
  } catch (...) {
    unlink(backup.c_str());
    throw;
  }
}

int stored_version(Database& database) {
  return static_cast<int>(database.integer("PRAGMA user_version"));
}

}  // namespace

std::span<const EmbeddedFile> store_migrations() {
  return embedded::store_migrations;
}

int latest_version(std::span<const EmbeddedFile> migrations) {
  return migrations.empty() ? 0 : version_of(migrations.back());
}

void migrate(Database& database, std::span<const EmbeddedFile> migrations) {
  const int latest = latest_version(migrations);
  const int before = stored_version(database);
  if (before > 0 && database.has_file()) back_up(database, before);
  WriteScope scope(database);
  const int from = stored_version(database);  // another process may have migrated it meanwhile
  if (from >= latest) return;
  for (const EmbeddedFile& migration : migrations) {
    if (version_of(migration) > from) database.execute(std::string(migration.text));
  }
  set_state(database, "schema_version", latest);
  if (from == 0) set_state(database, "latest_time", 0);
  database.execute(fmt::format("PRAGMA user_version = {}", latest));
  database.execute(fmt::format("PRAGMA application_id = {}", kApplicationId));
  scope.commit();
}

}  // namespace hr::store
