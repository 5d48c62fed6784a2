#include "store/record_merge.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace hr::store {

namespace {

// `texts`: of the merged column.
std::string cell_text(const ColumnBlock& block, size_t row, const facts::Dictionary& texts) {
  switch (block.storage) {
    case facts::Storage::text:
      if (block.codes[row] == facts::kMissingCode) return {};
      return std::string(block.numbered ? texts[block.codes[row]] : block.texts[block.codes[row]]);
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

void reserve(facts::Column& column, size_t rows) {
  switch (column.storage) {
    case facts::Storage::text:
      return column.codes.reserve(rows);
    case facts::Storage::day:
      return column.days.reserve(rows);
    case facts::Storage::decimal:
      break;
  }
  column.decimals.reserve(rows);
}

bool is_among(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
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
      texts.codes.push_back(is_missing(block, row) ? facts::kMissingCode
                                                   : dictionary.add(cell_text(block, row, dictionary)));
    }
    for (uint32_t code = 0; code < dictionary.size(); ++code) texts.texts.push_back(dictionary[code]);
    return &texts;
  }
};

std::optional<NameKind> names_of(model::TableId table, std::string_view column) {
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    if (c.name != column || (c.type != model::ColumnType::id && c.type != model::ColumnType::subject)) continue;
    if (column == "objective") return NameKind::objectives;
    if (column == "key_result") return NameKind::key_results;
    if (column == "kpi" || column == "supports") return std::nullopt;
    return NameKind::subjects;
  }
  return std::nullopt;
}

// Numbered codes, in a column whose names are these.
static void check_names(model::TableId table, const facts::SharedDictionary& names, const ColumnBlock& block) {
  if (names_of(table, block.name) != block.kind) throw DamagedBlob("a column has names of another kind");
  static_assert(facts::kMissingCode + 1 == 0);
  uint32_t behind_last = 0;
  for (const uint32_t c : block.codes) behind_last = std::max(behind_last, c + 1);
  if (behind_last > names.size()) throw DamagedBlob("a name is not there");
}

static void take_column(model::TableId table, const NamesByKind& names, ColumnBlock& block, facts::Column& column) {
  for (const model::CanonicalColumn& c : model::imported_table(table).columns) {
    if (c.name == block.name && facts::storage_of(c.type) != block.storage)
      throw DamagedBlob("a column is held in another way");
  }
  column.name = block.name;
  column.storage = block.storage;
  column.dictionary = block.numbered ? names[static_cast<size_t>(block.kind)] : facts::SharedDictionary();
  if (block.numbered)
    check_names(table, column.dictionary, block);
  else
    column.dictionary.own().append_distinct(block.dictionary.bytes, block.dictionary.lengths);
  column.codes.swap(block.codes);
  column.days.swap(block.days);
  column.decimals.swap(block.decimals);
}

void take_frame(model::TableId table, const NamesByKind& names, uint32_t source, FrameBlock& block,
                facts::Frame& frame) {
  frame.rows.swap(block.rows);
  frame.sources.assign(frame.rows.size(), source);
  size_t n = 0;
  for (ColumnBlock& column : block.columns) {
    if (!column.carried || !column.decoded) continue;
    if (n == frame.columns.size()) frame.columns.emplace_back();
    take_column(table, names, column, frame.columns[n++]);
  }
  frame.columns.resize(n);
}

RecordMerge::RecordMerge(model::TableId table, const NamesByKind& names, MergeOptions options)
    : table_(table),
      frame_(facts::make_frame(table)),
      options_(std::move(options)),
      may_come_in_parts_(table == model::TableId::assignments || table == model::TableId::org_units),
      keeps_said_(table == model::TableId::org_units) {
  const auto columns = model::imported_table(table).columns;
  const auto is_needed = [&](const facts::Column& c) {
    const auto canonical =
        std::find_if(columns.begin(), columns.end(), [&](const auto& k) { return k.name == c.name; });
    return options_.columns.empty() || canonical->key || is_among(options_.columns, c.name);
  };
  std::erase_if(frame_.columns, [&](const facts::Column& c) { return !is_needed(c); });
  provenance_.resize(frame_.columns.size());
  for (size_t i = 0; i < frame_.columns.size(); ++i) {
    facts::Column& column = frame_.columns[i];
    column.carried = false;
    if (const auto kind = names_of(table, column.name)) column.dictionary = names[static_cast<size_t>(*kind)];
    const auto is_key = [&](const auto& c) { return c.key && c.name == column.name; };
    if (std::any_of(columns.begin(), columns.end(), is_key)) key_columns_.push_back(i);
  }
}

bool RecordMerge::is_one_import(uint32_t source) const {
  return !may_come_in_parts_ && !options_.changes && !keys_ && (frame_.sources.empty() || frame_.sources[0] == source);
}

// The merged column of that name, made when there is none yet.
size_t RecordMerge::column_for(const ColumnBlock& block) {
  const auto it = std::find_if(frame_.columns.begin(), frame_.columns.end(),
                               [&](const facts::Column& c) { return c.name == block.name; });
  if (it != frame_.columns.end()) return static_cast<size_t>(it - frame_.columns.begin());
  facts::Column column;
  column.name = block.name;
  column.storage = block.storage;
  frame_.columns.push_back(std::move(column));
  provenance_.emplace_back();
  return frame_.columns.size() - 1;
}

