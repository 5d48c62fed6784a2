#include "store/few_records.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <unordered_map>

#include "store/column_codec.h"
#include "store/fact_read.h"
#include "store/imported_sources.h"
#include "store/record_blocks.h"

namespace hr::store {

namespace {

using model::TableId;

constexpr int kChunkColumns = 5;
constexpr int kBlockColumns = 6;

// Names of one kind, read a chunk at a time and only where one is asked for. What is read stays where it is.
class NameChunks {
 private:
  struct Chunk {
    uint32_t first = 0;
    uint32_t count = 0;
    std::string bytes;
    std::optional<EncodedTexts> texts;  // look into `bytes`
  };

  auto in_chunk(Chunk& chunk, const auto& work) {
    const std::string where =
        "name_chunk " + std::to_string(static_cast<int>(kind_)) + "/" + std::to_string(chunk.first);
    try {
      if (!chunk.texts) load(chunk, where);
      return work(*chunk.texts);
    } catch (const DamagedBlob& e) {
      database_.damaged(where + ": " + e.what());
    }
  }

  void load(Chunk& chunk, const std::string& where) {
    Statement row(database_, "SELECT * FROM name_chunk WHERE kind = ? AND first_number = ?");
    if (!row.bind({static_cast<int64_t>(kind_), int64_t{chunk.first}}).step()) database_.damaged(where);
    row.check_row("name_chunk", kChunkColumns);
    chunk.bytes = row.string(4);
    chunk.texts.emplace(chunk.bytes, chunk.count);
  }

 public:
  NameChunks(Database& database, NameKind kind) : database_(database), kind_(kind) {
    Statement rows(database, "SELECT first_number, name_count FROM name_chunk WHERE kind = ? ORDER BY first_number");
    for (rows.bind({static_cast<int64_t>(kind)}); rows.step();) {
      Chunk& chunk = chunks_.emplace_back();
      chunk.first = static_cast<uint32_t>(rows.integer(0, 0, UINT32_MAX));
      chunk.count = static_cast<uint32_t>(rows.integer(1, 1, kBlockRows));
    }
  }

  std::string name(uint32_t number) {
    const auto after = std::upper_bound(chunks_.begin(), chunks_.end(), number,
                                        [](uint32_t n, const Chunk& chunk) { return n < chunk.first; });
    if (after == chunks_.begin() || number - (after - 1)->first >= (after - 1)->count)
      throw DamagedBlob("a name is not there");
    return in_chunk(*(after - 1), [&](EncodedTexts& texts) { return texts.at(number - (after - 1)->first); });
  }

  // kMissingCode = not there. Names that are counted go up from chunk to chunk: the one that has it is the last that
  // may.
  uint32_t find(const std::string& name) {
    for (auto chunk = chunks_.rbegin(); chunk != chunks_.rend(); ++chunk) {
      const auto place = in_chunk(*chunk, [&](EncodedTexts& texts) { return texts.find(name); });
      if (place) return chunk->first + static_cast<uint32_t>(*place);
    }
    return facts::kMissingCode;
  }

