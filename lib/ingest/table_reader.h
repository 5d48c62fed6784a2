// Records of an opened file → rows of a frame and rows set aside: one at a time and by every rule there is. The plain
// twin of FastRows.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ingest/column_plan.h"
#include "ingest/layout.h"
#include "ingest/read.h"
#include "ingest/records.h"
#include "ingest/row_reader.h"

namespace hr::ingest {

// A file opened for reading: its headings, and how its records are cut.
struct Opened {
  std::string file;
  FileFormat format = FileFormat::csv;
  char delimiter = ',';
  bool keeps_changes = false;   // see ReadOptions
  size_t most_told = SIZE_MAX;  // likewise
  std::string encoding;         // that the file was in
  std::vector<std::string> headings;
  std::unique_ptr<RecordSource> records;  // the next one is the first below the header; none: there are errors
  const Layout* layout = nullptr;         // the records themselves, where a mapping lays them out
  std::string sheet;                      // of a workbook
  Diagnostics diagnostics;                // what is known of the file before its records
  Record header;

  // Where the field of a heading stands in the header; JSON Lines have none.
  SourceSpan heading_span(size_t field) const;
};
SourceSpan span_of(const std::string& file, const Place& place);

// `bytes`: the file, at least to the end of its first record; they live as long as what is returned. `options` as
// text_of() has filled them in.
std::unique_ptr<Opened> open_table(std::string_view bytes, const std::string& file, const ReadOptions& options);

// What is wrong with the shape of a record of `bytes`.
Diagnostic shape_diagnostic(const Record& record, const std::string& file, std::string_view bytes);

// Values below an empty heading: nobody can say what they are.
struct Unnamed {
  uint64_t values = 0;
  uint32_t first_line = 0;
};

// What readers of rows have found besides rows.
struct Findings {
  uint64_t rows_read = 0;
  EmptySpells empty_spells;
  std::vector<Conversions> conversions;
  std::vector<Unnamed> unnamed;  // parallel to ColumnPlan::unnamed
  Unnamed surplus;               // of a workbook: behind the last heading
  RuleCounts changes{};
  std::vector<ExactSum> sums_aside;  // parallel to ColumnPlan::columns

  void add(const Findings& other);
  // As notes and warnings of the file.
  void tell(const Opened& opened, const ColumnPlan& plan, Diagnostics& diagnostics) const;
};

class TableReader {
 public:
  // All live as long as the reader.
  TableReader(const Opened& opened, const ColumnPlan& plan, model::TableId table, facts::Frame& frame);

  // Bytes that records are read from now on, beginning at a record, at this offset of the file.
  void set_bytes(std::string_view bytes, uint64_t offset);
  // Reads a record of these bytes into the frame, or sets it aside.
  void read(const Record& record, const RecordSource& records);
  // Of JSON Lines of which no line reads: there are no columns, only faults.
  void reject_shape(const Record& record);
  // The file cannot be read on from here: after a broken quote nobody can say where the next row begins.
  static bool is_file_fault(const Record& record);

  RowReader& rows() { return rows_; }
  void count_rows(uint64_t n) { rows_read_ += n; }  // that somebody else has read
  std::vector<RejectedRow> take_rejected() { return std::exchange(rejected_, {}); }
  Findings findings() const;

 private:
  struct Why {
    std::string column;
    std::string value;
    Diagnostic reason;
  };
  bool is_sound(const Record& record, const RecordSource& records);
  void count_unnamed(const Record& record);
  void reject_cell(const Record& record, const RecordSource& records, const RowProblem& problem);
  void reject(const Record& record, const auto& why);  // why(): Why

  const Opened& opened_;
  const ColumnPlan& plan_;
  RowReader rows_;
  std::string_view bytes_;
  uint64_t offset_ = 0;
  uint64_t rows_read_ = 0;
  std::vector<Unnamed> unnamed_;
  Unnamed surplus_;
  std::vector<RejectedRow> rejected_;
  size_t told_ = 0;  // of all that were set aside so far, with their reasons
};

}  // namespace hr::ingest
