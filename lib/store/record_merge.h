// Many imports of one table → one frame: for each natural key the newest cell of each column. A column that an import
// does not carry keeps what earlier imports said; of org units it is also kept which cells no import has carried.
// Internal to the store.
#pragma once

#include <string>
#include <vector>

#include "facts/frame.h"
#include "model/imported_table.h"
#include "store/column_codec.h"

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

class RecordMerge {
 public:
  // With `changes`, appends to it every cell that an import changes after another import had carried it.
  explicit RecordMerge(model::TableId table, std::vector<CellChange>* changes = nullptr);

  void add(const FrameBlock& block, uint32_t source);  // in order of import; throws DamagedBlob
  const facts::Frame& frame() const { return frame_; }
  facts::Frame take();
  std::string readable_key(size_t row) const;  // key cells joined by " · ", missing ones left out

 private:
  struct Provenance {              // of each cell of one column, only with changes_
    std::vector<uint32_t> source;  // 0 = no import has carried it
    std::vector<uint32_t> row;
  };
  struct Incoming {                      // what a block says about one merged column
    const ColumnBlock* cells = nullptr;  // nullptr: nothing, it is not carried
    std::vector<uint32_t> codes;         // of texts: in the merged dictionary, one a row
  };
  struct Converted;

  size_t column_for(const ColumnBlock& block);
  std::vector<Incoming> incoming_of(const FrameBlock& block, Converted& converted);
  std::vector<uint32_t> merged_codes(size_t column, const ColumnBlock& block);
  std::vector<uint32_t> key_parts(size_t column, const Incoming& incoming, size_t rows);
  std::vector<uint32_t> records_of(const std::vector<Incoming>& incoming, size_t rows);
  uint32_t find_or_add(const uint32_t* key);
  void grow_slots();
  void set_cells(size_t column, const Incoming& incoming, const std::vector<uint32_t>& records);
  void note_changes(size_t column, const ColumnBlock& cells, const std::vector<uint32_t>& records,
                    const std::vector<uint32_t>& rows, uint32_t source);

  facts::Frame frame_;
  std::vector<CellChange>* changes_;
  bool keeps_said_;  // fills Column::said
  std::vector<size_t> key_columns_;
  facts::Dictionary other_keys_;  // texts of key cells that are held otherwise than the table says
  std::vector<uint32_t> keys_;    // key_columns_.size() a record
  std::vector<uint32_t> slots_;   // record + 1 by hash, 0 = free; a power of two, at most half full
  std::vector<Provenance> provenance_;
};

}  // namespace hr::store
