// Many imports of one table → one frame: for each natural key the newest cell of each column. A column that an import
// does not carry keeps what earlier imports said; of org units it is also kept which cells no import has carried.
// Internal to the store.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "model/imported_table.h"
#include "store/column_codec.h"
#include "store/key_index.h"

namespace hr::store {

// A cell that a later import changed.
struct CellChange {
  std::string column;
  std::string old_value;
  std::string new_value;
  uint32_t record = 0;  // row of the merged frame
  uint32_t old_source = 0, old_row = 0;
  uint32_t new_source = 0, new_row = 0;
};

// The names of each kind, of those kinds that the table refers to.
using NamesByKind = std::array<facts::SharedDictionary, kNameKinds>;
// What a column of a table names by number; none = its texts are its own.
std::optional<NameKind> names_of(model::TableId table, std::string_view column);

// The rows of a block as a frame, where none has the key of another: cells are taken from the block, and what memory
// the frame had is given to it. Throws DamagedBlob.
void take_frame(model::TableId table, const NamesByKind& names, uint32_t source, FrameBlock& block,
                facts::Frame& frame);

struct MergeOptions {
  std::vector<std::string_view> columns;       // to be put together; empty = all
  std::vector<CellChange>* changes = nullptr;  // gets every cell that an import changes after another had carried it
};

class RecordMerge {
 public:
  RecordMerge(model::TableId table, const NamesByKind& names, MergeOptions options);

  // In order of import; throws DamagedBlob. The rows of one import have different keys, but where it may come in parts
  // (`assignments`, `org_units`). So while there is only one, nothing is looked up.
  void add(const FrameBlock& block, uint32_t source);
  void expect(size_t rows) { expected_ = rows; }  // in all
  const facts::Frame& frame() const { return frame_; }
  facts::Frame take();
  std::string readable_key(size_t row) const;  // key cells joined by " · ", missing ones left out

 private:
  struct Provenance {              // of each cell of one column, only with changes
    std::vector<uint32_t> source;  // 0 = no import has carried it
    std::vector<uint32_t> row;
  };
  struct Incoming {                      // what a block says about one merged column
    const ColumnBlock* cells = nullptr;  // nullptr: nothing, it is not carried
    std::vector<uint32_t> codes;         // of texts: in the merged dictionary, one a row
  };
  struct Converted;

  bool is_one_import(uint32_t source) const;
  size_t column_for(const ColumnBlock& block);
  std::vector<Incoming> incoming_of(const FrameBlock& block, Converted& converted);
  std::vector<uint32_t> merged_codes(size_t column, const ColumnBlock& block);
  void append(const std::vector<Incoming>& incoming, const FrameBlock& block, uint32_t source);
  void index_all();
  std::vector<uint32_t> key_parts(size_t column, const Incoming& incoming, size_t rows);
  std::vector<uint32_t> records_of(const std::vector<Incoming>& incoming, size_t rows);
  void set_cells(size_t column, const Incoming& incoming, const std::vector<uint32_t>& records);
  void note_changes(size_t column, const ColumnBlock& cells, const std::vector<uint32_t>& records,
                    const std::vector<uint32_t>& rows, uint32_t source);

  model::TableId table_;
  facts::Frame frame_;
  MergeOptions options_;
  bool may_come_in_parts_;
  bool keeps_said_;  // fills Column::said
  size_t expected_ = 0;
  std::vector<size_t> key_columns_;
  std::optional<KeyIndex> keys_;  // of the records; none while nothing is looked up
  std::vector<Provenance> provenance_;
};

}  // namespace hr::store
