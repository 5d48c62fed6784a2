#include "store/database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>

#include "store/checksum.h"

namespace hr::store {

namespace {

Checksum checksum_of(std::string_view table) {
  Checksum sum;
  sum.add(table);
  return sum;
}

// A tag for the type, so that the text "1" and the number 1 differ, and the length, so that cells cannot run together.
void add_cell(Checksum& sum, char type, std::string_view bytes) {
  sum.add(std::string_view(&type, 1));
  sum.add(static_cast<int64_t>(bytes.size()));
  sum.add(bytes);
}

void add_cell(Checksum& sum, int64_t value) {
  sum.add("i");
  sum.add(value);
}

std::string insert_sql(std::string_view table, int columns, bool replace) {
  std::string sql = fmt::format("{} INTO {} VALUES (?", replace ? "REPLACE" : "INSERT", table);
  for (int i = 0; i < columns; ++i) sql += ",?";
  return sql + ")";
}

bool no_space(int system_errno) {
  return system_errno == ENOSPC || system_errno == EDQUOT || system_errno == EFBIG;
}

}  // namespace

Error sqlite_error(int code, const std::string& path, const std::string& detail, int system_errno,
                   double wait_seconds) {
  const auto error = [&](const char* key) { return Error(ErrorKind::system, key, {path, detail}); };
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Error(ErrorKind::system, "store-busy", {path, fmt::format("{:g}", wait_seconds)});
    case SQLITE_READONLY:
      return error("store-read-only");
    case SQLITE_FULL:
      return error("store-full");
    case SQLITE_IOERR:
      return no_space(system_errno) ? error("store-full") : error("store-io");
    case SQLITE_CORRUPT:
      return error("store-damaged");
    case SQLITE_NOTADB:
      return error("store-not-a-store");
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return error("store-cannot-open");
    case SQLITE_NOMEM:
      return error("store-no-memory");
    case SQLITE_TOOBIG:
      return error("store-too-big");
    default:
      return error("store-failed");
  }
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
  const int rc = sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()), &handle_, nullptr);
  if (rc != SQLITE_OK) database_.fail();
}

Statement::~Statement() {
  sqlite3_finalize(handle_);
}

Statement& Statement::bind(std::initializer_list<Value> values) {
  int place = 1;
  for (const Value& value : values) bind(place++, value);
  return *this;
}

