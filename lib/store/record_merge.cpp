#include "store/record_merge.h"

#include <algorithm>
#include <deque>

namespace hr::store {

namespace {

uint64_t hash_of(const uint32_t* key, size_t parts) {
  uint64_t h = 0x9E3779B97F4A7C15U;
  for (size_t i = 0; i < parts; ++i) {
    h = (h ^ key[i]) * 0xD6E8FEB86659FD93U;
    h ^= h >> 32U;
  }
  return h;
}

std::string cell_text(const ColumnBlock& block, size_t row) {
  switch (block.storage) {
    case facts::Storage::text:
      return block.codes[row] == facts::kMissingCode ? std::string() : std::string(block.texts[block.codes[row]]);
    case facts::Storage::day:
      return block.days[row] == facts::kMissingDay ? std::string() : to_string(Date{block.days[row]});
    case facts::Storage::decimal:
      break;
  }
  return block.decimals[row].scale < 0 ? std::string() : to_string(block.decimals[row]);
}

bool is_missing(const ColumnBlock& block, size_t row) {
  switch (block.storage) {
    case facts::Storage::text:
      return block.codes[row] == facts::kMissingCode;
    case facts::Storage::day:
      return block.days[row] == facts::kMissingDay;
    case facts::Storage::decimal:
      break;
  }
  return block.decimals[row].scale < 0;
}

// The same cells as texts: for a column that two imports hold in different ways.
void turn_into_texts(facts::Column& column) {
  facts::Column texts;
  texts.name = column.name;
  texts.carried = column.carried;
  texts.said = column.said;
  for (size_t row = 0; row < column.size(); ++row) {
    if (column.missing(row))
      texts.append_missing();
    else
      texts.append(facts::cell_text(column, row));
  }
  column = std::move(texts);
}

void resize(facts::Column& column, size_t rows) {
  switch (column.storage) {
    case facts::Storage::text:
      return column.codes.resize(rows, facts::kMissingCode);
    case facts::Storage::day:
      return column.days.resize(rows, facts::kMissingDay);
    case facts::Storage::decimal:
      break;
  }
  column.decimals.resize(rows, facts::kMissingDecimal);
}

}  // namespace

// Columns of a block turned into texts, and the texts.
struct RecordMerge::Converted {
  std::deque<ColumnBlock> columns;
  std::deque<facts::Dictionary> dictionaries;