 private:
  Database& database_;
  NameKind kind_;
  std::vector<Chunk> chunks_;  // by first
};

struct Place {
  int64_t id = 0;
  uint32_t source = 0;
  size_t rows = 0;
  bool may_match = false;
  bool is_first = false;  // of its source: says which columns there are
};

// Whether a block may have one of `numbers` (ascending) in a column, by what is said of its ranges.
bool may_match(std::string_view ranges, std::string_view column, std::span<const uint32_t> numbers) {
  ByteReader in(ranges);
  for (;;) {
    if (in.at_end()) return false;  // the file does not have this column
    const std::string_view name = in.bytes(in.number());
    const uint64_t least = in.number();
    const uint64_t greatest = in.number();
    if (name != column) continue;
    const auto it = std::lower_bound(numbers.begin(), numbers.end(), least);
    return it != numbers.end() && *it <= greatest;
  }
}

std::vector<size_t> matching_rows(const FrameBlock& block, std::string_view column, std::span<const uint32_t> numbers) {
  std::vector<size_t> rows;
  for (const ColumnBlock& c : block.columns) {
    if (c.name != column || !c.decoded || numbers.empty()) continue;
    if (!c.numbered) throw DamagedBlob("a column without numbers");
    const uint32_t least = numbers.front();
    const uint32_t width = numbers.back() - least;
    for (size_t row = 0; row < c.codes.size(); ++row) {
      if (c.codes[row] - least <= width && std::binary_search(numbers.begin(), numbers.end(), c.codes[row]))
        rows.push_back(row);
    }
  }
  return rows;
}

const ColumnBlock* find_column(const FrameBlock& block, std::string_view name) {
  for (const ColumnBlock& c : block.columns) {
    if (c.name == name && c.numbered) return &c;
  }
  return nullptr;
}

class Few final : public FewRecords {
 public:
  Few(Database& database, Timestamp known)
      : database_(database), scope_(database), known_(known), sources_(database, known) {}

  std::vector<uint32_t> find(TableId table, std::string_view column, std::span<const std::string> names) override {
    std::vector<uint32_t> numbers;
    for (const std::string& name : names) numbers.push_back(chunks(table, column).find(name));
    return numbers;
  }

  std::vector<std::string> names(TableId table, std::string_view column, std::span<const uint32_t> numbers) override {
    std::vector<std::string> out;
    for (const uint32_t number : numbers) out.emplace_back(chunks(table, column).name(number));
    return out;
  }

  std::vector<uint32_t> named(const Where& where, std::string_view column) override {
    const std::string_view wanted[] = {where.column, column};
    const std::vector<uint32_t> numbers = sorted(where.numbers);
    std::vector<uint32_t> found;
    for (const Place& place : places_of(where.table, where.column, numbers)) {
      if (!place.may_match) continue;
      const std::string& cells = cells_of(place);
      name_damage(place, [&] {
        const FrameBlock block = decode_frame_block(cells, place.rows, wanted);
        const std::vector<size_t> rows = matching_rows(block, where.column, numbers);
        const ColumnBlock* named = find_column(block, column);
        for (const size_t row : rows) {
          if (named != nullptr) found.push_back(named->codes[row]);
        }
      });
    }
    std::erase(found, facts::kMissingCode);
    return sorted(std::move(found));
  }

  std::vector<std::pair<uint32_t, uint32_t>> pairs(TableId table, std::string_view first,
                                                   std::string_view second) override {
    const std::string_view wanted[] = {first, second};
    std::vector<std::pair<uint32_t, uint32_t>> pairs;
    for (const Place& place : places_of(table, first, {})) {
      const std::string& cells = cells_of(place);
      name_damage(place, [&] {
        const FrameBlock block = decode_frame_block(cells, place.rows, wanted);
        const ColumnBlock* a = find_column(block, first);
        const ColumnBlock* b = find_column(block, second);
        for (size_t row = 0; a != nullptr && b != nullptr && row < place.rows; ++row)
          pairs.emplace_back(a->codes[row], b->codes[row]);
      });
    }
    return pairs;
  }

  std::vector<facts::Frame> records(const Where& where, std::span<const std::string_view> columns) override {
    std::vector<std::string_view> wanted(columns.begin(), columns.end());
    for (const model::CanonicalColumn& c : model::imported_table(where.table).columns) {
      if (c.key && !columns.empty()) wanted.push_back(c.name);
    }
    const std::vector<uint32_t> numbers = sorted(where.numbers);
    return merge_blocks(where.table, {}, columns, 0, [&](const TakeBlock& take) {
      for (const Place& place : places_of(where.table, where.column, numbers)) {
        if (!place.may_match && !place.is_first) continue;
        const std::string& cells = cells_of(place);
        name_damage(place, [&] {
          take(rows_of(cells, place, {where.table, where.column, numbers}, wanted), place.source);
        });
      }
    });
  }