void Statement::bind(int place, const Value& value) {
  int rc = SQLITE_OK;
  if (const auto* number = std::get_if<int64_t>(&value)) {
    rc = sqlite3_bind_int64(handle_, place, *number);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    rc =
        sqlite3_bind_text64(handle_, place, text->data() ? text->data() : "", text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else {
    const std::string_view bytes = std::get<Blob>(value).bytes;
    rc = sqlite3_bind_blob64(handle_, place, bytes.data() ? bytes.data() : "", bytes.size(), SQLITE_STATIC);
  }
  if (rc != SQLITE_OK) database_.fail();
}

bool Statement::step() {
  errno = 0;
  const int rc = sqlite3_step(handle_);
  if (rc == SQLITE_ROW) return true;
  if (rc != SQLITE_DONE) database_.fail();
  return false;
}

void Statement::run() {
  step();
  reset();
}

void Statement::reset() {
  if (sqlite3_reset(handle_) != SQLITE_OK) database_.fail();
}

int64_t Statement::integer(int column) const {
  if (sqlite3_column_type(handle_, column) != SQLITE_INTEGER) database_.damaged(sqlite3_sql(handle_));
  return sqlite3_column_int64(handle_, column);
}

int64_t Statement::integer(int column, int64_t low, int64_t high) const {
  const int64_t value = integer(column);
  if (value < low || value > high) database_.damaged(sqlite3_sql(handle_));
  return value;
}

std::string_view Statement::text(int column) const {
  const int type = sqlite3_column_type(handle_, column);
  if (type != SQLITE_TEXT && type != SQLITE_BLOB) database_.damaged(sqlite3_sql(handle_));
  const void* bytes = type == SQLITE_TEXT ? static_cast<const void*>(sqlite3_column_text(handle_, column))
                                          : sqlite3_column_blob(handle_, column);
  const int size = sqlite3_column_bytes(handle_, column);
  if (!bytes && (size != 0 || sqlite3_errcode(database_.handle()) == SQLITE_NOMEM)) database_.fail();
  return {static_cast<const char*>(bytes), static_cast<size_t>(bytes ? size : 0)};
}

bool Statement::is_sound(std::string_view table, int columns) const {
  Checksum sum = checksum_of(table);
  for (int i = 0; i < columns; ++i) {
    const int type = sqlite3_column_type(handle_, i);
    if (type == SQLITE_INTEGER)
      add_cell(sum, sqlite3_column_int64(handle_, i));
    else if (type == SQLITE_TEXT || type == SQLITE_BLOB)
      add_cell(sum, type == SQLITE_TEXT ? 't' : 'b', text(i));
  }
  return integer(columns) == sum.value();
}

void Statement::check_row(std::string_view table, int columns) const {
  if (is_sound(table, columns)) return;
  const bool numbered = sqlite3_column_type(handle_, 0) == SQLITE_INTEGER;
  database_.damaged(fmt::format("{} {}", table, numbered ? std::to_string(sqlite3_column_int64(handle_, 0)) : "?"));
}

RowWriter::RowWriter(Database& database, std::string_view table, int columns, bool replace)
    : database_(database),
      table_(table),
      columns_(columns),
      statement_(database, insert_sql(table, columns, replace)) {}

void RowWriter::write(std::initializer_list<Value> values) {
  Checksum sum = checksum_of(table_);
  int place = 1;
  size_t bytes = 0;
  for (const Value& value : values) {
    statement_.bind(place++, value);
    if (const auto* blob = std::get_if<Blob>(&value)) bytes += blob->bytes.size();
    if (const auto* number = std::get_if<int64_t>(&value))
      add_cell(sum, *number);
    else if (const auto* text = std::get_if<std::string_view>(&value))
      add_cell(sum, 't', *text);
    else
      add_cell(sum, 'b', std::get<Blob>(value).bytes);
  }
  statement_.bind(columns_ + 1, int64_t{sum.value()});
  statement_.run();
  database_.written(bytes);
}

Database::Database(std::unique_ptr<SQLite::Database> connection, std::string path)
    : connection_(std::move(connection)), path_(std::move(path)) {
  sqlite3_extended_result_codes(handle(), 1);
}

Database::~Database() {
  end_write_back();
}

// A hint to the system, whose failure costs time alone. A second descriptor of the WAL does no harm when it is closed:
// no lock is on it. (On the store's file it would take SQLite's locks away.)
void Database::written(size_t bytes) {
  written_ += bytes;
#ifdef SYNC_FILE_RANGE_WRITE
  constexpr size_t kSome = size_t{8} << 20U;
  if (written_ < kSome || !has_file()) return;
  written_ = 0;
  if (wal_ < 0) wal_ = open(sqlite3_filename_wal(sqlite3_db_filename(handle(), "main")), O_WRONLY | O_CLOEXEC);
  if (wal_ >= 0) sync_file_range(wal_, 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
}

void Database::end_write_back() {
  if (wal_ >= 0) close(wal_);
  wal_ = -1;
  written_ = 0;
}

sqlite3* Database::handle() const {
  return connection_->getHandle();
}

bool Database::in_transaction() const {
  return sqlite3_get_autocommit(handle()) == 0;
}

bool Database::read_only() const {
  return sqlite3_db_readonly(handle(), "main") == 1;
}

void Database::execute(const std::string& sql) {
  errno = 0;
  if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail();
}

int64_t Database::integer(std::string_view sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.integer(0) : 0;
}

std::string Database::string(std::string_view sql) {
  Statement statement(*this, sql);
  return statement.step() ? statement.string(0) : std::string();
}

void Database::fail() const {
  const int why = errno;  // SQLite itself keeps the errno of some failures only; this one was cleared before the call
  throw sqlite_error(sqlite3_extended_errcode(handle()), path_, sqlite3_errmsg(handle()), why, wait_seconds);
}

void refuse_damaged(const std::string& path, const std::string& where) {
  throw Error(ErrorKind::system, "store-damaged", {path, where});
}

void Database::damaged(const std::string& where) const {
  refuse_damaged(path_, where);
}

WriteScope::WriteScope(Database& database) : database_(database) {
  database.execute("BEGIN IMMEDIATE");
}

WriteScope::~WriteScope() {
  database_.end_write_back();
  if (open_ && database_.in_transaction()) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void WriteScope::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

ReadScope::ReadScope(Database& database) : database_(database) {
  const std::scoped_lock lock(database.mutex_);
  if (database.readers_ == 0) {
    if (database.in_transaction()) return;
    database.execute("BEGIN");
  }
  ++database.readers_;
  counted_ = true;
}

ReadScope::~ReadScope() {
  if (!counted_) return;
  const std::scoped_lock lock(database_.mutex_);
  if (--database_.readers_ == 0) sqlite3_exec(database_.handle(), "COMMIT", nullptr, nullptr, nullptr);
}

}  // namespace hr::store
