#include "ingest/read.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>

#include "base/parallel.h"
#include "base/text.h"
#include "ingest/encodings.h"
#include "ingest/fast_rows.h"
#include "ingest/in_order.h"
#include "ingest/pieces.h"
#include "ingest/raw_rows.h"
#include "ingest/read_whole.h"
#include "ingest/sniff.h"
#include "ingest/table_reader.h"
#include "ingest/text_file.h"

namespace hr::ingest {

namespace {

using Take = std::function<void(Batch&)>;

// What a row means may depend on those before it, or changes are to be told in order.
bool must_be_read_in_order(const ReadOptions& options) {
  const model::Mapping* mapping = options.mapping;
  if (options.keeps_changes) return true;
  if (mapping == nullptr) return false;
  const auto in_order = [](const model::ColumnMapping& c) { return c.clean && c.clean->currency; };
  return mapping->has_layout() || mapping->clean.currency ||
         std::any_of(mapping->columns.begin(), mapping->columns.end(), in_order);
}

// A CSV file read in pieces by several threads.
class PiecesReader {
 public:
  // `stopped` is called when a batch will not be handed out, nor those behind it. `for_one_frame`: the batches' texts
  // will be those of one frame, so that a batch may have a text twice.
  PiecesReader(const TextFile& file, bool for_one_frame, std::function<void()> stopped)
      : input_(file.text),
        options_(file.options),
        for_one_frame_(for_one_frame),
        stopped_(std::move(stopped)),
        pieces_(input_, options_.block) {}

  // False: this file is one for read_whole(), whatever has been taken; if take() has been called, it has errors.
  bool read(const Take& take, ReadResult& result);

 private:
  // One thread's.
  struct Worker {
    facts::Frame frame;
    std::unique_ptr<TableReader> reader;
    std::unique_ptr<FastRows> fast;  // none: all rows go to the reader
    Piece piece;
  };

  bool open();
  void make(Worker& worker, const ReadResult& result) const;
  void run(Worker& worker, size_t number, bool first, const ReadResult& header, const Take& take);
  bool read_piece(Worker& worker, const Piece& piece, std::string_view bytes, uint32_t line);
  void look_at_encoding(const Piece& piece, std::optional<size_t> invalid);
  bool may_be_read();
  bool look_at_rest();
  void stop();
  void finish(const std::vector<Worker>& workers, ReadResult& result) const;

