// Rows of a CSV file → columns, some rows at a time and of them a column at a time: for cells as nearly all are. A row
// with anything out of the ordinary goes to the TableReader, which alone knows the rules and gives the reasons.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "ingest/column_plan.h"
#include "ingest/pieces.h"
#include "ingest/recent_texts.h"
#include "ingest/row_cutter.h"
#include "ingest/table_reader.h"

namespace hr::ingest {

class FastRows {
 public:
  // All live as long as it does. `reader` appends to `frame`.
  FastRows(const Opened& opened, const ColumnPlan& plan, TableReader& reader, facts::Frame& frame);

  // Whether it can read rows by this plan: not of wide files, nor with mappings that change values.
  static bool can_read(const Opened& opened, const ColumnPlan& plan);

  // Reads `bytes`, the rest of the piece from a record on this line on, into the frame, instead of the rows that
  // it has. The piece is sound UTF-8 without ends of lines in quotes. False: a record is too long.
  bool read(const Piece& piece, std::string_view bytes, uint32_t line);

 private:
  struct Seen {  // raw texts of periods and choices, and what they became
    facts::Dictionary raw;
    std::vector<uint32_t> codes;  // in the column's dictionary
  };

  // The rows that were cut last, and where they go.
  struct Group {
    size_t first = 0;  // row of the frame
    size_t rows = 0;
  };
  void set_size(size_t rows);
  const std::string_view* texts_of(size_t at, const Group& group);
  void look_at_unnamed(const Group& group);
  void read_column(size_t at, const Group& group);
  template <class Texts>
  void read_texts(size_t at, const Group& group, Texts texts);
  void read_days(size_t at, const Group& group);
  void read_decimals(size_t at, const Group& group);
  void look_up(size_t at, std::span<const std::string_view> texts, std::span<uint32_t> codes);
  bool is_new_text_sound(size_t at, std::string_view text);
  bool is_known_text_sound(size_t at, uint32_t code, std::string_view text);
  void check_order(size_t earlier, size_t later, bool equal_is_odd);
  size_t next_odd(size_t row) const;  // from this one on
  void read_odd_rows(uint64_t offset);

  const Opened& opened_;
  const ColumnPlan& plan_;
  TableReader& reader_;
  facts::Frame& frame_;
  std::vector<std::string> defaults_;     // by column; empty = none
  std::vector<Seen> seen_;                // by column
  std::vector<RecentTexts> recent_;       // by column
  std::vector<std::vector<bool>> known_;  // by column: texts that its dictionary began with, by code: whether they
                                          // have been found sound
  std::string_view bytes_;
  RowCutter cutter_;
  std::array<std::string_view, RowCutter::kRows> given_;    // a column's
  std::array<std::string_view, RowCutter::kRows> unknown_;  // to be looked up together
  std::vector<uint32_t> begins_;                            // by row: of its record, in the bytes
  std::vector<uint8_t> odd_;                                // by row: for the TableReader
};

}  // namespace hr::ingest
