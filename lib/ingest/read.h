// Files of records → a frame of typed columns, and the rows that could not be taken, each with its reason.
// Knows formats and types; knows nothing of what is already stored (engine checks references and duplicates with it).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "base/exact_sum.h"
#include "facts/frame.h"
#include "ingest/cleansing.h"
#include "ingest/input.h"
#include "ingest/layout.h"
#include "model/imported_table.h"
#include "model/mapping.h"

namespace hr::ingest {

// A column of assignments and org units that says which columns a row has; `export` writes it. Kept as attr._columns.
inline constexpr std::string_view kRowColumns = "_columns";

enum class FileFormat { csv, tsv, json, xlsx };  // csv: separator by option; json: a line an object, or a list

// Rows that are at hand: of UTF-8, with a field for each heading.
struct GivenRow {
  uint32_t line = 0;  // where it stood in its file
  std::vector<std::string> fields;
};
struct GivenRows {
  std::vector<std::string> headings;
  std::vector<GivenRow> rows;  // ascending line
};

struct ReadOptions {
  model::TableId table = model::TableId::employees;
  const model::Mapping* mapping = nullptr;  // none: built-in heading synonyms
  std::optional<FileFormat> format;         // none: by the file's ending, else by its first bytes
  char delimiter = 0;                       // 0: as the headings show, and said where it is not that of the ending
  std::string encoding;           // of text; empty: default_encoding, else as the bytes show, and said where not UTF-8
  std::string default_encoding;   // of files that are text
  std::string sheet;              // of a workbook: its name, or its number from 1; empty = the first that shows
  bool wide = false;              // facts: one column per KPI; feedback: one per competency
  std::vector<std::string> kpis;  // known KPI ids: which columns of a wide file are KPIs; empty = every other column
  // Texts that a column will have, by canonical name: dictionaries of batches and tables begin with these. Never
  // changes what is read.
  std::map<std::string, facts::SharedDictionary> known;
  const GivenRows* given = nullptr;  // read these instead of the input, as if they stood there
  bool keeps_changes = false;        // ReadResult::changes is asked for
  bool hashed = true;                // ReadResult::sha256 is wanted
  size_t most_told = SIZE_MAX;       // of so many rows set aside, the first, more than the line is asked for
  int threads = 1;                   // never changes what is read
  size_t block = size_t{1} << 18U;   // bytes read at a time; never changes what is read
};

// A row set aside. `line` is where the row begins; `column` the heading as the file has it (empty: the whole row). Of
// rows beyond ReadOptions::most_told the rest may be empty.
struct RejectedRow {
  uint32_t line = 0;
  std::string column;
  std::string value;
  Diagnostic reason;                // span.file, line, col
  std::vector<std::string> fields;  // the row as read, parallel to ReadResult::headings
};

struct ReadResult {
  facts::Frame frame;  // accepted rows; the columns that the file has, canonical ones first, then attr.NAME.
                       // Column::carried is false where a mapping names one that it lacks. `to` is already the day
                       // after the last.
  std::vector<RejectedRow> rejected;  // ascending line
  std::vector<std::string> headings;  // as the file has them
  std::map<std::string, size_t>
      heading_of;           // column of the frame (of a wide file also KPI or competency) → its heading
  Diagnostics diagnostics;  // faults of the file or its header (errors: nothing was read), and notes
  uint64_t rows_read = 0;   // accepted + rejected + left out
  LeftOut left_out;
  bool changes_fields = false;      // the mapping puts fields right: `changed` is worth telling
  RuleCounts changed{};             // cells of rows that could be read, by rule
  std::vector<CellChange> changes;  // those cells; with ReadOptions::keeps_changes
  std::vector<ExactSum>
      sums_aside;      // of rejected rows, the numbers that could be read; parallel to the frame's columns
  std::string sha256;  // of all bytes of the input, as they lie on disk; empty where it is not wanted
  Input text;          // the input unpacked and in UTF-8: what the lines of diagnostics are lines of; none (no
                       // `open`) of rows that were at hand
  std::string sheet;   // of a workbook: the one that was read; line is the row of the sheet
};

// All rows in one frame, in order. Accepts RFC 4180 with BOM, CRLF, quoted newlines; gzip, and encodings other than
// UTF-8 (see text_file.h). Bounds: 64 KiB a field, 1 MiB a line, 1,000 columns.
ReadResult read_table(const Input& input, const ReadOptions& options);

// Rows again, for findings of later steps (unknown manager, duplicate key): their raw fields, and where the field of a
// heading stands. Reads the file once more, up to the last of them.
struct RowPlace {
  uint32_t line = 0;              // where the row begins
  std::optional<size_t> heading;  // none: the row as a whole
};
struct RawRow {
  std::vector<std::string> fields;
  SourceSpan span;
};
std::vector<RawRow> raw_rows(const Input& input, const ReadOptions& options,
                             const std::vector<RowPlace>& rows);  // ascending line

// The rows of a file that say what one of `texts` says (row_text()), and all other rows of their lines. Reads the file
// once more, to its end.
GivenRows find_rows(const Input& input, const ReadOptions& options, const std::unordered_set<std::string>& texts);

// The keys of options.given: a frame of the table's key columns alone, whose `rows` are places among the given ones.
// Rows whose key does not read are not in it; those of a wide file have several and never are.
facts::Frame read_keys(const std::string& file, const ReadOptions& options);

// Some rows that follow one another.
struct Batch {
  size_t worker = 0;    // in [0, threads): no two batches of one worker are under way at once
  uint64_t number = 0;  // 0, 1, 2 … in the order of the file, without gaps; they are handed out in any order
  uint64_t end = 0;     // how many bytes of the file its rows and those before it take up; 0 = all
  facts::Frame& frame;  // as read_table() would have it, but these rows only; gone when take() returns
  const std::map<std::string, size_t>& heading_of;  // see ReadResult
  // raw_rows() of rows of this batch while it is at hand, which does not read the file again.
  std::function<std::vector<RawRow>(const std::vector<RowPlace>&)> raw_rows;
};

// The rows of a file of any size. `take` is called once for each batch, at once for different workers; what it throws
// ends the reading and is thrown again here. A worker's frames keep their dictionaries, which only grow: a code means
// the same text in all of its batches (and there may be texts that no row has). The result's frame has the columns and
// no rows. When it has errors, what was taken must be thrown away.
ReadResult read_batches(const Input& input, const ReadOptions& options, const std::function<void(Batch&)>& take);

// The rows of one file that were set aside.
struct RejectedFile {
  const std::vector<std::string>* headings = nullptr;
  const std::vector<RejectedRow>* rows = nullptr;
};

// CSV of rows set aside: the headings of all files, each once, then _line _column _code _reason, and _surplus where a
// row has more fields than headings. Fixed, it can be imported again. `reason_text` turns a diagnostic into words.
std::string rejects_csv(const std::vector<RejectedFile>& files,
                        const std::function<std::string(const Diagnostic&)>& reason_text);

// The cells of one file that changed, and the rows of it that were set aside after all.
struct ChangedFile {
  const std::string* name = nullptr;
  const std::vector<CellChange>* changes = nullptr;
  const std::vector<RejectedRow>* rejected = nullptr;
};

// CSV of every cell that differs from its field in the file: _file _line _column rule before after.
std::string changes_csv(const std::vector<ChangedFile>& files);

}  // namespace hr::ingest