  const Input& input_;
  const ReadOptions& options_;
  bool for_one_frame_;
  std::function<void()> stopped_;
  Pieces pieces_;
  std::string head_;         // the file's bytes to the end of the piece that has the header
  Piece first_;              // that piece
  size_t below_header_ = 0;  // where its first row begins
  std::unique_ptr<Opened> opened_;
  ColumnPlan plan_;
  std::mutex mutex_;                     // of all below
  uint64_t first_high_ = UINT64_MAX;     // offset of the file's first byte that is not ASCII
  uint64_t first_invalid_ = UINT64_MAX;  // of its first byte that is not UTF-8
  std::atomic<bool> faulty_ = false;
};

// Finds the header. False when the file is not one to be read in pieces.
bool PiecesReader::open() {
  const std::string_view head = pieces_.head();
  if (options_.given != nullptr || must_be_read_in_order(options_) || head_fault(head, input_.name)) return false;
  if (options_.format == FileFormat::json) return false;
  pieces_.set_delimiter(options_.delimiter);
  if (pieces_.has_bom()) first_high_ = 0;
  do {
    if (!pieces_.next(first_)) return false;
    head_ += first_.bytes();
    opened_ = open_table(head_, input_.name, options_);
  } while (opened_->headings.empty());
  if (!opened_->header.fault.empty()) return false;
  const size_t header_end = dynamic_cast<CsvRecords&>(*opened_->records).position();
  below_header_ = header_end - (head_.size() - first_.size);
  if (!is_ascii(std::string_view(head_).substr(0, header_end))) first_high_ = 0;
  return true;
}

void PiecesReader::make(Worker& worker, const ReadResult& result) const {
  worker.frame = empty_like(result.frame);
  for (facts::Column& column : worker.frame.columns) {
    const auto known = options_.known.find(column.name);
    if (known != options_.known.end()) column.dictionary = known->second.on_top();
    if (for_one_frame_) column.dictionary.own().allow_repeats();
  }
  worker.reader = std::make_unique<TableReader>(*opened_, plan_, options_.table, worker.frame);
  if (FastRows::can_read(*opened_, plan_))
    worker.fast = std::make_unique<FastRows>(*opened_, plan_, *worker.reader, worker.frame);
}

// Whether the file begins in another encoding is known when all pieces before the first such byte have been looked at.
void PiecesReader::look_at_encoding(const Piece& piece, std::optional<size_t> invalid) {
  const std::string_view bytes = piece.bytes();
  {
    const std::scoped_lock lock(mutex_);
    if (!invalid && first_high_ <= piece.offset) return;
  }
  const auto high =
      std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  const std::scoped_lock lock(mutex_);
  if (high != bytes.end())
    first_high_ = std::min(first_high_, piece.offset + static_cast<uint64_t>(high - bytes.begin()));
  if (invalid) first_invalid_ = std::min(first_invalid_, piece.offset + *invalid);
}

bool PiecesReader::may_be_read() {
  if (faulty_ || pieces_.faulty()) return false;
  if (first_invalid_ == UINT64_MAX || first_high_ < first_invalid_ || options_.encoding != kUtf8) return true;
  return late_encoding(input_, first_invalid_).empty();
}

// False: a record is too long.
bool PiecesReader::read_piece(Worker& worker, const Piece& piece, std::string_view bytes, uint32_t line) {
  const auto invalid = piece.ascii ? std::nullopt : invalid_utf8_at(piece.bytes());
  if (!piece.ascii) look_at_encoding(piece, invalid);
  if (worker.fast && !invalid && !piece.lines_in_quotes) return worker.fast->read(piece, bytes, line);
  clear_rows(worker.frame);
  worker.reader->set_bytes(bytes, piece.offset + static_cast<size_t>(bytes.data() - piece.room.data()));
  CsvRecords records(bytes, opened_->delimiter, line);
  Record record;
  while (records.next(record)) {
    if (TableReader::is_file_fault(record)) return false;
    worker.reader->read(record, records);
  }
  return true;
}

void PiecesReader::stop() {
  pieces_.stop();
  stopped_();
}

void PiecesReader::run(Worker& worker, size_t number, bool first, const ReadResult& header, const Take& take) {
  const auto read = [&](const Piece& piece, size_t from, uint32_t line) {
    if (!read_piece(worker, piece, piece.bytes().substr(from), line)) {
      faulty_ = true;
      return stop();
    }
    const auto again = [&](const std::vector<RowPlace>& wanted) {
      RawRows rows(input_.name, wanted);
      rows.find_in(piece, opened_->delimiter);
      return rows.take();
    };
    Batch batch{number, piece.number - first_.number, piece.offset + piece.size, worker.frame, header.heading_of,
                again};
    take(batch);
  };
  try {
    if (first) read(first_, below_header_, opened_->records->line());
    while (pieces_.next(worker.piece)) read(worker.piece, 0, worker.piece.line);
  } catch (...) {
    stop();
    throw;
  }
}

void PiecesReader::finish(const std::vector<Worker>& workers, ReadResult& result) const {
  Findings all;
  std::vector<std::vector<RejectedRow>> rejected;  // by worker
  std::vector<RejectedRow*> by_line;
  for (const Worker& worker : workers) {
    all.add(worker.reader->findings());
    for (RejectedRow& row : rejected.emplace_back(worker.reader->take_rejected())) by_line.push_back(&row);
  }
  std::stable_sort(by_line.begin(), by_line.end(), [](const auto* a, const auto* b) { return a->line < b->line; });
  result.rejected.reserve(by_line.size());
  for (RejectedRow* row : by_line) result.rejected.push_back(std::move(*row));
  result.rows_read = all.rows_read;
  result.changed = all.changes;
  result.sums_aside = all.sums_aside;
  all.tell(*opened_, plan_, result.diagnostics);
}

// The header has errors. What is wrong with the file as a whole comes before them.
bool PiecesReader::look_at_rest() {
  do {
    if (!first_.ascii) look_at_encoding(first_, invalid_utf8_at(first_.bytes()));
  } while (pieces_.next(first_));
  return may_be_read();
}

bool PiecesReader::read(const Take& take, ReadResult& result) {
  if (!open()) return false;
  if (!read_header(*opened_, head_, options_, plan_, result)) return look_at_rest();
  const int threads = pieces_.ended() ? 1 : std::max(1, options_.threads);
  std::vector<Worker> workers(static_cast<size_t>(threads));
  for (Worker& worker : workers) make(worker, result);
  for_pieces(workers.size(), threads,
             [&](size_t piece, size_t worker) { run(workers[worker], worker, piece == 0, result, take); });
  if (!may_be_read()) return false;
  finish(workers, result);
  return true;
}

}  // namespace

static ReadResult read_text_batches(const TextFile& file, const Take& take,
                                    const std::function<std::vector<RawRow>(const std::vector<RowPlace>&)>& again) {
  ReadResult result;
  if (PiecesReader(file, false, [] {}).read(take, result)) return result;
  result = read_whole(file);
  if (has_errors(result.diagnostics) || result.frame.columns.empty()) return result;  // none: no object has a key
  const facts::Frame columns = empty_like(result.frame);
  Batch batch{0, 0, 0, result.frame, result.heading_of, again};
  take(batch);
  result.frame = columns;
  return result;
}

static ReadResult read_text_table(const TextFile& file) {
  InOrder rows(file.options, file.text.bytes);
  ReadResult result;
  PiecesReader reader(file, true, [&] { rows.give_up(); });
  if (!reader.read([&](Batch& batch) { rows.append(batch); }, result)) return read_whole(file);
  if (rows.any()) result.frame = rows.take();
  return result;
}

ReadResult read_batches(const Input& input, const ReadOptions& options, const Take& take) {
  const auto again = [&](const std::vector<RowPlace>& wanted) { return raw_rows(input, options, wanted); };
  return read_text(input, options, [&](const TextFile& file) { return read_text_batches(file, take, again); });
}

ReadResult read_table(const Input& input, const ReadOptions& options) {
  return read_text(input, options, read_text_table);
}

}  // namespace hr::ingest
