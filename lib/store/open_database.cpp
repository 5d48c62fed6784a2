#include "store/open_database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "store/migrations.h"
#include "store/store_state.h"

namespace hr::store {

namespace {

[[noreturn]] void refuse(const char* key, const std::string& path, const std::string& detail = {}) {
  throw Error(ErrorKind::system, key, {path, detail});
}

// SQLite would take names that begin with "file:" or ':' for something else than a file.
std::string file_name(const std::string& path) {
  return path.starts_with('/') ? path : "./" + path;
}

// A new store is readable by its owner only: it holds salaries. Its -wal and -shm files take over the mode.
void make_file(const std::string& path) {
  const int file = open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) {
    if (errno == EEXIST) return;
    if (errno == ENOENT || errno == ENOTDIR) refuse("store-no-folder", path);
    refuse("store-cannot-create", path, std::strerror(errno));
  }
  close(file);
  const size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
  const int parent = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (parent < 0) return;
  fsync(parent);  // so that the file itself survives a power cut
  close(parent);
}

// Makes the file when it is not there and may be made; says what is wrong when it is no file.
void check_kind(const std::string& path, const OpenOptions& options) {
  if (path.empty() || path.find('\0') != std::string::npos) refuse("store-cannot-open", path, std::strerror(EINVAL));
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0) {
    if (errno != ENOENT && errno != ENOTDIR) refuse("store-cannot-open", path, std::strerror(errno));
    if (!options.create || options.read_only) throw Error(ErrorKind::rejected, "store-missing", {path});
    return make_file(path);
  }
  if (S_ISDIR(info.st_mode)) refuse("store-is-folder", path);
  if (!S_ISREG(info.st_mode)) refuse("store-not-a-file", path);
}

uint32_t big_endian(const std::array<unsigned char, 100>& header, size_t at) {
  return static_cast<uint32_t>(header[at]) << 24U | static_cast<uint32_t>(header[at + 1]) << 16U |
         static_cast<uint32_t>(header[at + 2]) << 8U | header[at + 3];
}

[[noreturn]] void refuse_newer(const std::string& path, int64_t version, int latest) {
  throw Error(ErrorKind::system, "store-newer", {path, std::to_string(version), std::to_string(latest)});
}

// Reads the header without SQLite, so that what is not ours, or newer, is not touched at all.
void check_header(const std::string& path, int latest) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    refuse(errno == EACCES || errno == EPERM ? "store-unreadable" : "store-cannot-open", path, std::strerror(errno));
  std::array<unsigned char, 100> header{};
  const ssize_t n = read(file, header.data(), header.size());
  const int why = errno;
  close(file);
  if (n < 0) refuse("store-io", path, std::strerror(why));
  if (n == 0) return;
  if (n < 100 || std::memcmp(header.data(), "SQLite format 3", 16) != 0) refuse("store-not-a-store", path);
  const uint32_t application = big_endian(header, 68);
  const uint32_t version = big_endian(header, 60);
  if (application != 0 && application != static_cast<uint32_t>(kApplicationId)) refuse("store-foreign", path);
  if (application != 0 && version > static_cast<uint32_t>(latest)) refuse_newer(path, version, latest);
}

int milliseconds(double seconds) {
  return seconds > 0 ? static_cast<int>(std::min(seconds * 1000, 2e9)) : 0;
}

std::unique_ptr<Database> connect(const std::string& path, const std::string& name, int flags,
                                  const OpenOptions& options) {
  try {
    // Counts of memory that nobody reads, under a lock for all threads. Before the first connection; later it is
    // refused.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(uncounted);
    // Threads that read and write facts share the connection, each with its own statements.
    flags |= SQLite::OPEN_FULLMUTEX;
    auto connection = std::make_unique<SQLite::Database>(name, flags, milliseconds(options.wait_seconds));
    auto database = std::make_unique<Database>(std::move(connection), path);
    database->wait_seconds = options.wait_seconds;
    return database;
  } catch (const SQLite::Exception& e) {
    throw sqlite_error(e.getExtendedErrorCode(), path, e.what(), errno, options.wait_seconds);
  }
}

void configure(Database& database) {
  sqlite3* handle = database.handle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);  // until it is known to be ours
  database.execute("PRAGMA foreign_keys = ON");
  database.execute("PRAGMA cell_size_check = ON");
  database.execute("PRAGMA temp_store = MEMORY");
}