  const ColumnBlock* add(const ColumnBlock& block, size_t rows) {
    facts::Dictionary& dictionary = dictionaries.emplace_back();
    ColumnBlock& texts = columns.emplace_back();
    texts.name = block.name;
    for (size_t row = 0; row < rows; ++row) {
      texts.codes.push_back(is_missing(block, row) ? facts::kMissingCode : dictionary.add(cell_text(block, row)));
    }
    for (uint32_t code = 0; code < dictionary.size(); ++code) texts.texts.push_back(dictionary[code]);
    return &texts;
  }
};

RecordMerge::RecordMerge(model::TableId table, std::vector<CellChange>* changes)
    : frame_(facts::make_frame(table)),
      changes_(changes),
      keeps_said_(table == model::TableId::org_units),
      slots_(1024),
      provenance_(frame_.columns.size()) {
  const auto columns = model::imported_table(table).columns;
  for (size_t i = 0; i < columns.size(); ++i) {
    frame_.columns[i].carried = false;
    if (columns[i].key) key_columns_.push_back(i);
  }
}

// The merged column of that name, made when there is none yet.
size_t RecordMerge::column_for(const ColumnBlock& block) {
  const auto it = std::find_if(frame_.columns.begin(), frame_.columns.end(),
                               [&](const facts::Column& c) { return c.name == block.name; });
  if (it != frame_.columns.end()) return static_cast<size_t>(it - frame_.columns.begin());
  facts::Column column;
  column.name = block.name;
  column.storage = block.storage;
  resize(column, frame_.rows.size());
  frame_.columns.push_back(std::move(column));
  provenance_.emplace_back();
  return frame_.columns.size() - 1;
}

// One code of the merged dictionary a row.
std::vector<uint32_t> RecordMerge::merged_codes(size_t column, const ColumnBlock& block) {
  std::vector<uint32_t> code_of;
  code_of.reserve(block.texts.size());
  for (const std::string_view text : block.texts) code_of.push_back(frame_.columns[column].dictionary.add(text));
  std::vector<uint32_t> codes;
  codes.reserve(block.codes.size());
  for (const uint32_t c : block.codes) codes.push_back(c == facts::kMissingCode ? c : code_of[c]);
  return codes;
}

uint32_t RecordMerge::find_or_add(const uint32_t* key) {
  const size_t parts = key_columns_.size();
  const auto records = static_cast<uint32_t>(frame_.rows.size());
  if (2 * (size_t{records} + 1) > slots_.size()) grow_slots();
  const size_t mask = slots_.size() - 1;
  for (size_t i = hash_of(key, parts) & mask;; i = (i + 1) & mask) {
    if (slots_[i] == 0) {
      slots_[i] = records + 1;
      keys_.insert(keys_.end(), key, key + parts);
      frame_.rows.push_back(0);
      return records;
    }
    const uint32_t record = slots_[i] - 1;
    if (std::equal(key, key + parts, keys_.data() + record * parts)) return record;
  }
}

void RecordMerge::grow_slots() {
  std::vector<uint32_t> bigger(slots_.size() * 4);
  const size_t mask = bigger.size() - 1;
  for (uint32_t record = 0; record < frame_.rows.size(); ++record) {
    size_t i = hash_of(keys_.data() + record * key_columns_.size(), key_columns_.size()) & mask;
    while (bigger[i] != 0) i = (i + 1) & mask;
    bigger[i] = record + 1;
  }
  slots_ = std::move(bigger);
}

// One part of the key a row; a column that the file does not have is the same as an empty cell.
std::vector<uint32_t> RecordMerge::key_parts(size_t column, const Incoming& incoming, size_t rows) {
  switch (frame_.columns[column].storage) {
    case facts::Storage::text:
      return incoming.cells ? incoming.codes : std::vector<uint32_t>(rows, facts::kMissingCode);
    case facts::Storage::day:
      if (!incoming.cells) return std::vector<uint32_t>(rows, static_cast<uint32_t>(facts::kMissingDay));
      return {incoming.cells->days.begin(), incoming.cells->days.end()};
    case facts::Storage::decimal:
      break;
  }
  std::vector<uint32_t> parts;
  for (size_t row = 0; row < rows; ++row)
    parts.push_back(other_keys_.add(incoming.cells ? cell_text(*incoming.cells, row) : ""));
  return parts;
}

// Which record each row of a block is about.
std::vector<uint32_t> RecordMerge::records_of(const std::vector<Incoming>& incoming, size_t rows) {
  std::vector<std::vector<uint32_t>> parts;
  for (const size_t column : key_columns_) parts.push_back(key_parts(column, incoming[column], rows));
  std::vector<uint32_t> records(rows);
  std::vector<uint32_t> key(parts.size());
  for (size_t row = 0; row < rows; ++row) {
    for (size_t k = 0; k < key.size(); ++k) key[k] = parts[k][row];
    records[row] = find_or_add(key.data());
  }
  return records;
}

void RecordMerge::set_cells(size_t index, const Incoming& incoming, const std::vector<uint32_t>& records) {
  facts::Column& column = frame_.columns[index];
  column.carried = true;
  if (keeps_said_) {
    for (const uint32_t record : records) column.said[record] = 1;
  }
  switch (column.storage) {
    case facts::Storage::text:
      for (size_t row = 0; row < records.size(); ++row) column.codes[records[row]] = incoming.codes[row];
      break;
    case facts::Storage::day:
      for (size_t row = 0; row < records.size(); ++row) column.days[records[row]] = incoming.cells->days[row];
      break;
    case facts::Storage::decimal:
      for (size_t row = 0; row < records.size(); ++row) column.decimals[records[row]] = incoming.cells->decimals[row];
      break;
  }
}

void RecordMerge::note_changes(size_t index, const ColumnBlock& cells, const std::vector<uint32_t>& records,
                               const std::vector<uint32_t>& rows, uint32_t source) {
  Provenance& from = provenance_[index];
  from.source.resize(frame_.rows.size());
  from.row.resize(frame_.rows.size());
  for (size_t row = 0; row < records.size(); ++row) {
    const uint32_t record = records[row];
    const std::string before = facts::cell_text(frame_.columns[index], record);
    const std::string after = cell_text(cells, row);
    if (from.source[record] != 0 && before == after) continue;  // the one who said it first stays its origin
    if (from.source[record] != 0) {
      changes_->push_back({frame_.columns[index].name, before, after, record, from.source[record], from.row[record],
                           source, rows[row]});
    }
    from.source[record] = source;
    from.row[record] = rows[row];
  }
}

// The carried columns of a block by merged column, held as the merged ones are (or both as texts).
std::vector<RecordMerge::Incoming> RecordMerge::incoming_of(const FrameBlock& block, Converted& converted) {
  std::vector<Incoming> incoming(frame_.columns.size());
  for (const ColumnBlock& column : block.columns) {
    if (!column.carried) continue;
    const size_t index = column_for(column);
    incoming.resize(frame_.columns.size());
    const ColumnBlock* cells = &column;
    if (frame_.columns[index].storage != column.storage) {
      if (std::count(key_columns_.begin(), key_columns_.end(), index) > 0)
        throw DamagedBlob("a key is held in another way");
      if (frame_.columns[index].storage != facts::Storage::text) turn_into_texts(frame_.columns[index]);
      if (column.storage != facts::Storage::text) cells = converted.add(column, block.size());
    }
    incoming[index].cells = cells;
    if (cells->storage == facts::Storage::text) incoming[index].codes = merged_codes(index, *cells);
  }
  return incoming;
}

void RecordMerge::add(const FrameBlock& block, uint32_t source) {
  Converted converted;
  const std::vector<Incoming> incoming = incoming_of(block, converted);
  const std::vector<uint32_t> records = records_of(incoming, block.size());
  for (size_t index = 0; index < incoming.size(); ++index) {
    resize(frame_.columns[index], frame_.rows.size());
    if (keeps_said_) frame_.columns[index].said.resize(frame_.rows.size());
    if (!incoming[index].cells) continue;
    if (changes_) note_changes(index, *incoming[index].cells, records, block.rows, source);
    set_cells(index, incoming[index], records);
  }
  frame_.sources.resize(frame_.rows.size());
  for (size_t row = 0; row < records.size(); ++row) {
    frame_.rows[records[row]] = block.rows[row];
    frame_.sources[records[row]] = source;
  }
}

facts::Frame RecordMerge::take() {
  for (facts::Column& column : frame_.columns) {
    if (std::find(column.said.begin(), column.said.end(), 0) == column.said.end()) column.said.clear();
  }
  return std::move(frame_);
}

std::string RecordMerge::readable_key(size_t row) const {
  std::string key;
  for (const size_t index : key_columns_) {
    const std::string part = facts::cell_text(frame_.columns[index], row);
    if (part.empty()) continue;
    if (!key.empty()) key += " · ";
    key += part;
  }
  return key;
}

}  // namespace hr::store
