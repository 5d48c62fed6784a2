// Bytes → records of raw fields: the one narrow place where a file is cut up. Knows nothing of headings or types.
// A faster splitter (SIMD) would be another RecordSource.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace hr::ingest {

inline constexpr size_t kMaxField = size_t{64} << 10U;  // bytes
inline constexpr size_t kMaxRecord = size_t{1} << 20U;
inline constexpr size_t kMaxColumns = 1000;

// A field whose text is not a value: a cell of a workbook with an error or with a formula that nobody has computed.
struct CellFault {
  size_t field = 0;
  std::string_view message;  // key of the message table: {0} the text, {1} the heading
};

struct Record {
  uint32_t line = 0;  // where it begins, counted from 1
  size_t begin = 0;   // bytes of the source, without the end of the line
  size_t end = 0;
  std::vector<std::string_view> fields;  // until the next record: into the source, or into `unescaped`

  // What is wrong with its shape: a key of the message table; empty = nothing.
  std::string_view fault;
  std::vector<std::string> fault_args;
  uint32_t fault_line = 0;
  size_t fault_at = 0;  // offset in the source

  std::vector<CellFault> cell_faults;  // ascending field

  std::deque<std::string> unescaped;  // fields that differ from their bytes in the file; a deque never moves them
  size_t unescaped_used = 0;
  std::vector<size_t> filled;  // fields whose text a layout has taken from above, ascending
  std::vector<size_t> starts;  // JSON only: where each field's value stands

  void reset(uint32_t first_line, size_t at);
  std::string& next_unescaped();  // an empty text that lives until the next record
  void set_fault(std::string_view message, uint32_t at_line, size_t at);  // the first one stays
};

struct Place {
  uint32_t line = 0;
  uint32_t col = 0;  // bytes from 1; 0 = not known
  uint32_t len = 0;  // bytes, with quotes
};

class RecordSource {
 public:
  virtual ~RecordSource() = default;
  // The next record, or false at the end. Lines without anything on them are passed over.
  virtual bool next(Record& record) = 0;
  // Where a field of a record stands.
  virtual Place place(const Record& record, size_t field) const = 0;
  // Line that the next record would begin on.
  virtual uint32_t line() const = 0;
  // What the file itself is found to be, once next() has said false: that it is damaged (an error: nothing of it can be
  // taken), warnings and notes.
  virtual Diagnostics findings() const { return {}; }
};

// RFC 4180 with any of LF, CRLF and CR as the end of a line. A quote inside a bare field is kept as it stands and
// marked; after a closing quote only a delimiter or an end of line may follow, else the record is marked and ends with
// its line. A quote that never closes marks the record "unclosed-quote" (with the line that opened it) and takes the
// rest.
class CsvRecords final : public RecordSource {
 public:
  // `line`: that the bytes begin on.
  CsvRecords(std::string_view bytes, char delimiter, uint32_t line = 1);

  bool next(Record& record) override;
  Place place(const Record& record, size_t field) const override;
  uint32_t line() const override { return line_; }
  size_t position() const { return static_cast<size_t>(at_ - bytes_.data()); }
  // The next record is the one that begins here, on this line.
  void go_to(size_t position, uint32_t line);

 private:
  const char* bare(Record& record, const char* p) const;
  const char* quoted(Record& record, const char* p);
  bool stops(char c) const { return stop_[static_cast<unsigned char>(c)]; }
  size_t offset(const char* p) const { return static_cast<size_t>(p - bytes_.data()); }
  void end_line();

  std::string_view bytes_;
  char delimiter_;
  const char* at_;
  const char* end_;
  uint32_t line_;
  bool stop_[256] = {};  // bytes that end a bare field, or are wrong in one
};

// The place of a byte, given the line that `begin` stands on.
Place place_of(std::string_view bytes, size_t begin, uint32_t line, size_t at);

}  // namespace hr::ingest
