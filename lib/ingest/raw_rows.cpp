#include "ingest/raw_rows.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <unordered_set>

#include "base/parallel.h"
#include "ingest/row_given.h"
#include "ingest/row_text.h"
#include "ingest/scan.h"
#include "ingest/sniff.h"
#include "ingest/table_reader.h"
#include "ingest/text_file.h"

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

// Calls `look(piece)` for the pieces of a CSV file, at once from several threads, as long as `wanted(piece)`. False:
// the file is one to be read as a whole.
static bool look_at_pieces(const TextFile& file, const std::function<bool(const Piece&)>& wanted,
                           const std::function<void(const Piece&)>& look) {
  const ReadOptions& options = file.options;
  if (options.given != nullptr || (options.mapping && options.mapping->has_layout())) return false;
  if (options.format == FileFormat::json || options.format == FileFormat::xlsx) return false;
  Pieces pieces(file.text, options.block);
  pieces.set_delimiter(options.delimiter);
  const auto threads = static_cast<size_t>(std::max(1, options.threads));
  for_pieces(threads, options.threads, [&](size_t, size_t) {
    Piece piece;
    while (pieces.next(piece) && wanted(piece)) look(piece);
  });
  return !pieces.faulty();
}

std::vector<RawRow> raw_rows(const Input& input, const ReadOptions& options, const std::vector<RowPlace>& wanted) {
  RawRows rows(input.name, wanted);
  if (wanted.empty()) return rows.take();
  const TextFile file = text_of(input, options);
  const auto before_last = [&](const Piece& piece) { return piece.line <= wanted.back().line; };
  const auto look = [&](const Piece& piece) { rows.find_in(piece, file.options.delimiter); };
  if (look_at_pieces(file, before_last, look)) return rows.take();
  const std::string all = whole_file(file);
  const auto opened = open_table(without_bom(all), input.name, file.options);
  if (opened->records) rows.find(*opened->records);
  std::vector<RawRow> found = rows.take();
  for (RawRow& row : found) row.span.sheet = opened->sheet;
  return found;
}

namespace {

// Knows rows again by what they say.
class KnownRows {
 public:
  KnownRows(const std::vector<std::string>& headings, const std::unordered_set<std::string>& texts,
            const ReadOptions& options)
      : headings_(headings), texts_(texts), given_(given_by(options.mapping)) {
    for (const std::string& text : texts) {
      const RowFields row = read_row_text(text);
      if (row_text(headings, row.fields, given_) == text) hashes_.insert(hash(row.fields));
    }
  }
  bool empty() const { return hashes_.empty(); }
  bool has(const std::vector<std::string_view>& fields) const {
    return hashes_.count(hash(fields)) > 0 && texts_.count(row_text(headings_, fields, given_)) > 0;
  }

 private:
  template <class Fields>
  static size_t hash(const Fields& fields) {
    size_t h = fields.size();
    for (const std::string_view field : fields) h = h * 0x9E3779B97F4A7C15U + std::hash<std::string_view>()(field);
    return h;
  }

  const std::vector<std::string>& headings_;
  const std::unordered_set<std::string>& texts_;
  const std::string given_;
  std::unordered_set<size_t> hashes_;
};

std::set<uint32_t> known_lines(RecordSource& records, const KnownRows& known) {
  std::set<uint32_t> lines;
  Record record;
  while (records.next(record)) {
    if (known.has(record.fields)) lines.insert(record.line);
  }
  return lines;
}

std::vector<GivenRow> rows_of_lines(RecordSource& records, const std::set<uint32_t>& lines) {
  std::vector<GivenRow> rows;
  Record record;
  while (records.next(record)) {
    if (lines.count(record.line) > 0) rows.push_back({record.line, {record.fields.begin(), record.fields.end()}});
  }
  return rows;
}

// `open` begins the same records anew.
std::vector<GivenRow> find_known(const KnownRows& known, const std::function<RecordSource&()>& open) {
  if (known.empty()) return {};
  const std::set<uint32_t> lines = known_lines(open(), known);
  return lines.empty() ? std::vector<GivenRow>() : rows_of_lines(open(), lines);
}

GivenRows find_in_text(const TextFile& file, const std::unordered_set<std::string>& texts) {
  GivenRows out;
  const std::string& name = file.text.name;
  {
    const Pieces beginning(file.text, file.options.block);
    out.headings = open_table(without_bom(beginning.head()), name, file.options)->headings;
  }
  const KnownRows known(out.headings, texts, file.options);
  std::mutex mutex;  // of out.rows
  const auto every = [](const Piece&) { return true; };
  const auto look = [&](const Piece& piece) {
    std::optional<CsvRecords> records;
    const std::vector<GivenRow> found = find_known(
        known, [&]() -> RecordSource& { return records.emplace(piece.bytes(), file.options.delimiter, piece.line); });
    const std::scoped_lock lock(mutex);
    out.rows.insert(out.rows.end(), found.begin(), found.end());
  };
  if (look_at_pieces(file, every, look)) {
    std::sort(out.rows.begin(), out.rows.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    return out;
  }
  const std::string all = whole_file(file);
  std::unique_ptr<Opened> opened = open_table(without_bom(all), name, file.options);
  if (!opened->records) return {};  // whoever reads the file tells
  out.headings = opened->headings;
  out.rows = find_known(KnownRows(out.headings, texts, file.options), [&]() -> RecordSource& {
    opened = open_table(without_bom(all), name, file.options);
    return *opened->records;
  });
  return out;
}

}  // namespace

GivenRows find_rows(const Input& input, const ReadOptions& options, const std::unordered_set<std::string>& texts) {
  try {
    const TextFile file = text_of(input, options);
    return file.fault ? GivenRows() : find_in_text(file, texts);
  } catch (const BrokenInput&) {
    return {};  // whoever reads the file tells
  }
}

}  // namespace hr::ingest