// One code of the merged dictionary a row.
std::vector<uint32_t> RecordMerge::merged_codes(size_t column, const ColumnBlock& block) {
  facts::SharedDictionary& dictionary = frame_.columns[column].dictionary;
  if (block.numbered) {
    check_names(table_, dictionary, block);
    return block.codes;
  }
  std::vector<uint32_t> code_of;
  code_of.reserve(block.texts.size());
  for (const std::string_view text : block.texts) code_of.push_back(dictionary.add(text));
  std::vector<uint32_t> codes;
  codes.reserve(block.codes.size());
  for (const uint32_t c : block.codes) codes.push_back(c == facts::kMissingCode ? c : code_of[c]);
  return codes;
}

// Rows that are all new records.
void RecordMerge::append(const std::vector<Incoming>& incoming, const FrameBlock& block, uint32_t source) {
  const size_t before = frame_.rows.size();
  for (size_t index = 0; index < incoming.size(); ++index) {
    const Incoming& in = incoming[index];
    if (!in.cells) continue;
    facts::Column& column = frame_.columns[index];
    reserve(column, expected_);
    resize(column, before);  // until now nobody carried it
    column.carried = true;
    column.codes.insert(column.codes.end(), in.codes.begin(), in.codes.end());
    column.days.insert(column.days.end(), in.cells->days.begin(), in.cells->days.end());
    column.decimals.insert(column.decimals.end(), in.cells->decimals.begin(), in.cells->decimals.end());
  }
  frame_.rows.reserve(expected_);
  frame_.sources.reserve(expected_);
  frame_.rows.insert(frame_.rows.end(), block.rows.begin(), block.rows.end());
  frame_.sources.resize(frame_.rows.size(), source);
}

// The keys of the records that are there.
void RecordMerge::index_all() {
  const size_t records = frame_.rows.size();
  const size_t parts = key_columns_.size();
  std::vector<uint32_t> keys(records * parts);
  for (size_t k = 0; k < parts; ++k) {
    facts::Column& column = frame_.columns[key_columns_[k]];
    resize(column, records);
    for (size_t record = 0; record < records; ++record) {
      keys[record * parts + k] =
          column.storage == facts::Storage::text ? column.codes[record] : static_cast<uint32_t>(column.days[record]);
    }
  }
  keys_.emplace(parts, std::move(keys));
}

// One part of the key a row; a column that the file does not have is the same as an empty cell. Keys are texts or days.
std::vector<uint32_t> RecordMerge::key_parts(size_t column, const Incoming& incoming, size_t rows) {
  if (frame_.columns[column].storage == facts::Storage::text)
    return incoming.cells ? incoming.codes : std::vector<uint32_t>(rows, facts::kMissingCode);
  if (!incoming.cells) return std::vector<uint32_t>(rows, static_cast<uint32_t>(facts::kMissingDay));
  return {incoming.cells->days.begin(), incoming.cells->days.end()};
}

// Which record each row of a block is about.
std::vector<uint32_t> RecordMerge::records_of(const std::vector<Incoming>& incoming, size_t rows) {
  std::vector<std::vector<uint32_t>> parts;
  for (const size_t column : key_columns_) parts.push_back(key_parts(column, incoming[column], rows));
  std::vector<uint32_t> records(rows);
  std::vector<uint32_t> key(parts.size());
  for (size_t row = 0; row < rows; ++row) {
    for (size_t k = 0; k < key.size(); ++k) key[k] = parts[k][row];
    records[row] = keys_->find_or_add(key.data());
  }
  frame_.rows.resize(keys_->size());
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
    const std::string after = cell_text(cells, row, frame_.columns[index].dictionary);
    if (from.source[record] != 0 && before == after) continue;  // the one who said it first stays its origin
    if (from.source[record] != 0) {
      options_.changes->push_back({frame_.columns[index].name, before, after, record, from.source[record],
                                   from.row[record], source, rows[row]});
    }
    from.source[record] = source;
    from.row[record] = rows[row];
  }
}

// The carried columns of a block by merged column, held as the merged ones are (or both as texts).
std::vector<RecordMerge::Incoming> RecordMerge::incoming_of(const FrameBlock& block, Converted& converted) {
  std::vector<Incoming> incoming(frame_.columns.size());
  for (const ColumnBlock& column : block.columns) {
    if (!column.carried || !column.decoded) continue;
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
  if (is_one_import(source)) return append(incoming, block, source);
  if (!keys_) index_all();
  const std::vector<uint32_t> records = records_of(incoming, block.size());
  for (size_t index = 0; index < incoming.size(); ++index) {
    resize(frame_.columns[index], frame_.rows.size());
    if (keeps_said_) frame_.columns[index].said.resize(frame_.rows.size());
    if (!incoming[index].cells) continue;
    if (options_.changes) note_changes(index, *incoming[index].cells, records, block.rows, source);
    set_cells(index, incoming[index], records);
  }
  frame_.sources.resize(frame_.rows.size());
  for (size_t row = 0; row < records.size(); ++row) {
    frame_.rows[records[row]] = block.rows[row];
    frame_.sources[records[row]] = source;
  }
}

facts::Frame RecordMerge::take() {
  if (!options_.columns.empty()) {
    std::erase_if(frame_.columns,
                  [&](const facts::Column& c) { return !c.carried || !is_among(options_.columns, c.name); });
  }
  for (facts::Column& column : frame_.columns) {
    resize(column, frame_.rows.size());
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
