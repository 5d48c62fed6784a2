// One connection to the SQLite file: statements whose every bind and column call is checked, rows that carry a
// checksum, and SQLite's errors as hr::Error. Internal to the store.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.h"
#include "store/store.h"

struct sqlite3;
struct sqlite3_stmt;
namespace SQLite {
class Database;
}

namespace hr::store {

inline constexpr int32_t kApplicationId = 0x48524354;  // "HRCT": says that an SQLite file is a store of hrctl

struct Blob {
  std::string_view bytes;
};
using Value = std::variant<int64_t, std::string_view, Blob>;

class Database;

// One prepared statement. Text and blobs bound to it must live until the next reset(). Not shared between threads.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::initializer_list<Value> values);  // from the first place on
  void bind(int place, const Value& value);              // places count from 1
  bool step();                                           // false = no more rows
  void run();                                            // for statements without rows: step and reset
  void reset();

  int64_t integer(int column) const;
  int64_t integer(int column, int64_t low, int64_t high) const;  // else the row is damaged
  std::string_view text(int column) const;                       // text or blob; lives until the next step or reset
  std::string string(int column) const { return std::string(text(column)); }

  // Whether the row has its checksum: columns 0 to `columns` − 1 are a whole row of `table`, the next is `checksum`.
  bool is_sound(std::string_view table, int columns) const;
  void check_row(std::string_view table, int columns) const;  // Database::damaged() where it is not

 private:
  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
};

// Inserts whole rows into one table, each with its checksum.
class RowWriter {
 public:
  RowWriter(Database& database, std::string_view table, int columns, bool replace = false);
  void write(std::initializer_list<Value> values);  // all columns but the checksum, in order

 private:
  Database& database_;
  std::string table_;
  int columns_;
  Statement statement_;
};

class Database {
 public:
  Database(std::unique_ptr<SQLite::Database> connection, std::string path);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::string& path() const { return path_; }
  bool has_file() const { return !path_.starts_with(':'); }  // one that has a name and stays
  sqlite3* handle() const;
  bool in_transaction() const;
  bool read_only() const;  // because the file or its medium is

  void execute(const std::string& sql);   // statements without rows
  int64_t integer(std::string_view sql);  // the first column of the first row; 0 when there is none
  std::string string(std::string_view sql);

  [[noreturn]] void fail() const;  // what SQLite said last, as an Error
  [[noreturn]] void damaged(const std::string& where) const;

  double wait_seconds = 0;  // for messages

 private:
  friend class ReadScope;
  friend class RowWriter;
  friend class WriteScope;

  // So many bytes of blobs have been stored: now and then what SQLite has written to the WAL begins its way to the
  // disk, so that the commit waits for the rest alone. By one thread at a time, like everything that writes.
  void written(size_t bytes);
  void end_write_back();

  std::unique_ptr<SQLite::Database> connection_;
  std::string path_;
  std::mutex mutex_;    // of readers_
  int readers_ = 0;     // how many read scopes share the transaction
  size_t written_ = 0;  // bytes since the last write-back
  int wal_ = -1;        // a descriptor of its own, for write-back
};

// What Database::damaged() throws, for whoever looks at bytes of the store at `path` when it is no longer at hand.
[[noreturn]] void refuse_damaged(const std::string& path, const std::string& where);

// SQLite's result as an Error: `code` may be extended, `detail` is what SQLite says, `system_errno` why a call failed.
Error sqlite_error(int code, const std::string& path, const std::string& detail, int system_errno, double wait_seconds);

// The one write lock, from here to commit(); without commit() everything is rolled back.
class WriteScope {
 public:
  explicit WriteScope(Database& database);  // waits as long as the connection was told
  ~WriteScope();
  WriteScope(const WriteScope&) = delete;
  WriteScope& operator=(const WriteScope&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

// All reads see one state of the store while this lives; nothing inside a transaction that writes. Scopes of several
// threads share one state.
class ReadScope {
 public:
  explicit ReadScope(Database& database);
  ~ReadScope();
  ReadScope(const ReadScope&) = delete;
  ReadScope& operator=(const ReadScope&) = delete;

 private:
  Database& database_;
  bool counted_ = false;
};

}  // namespace hr::store