bool has_bytes(const std::string& path) {
  struct stat info = {};
  return stat(path.c_str(), &info) == 0 && info.st_size > 0;
}

std::string as_uri(const std::string& name) {
  std::string uri = "file:";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '?' || c == '#' || c == '%')
      uri += fmt::format("%{:02X}", byte);
    else
      uri += c;
  }
  return uri + "?immutable=1";
}

bool is_readable(Database& database) {
  try {
    database.integer("PRAGMA schema_version");
    database.integer("SELECT count(*) FROM sqlite_schema");
    return true;
  } catch (const Error& e) {
    if (e.message() == "store-read-only" || e.message() == "store-cannot-open") return false;
    throw;
  }
}

// Read-write whenever possible, so that what a crash left in the WAL is recovered. On read-only media SQLite cannot
// make the -shm file that WAL needs: there the file is read as it lies, which is right as long as it has no WAL.
std::unique_ptr<Database> connect_file(const std::string& path, const OpenOptions& options) {
  const std::string name = file_name(path);
  std::unique_ptr<Database> database = connect(path, name, SQLite::OPEN_READWRITE, options);
  configure(*database);
  if (is_readable(*database)) return database;
  if (has_bytes(path + "-wal")) refuse("store-needs-recovery", path);
  database = connect(path, as_uri(name), SQLite::OPEN_READONLY | SQLite::OPEN_URI, options);
  configure(*database);
  database->integer("SELECT count(*) FROM sqlite_schema");
  return database;
}

// WAL mode needs the file for itself for a moment; SQLite does not wait for that by itself.
void use_wal(Database& database, double wait_seconds) {
  if (!database.has_file() || database.string("PRAGMA journal_mode") == "wal") return;
  for (int waited = 0;; waited += 20) {
    try {
      database.string("PRAGMA journal_mode = WAL");
      return;
    } catch (const Error& e) {
      if (e.message() != "store-busy" || waited >= milliseconds(wait_seconds)) throw;
    }
    usleep(20'000);
  }
}

// The version that the file says it has, 0 when it is empty.
int64_t checked_version(Database& database, int latest) {
  const ReadScope scope(database);
  const int64_t application = database.integer("PRAGMA application_id");
  const int64_t version = database.integer("PRAGMA user_version");
  if (application == 0 && version == 0 && database.integer("SELECT count(*) FROM sqlite_schema") == 0) return 0;
  if (application != kApplicationId) refuse("store-foreign", database.path());
  if (version > latest) refuse_newer(database.path(), version, latest);
  if (version < 1) database.damaged("user_version");
  return version;
}

void bring_up_to_date(Database& database, const OpenOptions& options, std::span<const EmbeddedFile> migrations) {
  const int latest = latest_version(migrations);
  const int64_t version = checked_version(database, latest);
  if (version == 0 && (!options.create || options.read_only))
    throw Error(ErrorKind::rejected, "store-missing", {database.path()});
  if (version < latest && database.read_only()) {
    throw Error(ErrorKind::system, "store-older", {database.path(), std::to_string(version), std::to_string(latest)});
  }
  if (version == 0) database.execute("PRAGMA page_size = 16384");
  if (!database.read_only()) {
    use_wal(database, options.wait_seconds);
    database.execute("PRAGMA synchronous = FULL");  // with WAL: a commit that returned survives a power cut
  }
  if (version < latest) migrate(database, migrations);
  if (state(database, "schema_version") != latest) database.damaged("schema_version");
}

}  // namespace

std::unique_ptr<Database> open_database(const std::string& path, const OpenOptions& options,
                                        std::span<const EmbeddedFile> migrations) {
  std::unique_ptr<Database> database;
  if (path == ":memory:" || path == kTemporary) {
    database = connect(path, path == kTemporary ? "" : path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, options);
    configure(*database);
  } else {
    check_kind(path, options);
    check_header(path, latest_version(migrations));
    database = connect_file(path, options);
  }
  bring_up_to_date(*database, options, migrations);
  sqlite3_db_config(database->handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
  if (options.read_only) database->execute("PRAGMA query_only = ON");
  return database;
}

}  // namespace hr::store