  std::vector<std::pair<uint32_t, FactCell>> facts(std::span<const uint32_t> subjects, DateRange range) override {
    return read_facts_of(database_, subjects, range, known_);
  }

 private:
  static std::vector<uint32_t> sorted(std::vector<uint32_t> numbers) {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
  }

  NameChunks& chunks(NameKind kind) {
    std::optional<NameChunks>& chunks = names_[static_cast<size_t>(kind)];
    if (!chunks) chunks.emplace(database_, kind);
    return *chunks;
  }
  NameChunks& chunks(TableId table, std::string_view column) {
    return chunks(names_of(table, column).value_or(NameKind::subjects));
  }

  std::vector<Place> places_of(TableId table, std::string_view column, std::span<const uint32_t> numbers) {
    std::vector<Place> places;
    Statement rows(database_,
                   "SELECT block_id, source_id, row_count, ranges FROM record_block WHERE table_name = ? "
                   "ORDER BY block_id");
    for (rows.bind({model::imported_table(table).name}); rows.step();) {
      const auto source = static_cast<uint32_t>(rows.integer(1, 1, UINT32_MAX));
      if (!sources_.knows(source)) continue;
      Place place{rows.integer(0), source, static_cast<size_t>(rows.integer(2, 0, kBlockRows)), false,
                  places.empty() || places.back().source != source};
      name_damage(place, [&] { place.may_match = may_match(rows.text(3), column, numbers); });
      places.push_back(place);
    }
    return places;
  }

  const std::string& cells_of(const Place& place) {
    const auto [it, is_new] = read_.try_emplace(place.id);
    if (!is_new) return it->second;
    Statement row(database_, "SELECT * FROM record_block WHERE block_id = ?");
    if (!row.bind({place.id}).step()) database_.damaged("record_block " + std::to_string(place.id));
    row.check_row("record_block", kBlockColumns);
    return it->second = row.string(5);
  }

  // The rows of a block that are wanted, with names instead of numbers. Where there is none, the columns still tell
  // what the file has.
  FrameBlock rows_of(std::string_view cells, const Place& place, const Where& where,
                     std::span<const std::string_view> wanted) {
    std::vector<size_t> rows;
    if (place.may_match) {
      const std::string_view key[] = {where.column};
      rows = matching_rows(decode_frame_block(cells, place.rows, key), where.column, where.numbers);
    }
    static constexpr std::string_view kNone[] = {""};
    FrameBlock block =
        decode_frame_rows(cells, place.rows, rows, rows.empty() ? std::span<const std::string_view>(kNone) : wanted);
    for (ColumnBlock& column : block.columns) {
      column.decoded = wanted.empty() || std::find(wanted.begin(), wanted.end(), column.name) != wanted.end();
      if (column.numbered) name_all(column);
    }
    return block;
  }

  // Numbers → texts of the column's own.
  void name_all(ColumnBlock& column) {
    NameChunks& names = chunks(column.kind);
    std::unordered_map<uint32_t, uint32_t> code_of;
    column.numbered = false;
    for (uint32_t& code : column.codes) {
      if (code == facts::kMissingCode) continue;
      const auto [it, is_new] = code_of.emplace(code, static_cast<uint32_t>(column.texts.size()));
      if (is_new) column.texts.push_back(named_.emplace_back(names.name(code)));
      code = it->second;
    }
  }

  template <class Work>
  void name_damage(const Place& place, const Work& work) {
    try {
      work();
    } catch (const DamagedBlob& e) {
      database_.damaged("record_block " + std::to_string(place.id) + ": " + e.what());
    }
  }

  Database& database_;
  ReadScope scope_;
  Timestamp known_;
  KnownSources sources_;
  std::array<std::optional<NameChunks>, kNameKinds> names_;
  std::deque<std::string> named_;                  // what columns look into
  std::unordered_map<int64_t, std::string> read_;  // cells by block: most are asked for again
};

}  // namespace

std::unique_ptr<FewRecords> few_records(Database& database, Timestamp known) {
  return std::make_unique<Few>(database, known);
}

}  // namespace hr::store
