// What happens at the door: new stores, older and newer ones, and all the things that are no store.
#include "store/open_database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <fstream>
#include <iterator>

#include "base/digest.h"
#include "store/migrations.h"
#include "store/sqlite_store.h"
#include "store_fixture.h"
#include "support/crash_test.h"

namespace hr::store {

namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

unsigned mode_of(const std::string& path) {
  struct stat info = {};
  REQUIRE(stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777U;
}

std::string error_of_open(const std::string& path, bool create = true) {
  OpenOptions options;
  options.create = create;
  return error_of([&] { open_store(path, options); });
}

// Files in the folder and their content.
std::vector<std::string> state_of(const TemporaryFolder& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    if (entry.path().string().ends_with("-shm"))
      continue;  // SQLite's scratch memory: says nothing that the others do not
    files.push_back(entry.path().filename().string() + " " + sha256(bytes_of(entry.path().string())));
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Runs `action` in a process that is not root and may not write where it may not; its exit code.
template <class Action>
int as_nobody(const Action& action) {
  const pid_t child = fork();
  if (child == 0) {
    if (geteuid() == 0 && (setgid(65'534) != 0 || setuid(65'534) != 0)) _exit(99);
    _exit(action());
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

// Commits import 1 and dies without closing: the import is in the WAL only.
void leave_hot_wal(const std::string& path) {
  const pid_t child = fork();
  if (child == 0) {
    auto store = open_store(path);
    crash::import(*store, 1);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  REQUIRE(std::filesystem::file_size(path + "-wal") > 0);
}

std::vector<EmbeddedFile> with_next(std::string_view sql) {
  std::vector<EmbeddedFile> all(store_migrations().begin(), store_migrations().end());
  all.push_back({"0002_next.sql", sql});
  return all;
}

}  // namespace

TEST_CASE("a new store is readable by its owner only and its name may be anything") {
  const TemporaryFolder folder;
  const mode_t before = umask(0);
  for (const std::string name : {"hr.db", "a b?mode=ro&x#1%20.db", "绩效 2026.db", "file:x.db"}) {
    const auto store = open_store(folder / name);
    crash::import(*store, 1);
    CHECK(mode_of(folder / name) == 0600);
    CHECK(mode_of((folder / name) + "-wal") == 0600);
    CHECK(store->path() == folder / name);
  }
  umask(before);
  CHECK(crash::fault(*open_store(folder / "a b?mode=ro&x#1%20.db"), 1) == "");
}

TEST_CASE("the file says that it is a store of hrctl and durable by its settings") {
  const TemporaryFolder folder;
  const auto database = open_database(folder / "hr.db", {}, store_migrations());
  CHECK(database->integer("PRAGMA application_id") == 0x48524354);
  CHECK(database->integer("PRAGMA user_version") == latest_version(store_migrations()));
  CHECK(database->string("PRAGMA journal_mode") == "wal");
  CHECK(database->integer("PRAGMA synchronous") == 2);
  CHECK(database->integer("PRAGMA foreign_keys") == 1);
  CHECK(
      database->integer(
          "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%' AND NOT strict") ==
      0);
}

TEST_CASE("what is not a store is named for what it is") {
  const TemporaryFolder folder;
  CHECK(error_of_open(folder / "none.db", false) == "store-missing");
  CHECK_FALSE(std::filesystem::exists(folder / "none.db"));
  CHECK(error_of_open(folder / "no/such/folder.db") == "store-no-folder");
  CHECK(error_of_open(folder.path()) == "store-is-folder");
  CHECK(error_of_open("") == "store-cannot-open");
  CHECK(error_of_open(std::string("a\0b", 3)) == "store-cannot-open");
  CHECK(error_of_open("/dev/zero") == "store-not-a-file");
  REQUIRE(mkfifo((folder / "fifo").c_str(), 0600) == 0);
  CHECK(error_of_open(folder / "fifo") == "store-not-a-file");
  std::filesystem::create_symlink("loop", folder / "loop");
  CHECK(error_of_open(folder / "loop") == "store-cannot-open");
  for (const std::string& text :
       {std::string("employee_id,name\n"), std::string("x"), std::string(5000, 'x'), std::string(5000, '\0')}) {
    write_bytes(folder / "text.csv", text);
    CHECK(error_of_open(folder / "text.csv") == "store-not-a-store");
    CHECK(bytes_of(folder / "text.csv") == text);
  }
}

TEST_CASE("an empty file becomes a store only for those who may make one") {
  const TemporaryFolder folder;
  write_bytes(folder / "hr.db", "");
  CHECK(error_of_open(folder / "hr.db", false) == "store-missing");
  CHECK(error_of_open(folder / "hr.db") == "");
  CHECK(error_of_open(folder / "hr.db", false) == "");
}

TEST_CASE("a database of another program is left alone") {
  const TemporaryFolder folder;
  { SQLite::Database(folder / "a.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE t (x)"); }
  {
    SQLite::Database(folder / "b.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
        .exec("PRAGMA application_id = 7; CREATE TABLE t (x)");
  }
  const auto before = state_of(folder);
  CHECK(error_of_open(folder / "a.db") == "store-foreign");
  CHECK(error_of_open(folder / "b.db") == "store-foreign");
  CHECK(state_of(folder) == before);
}

TEST_CASE("a newer store is refused and untouched") {
  const TemporaryFolder folder;
  { crash::import(*open_store(folder / "hr.db"), 1); }
  std::string bytes = bytes_of(folder / "hr.db");
  bytes[63] = 9;  // user_version, big-endian at 60 (SQLite file format, 1.3)
  write_bytes(folder / "hr.db", bytes);
  const auto before = state_of(folder);
  CHECK(error_of_open(folder / "hr.db") == "store-newer");
  CHECK(state_of(folder) == before);
  CHECK(before.size() == 1);
}

TEST_CASE("a store that is newer in its WAL only is refused and untouched too") {
  const TemporaryFolder folder;
  const pid_t child = fork();
  if (child == 0) {
    const auto migrations = with_next("CREATE TABLE later (x INTEGER) STRICT;");
    const auto database = open_database(folder / "hr.db", {}, migrations);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
  const auto before = state_of(folder);
  REQUIRE(before.size() == 2);
  CHECK(error_of_open(folder / "hr.db") == "store-newer");
  CHECK(state_of(folder) == before);
}

TEST_CASE("an older store is copied and then brought up to date") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  { crash::import(*open_store(path), 1); }
  const auto migrations = with_next("CREATE TABLE later (x INTEGER) STRICT;");
  {
    SqliteStore store(open_database(path, {}, migrations));
    CHECK(crash::fault(store, 1) == "");
    crash::import(store, 2);
  }
  CHECK(mode_of(path + ".v1.backup") == 0600);
  CHECK(crash::fault(*open_store(path + ".v1.backup"), 1) == "");  // still of version 1
  CHECK(error_of_open(path) == "store-newer");
  std::filesystem::remove(path + ".v1.backup-wal");
  { open_database(path, {}, migrations); }  // nothing to do: no second copy
  CHECK_FALSE(std::filesystem::exists(path + ".v1.2.backup"));
}

TEST_CASE("a migration that fails leaves the store as it was") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  { crash::import(*open_store(path), 1); }
  const auto migrations = with_next("CREATE TABLE later (x INTEGER) STRICT; CREATE TABLE kpi (x);");
  CHECK(error_of([&] { open_database(path, {}, migrations); }) == "store-failed");
  CHECK(crash::fault(*open_store(path), 1) == "");
  CHECK(error_of([&] { open_database(path, {}, migrations); }) == "store-failed");
  CHECK(std::filesystem::exists(path + ".v1.2.backup"));  // no copy is written over
}

TEST_CASE("a version in the header that the store does not confirm is damage") {
  const TemporaryFolder folder;
  const auto migrations = with_next("CREATE TABLE later (x INTEGER) STRICT;");
  { open_database(folder / "hr.db", {}, migrations); }
  std::string bytes = bytes_of(folder / "hr.db");
  bytes[63] = 1;
  write_bytes(folder / "hr.db", bytes);
  CHECK(error_of_open(folder / "hr.db") == "store-damaged");
}

TEST_CASE("what a crash left in the WAL is there for readers and for writers") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  leave_hot_wal(path);
  OpenOptions reading;
  reading.read_only = true;
  CHECK(crash::fault(*open_store(path, reading), 1) == "");
  leave_hot_wal(folder / "other.db");
  CHECK(crash::fault(*open_store(folder / "other.db"), 1) == "");
}

TEST_CASE("a store opened for reading cannot be written") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  { crash::import(*open_store(path), 1); }
  OpenOptions reading;
  reading.read_only = true;
  const auto store = open_store(path, reading);
  CHECK(error_of([&] { crash::import(*store, 2); }) == "store-read-only");
  CHECK(crash::fault(*store, 1) == "");
  CHECK(error_of([&] { open_store(folder / "none.db", reading); }) == "store-missing");
}

TEST_CASE("a store where nothing may be written is read and says so when written") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  { crash::import(*open_store(path), 1); }
  REQUIRE(chmod(path.c_str(), 0444) == 0);
  REQUIRE(chmod(folder.path().c_str(), 0555) == 0);
  const int code = as_nobody([&] {
    std::unique_ptr<Store> store;
    if (!error_of([&] { store = open_store(path); }).empty()) return 3;
    if (!crash::fault(*store, 1).empty() || !store->health().integrity_ok) return 2;
    return error_of([&] { crash::import(*store, 2); }) == "store-read-only" ? 0 : 1;
  });
  CHECK(code == 0);
  CHECK(as_nobody([&] { return error_of_open(folder / "new.db") == "store-cannot-create" ? 0 : 1; }) == 0);
  const auto migrations = with_next("CREATE TABLE later (x INTEGER) STRICT;");
  CHECK(as_nobody([&] { return error_of([&] { open_database(path, {}, migrations); }) == "store-older" ? 0 : 1; }) ==
        0);
  REQUIRE(chmod(path.c_str(), 0) == 0);
  CHECK(as_nobody([&] { return error_of_open(path) == "store-unreadable" ? 0 : 1; }) == 0);
  REQUIRE(chmod(folder.path().c_str(), 0700) == 0);
}

TEST_CASE("a store that needs recovery where nothing may be written says what to do") {
  const TemporaryFolder folder;
  const std::string path = folder / "hr.db";
  leave_hot_wal(path);
  std::filesystem::remove(path + "-shm");
  REQUIRE(chmod(path.c_str(), 0444) == 0);
  REQUIRE(chmod((path + "-wal").c_str(), 0444) == 0);
  REQUIRE(chmod(folder.path().c_str(), 0555) == 0);
  CHECK(as_nobody([&] { return error_of_open(path) == "store-needs-recovery" ? 0 : 1; }) == 0);
  REQUIRE(chmod(folder.path().c_str(), 0700) == 0);
  REQUIRE(chmod(path.c_str(), 0600) == 0);
  REQUIRE(chmod((path + "-wal").c_str(), 0600) == 0);
  CHECK(crash::fault(*open_store(path), 1) == "");
}

TEST_CASE("a temporary store keeps more than SQLite holds in memory, and nothing after it is gone") {
  const std::string large(size_t{8} << 20U, 'x');  // four times SQLite's cache
  {
    const auto store = open_temporary_store();
    CHECK(store->path() == ":temporary:");
    const auto transaction = store->begin();
    store->append_definitions({{"large.yaml", large}}, {0, "hash", 10, "me", ""});
    transaction->commit();
    CHECK(store->definition_files(1)[0].text == large);
    CHECK(store->health().integrity_ok);
  }
  CHECK_FALSE(open_temporary_store()->latest_definitions(kNow));
}

}  // namespace hr::store
