#include "ingest/raw_rows.h"

#include <algorithm>

#include "base/parallel.h"
#include "ingest/scan.h"
#include "ingest/sniff.h"
#include "ingest/table_reader.h"

namespace hr::ingest {

RawRows::RawRows(const std::string& file, const std::vector<RowPlace>& wanted) : file_(file), wanted_(wanted) {
  for (const RowPlace& row : wanted) rows_.push_back({{}, {file_, static_cast<int>(row.line), 0, 0}});
}

// The record may be wanted[i], or a later one; the first that lies behind it is returned.
size_t RawRows::find(const RecordSource& records, const Record& record, size_t i) {
  while (i < wanted_.size() && wanted_[i].line < record.line) ++i;
  for (; i < wanted_.size() && wanted_[i].line == record.line; ++i) {
    rows_[i].fields.assign(record.fields.begin(), record.fields.end());
    if (wanted_[i].heading) rows_[i].span = span_of(file_, records.place(record, *wanted_[i].heading));
  }
  return i;
}

void RawRows::find(RecordSource& records) {
  Record record;
  for (size_t i = 0; i < wanted_.size() && records.next(record);) i = find(records, record, i);
}

// Where the line begins that is `lines` behind the one that begins at `at`; none: npos. A block is read behind bytes.
static size_t behind_lines(std::string_view bytes, size_t at, uint32_t lines) {
  constexpr size_t kStep = 4096;
  while (bytes.size() - at > kStep) {
    const uint32_t there = marks_of(bytes.data() + at, kStep).line_feeds;
    if (there >= lines) break;
    lines -= there;
    at += kStep;
  }
  for (; lines > 0; --lines) {
    const size_t end = bytes.find('\n', at);
    if (end == std::string_view::npos) return end;
    at = end + 1;
  }
  return at;
}

void RawRows::find_in(const Piece& piece, char delimiter) {
  const auto at = std::lower_bound(wanted_.begin(), wanted_.end(), piece.line,
                                   [](const RowPlace& row, uint32_t line) { return row.line < line; });
  auto i = static_cast<size_t>(at - wanted_.begin());
  CsvRecords records(piece.bytes(), delimiter, piece.line);
  Record record;
  const bool a_record_a_line = !piece.lines_in_quotes && !piece.returns;
  size_t position = 0;
  for (uint32_t line = piece.line; i < wanted_.size() && wanted_[i].line <= piece.line + piece.lines;) {
    if (a_record_a_line) {
      position = behind_lines(piece.bytes(), position, wanted_[i].line - line);
      if (position == std::string_view::npos) return;
      line = wanted_[i].line;
      records.go_to(position, line);
    }
    if (!records.next(record)) return;
    i = find(records, record, i);
  }
}

namespace {

bool find_in_pieces(const Input& input, ReadOptions options, const std::vector<RowPlace>& wanted, RawRows& rows) {
  Pieces pieces(input, options.block, false);
  options.format = format_of(pieces.head(), input.name, options);
  if (options.format == FileFormat::json_lines) return false;
  const char delimiter = delimiter_of(*options.format, options);
  pieces.set_delimiter(delimiter);
  const auto threads = static_cast<size_t>(std::max(1, options.threads));
  for_pieces(threads, options.threads, [&](size_t, size_t) {
    Piece piece;
    while (pieces.next(piece) && piece.line <= wanted.back().line) rows.find_in(piece, delimiter);
  });
  return !pieces.faulty();
}

}  // namespace

std::vector<RawRow> raw_rows(const Input& input, const ReadOptions& options, const std::vector<RowPlace>& wanted) {
  RawRows rows(input.name, wanted);
  if (wanted.empty() || find_in_pieces(input, options, wanted, rows)) return rows.take();
  const std::string all = read_all(input);
  rows.find(*open_table(without_bom(all), input.name, options)->records);
  return rows.take();
}

}  // namespace hr::ingest
