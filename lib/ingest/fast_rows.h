// Rows of a CSV file → columns, a column at a time: for cells as nearly all are. A row with anything out of the
// ordinary goes to the TableReader, which alone knows the rules and gives the reasons.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/frame.h"
#include "ingest/column_plan.h"
#include "ingest/field_ends.h"
#include "ingest/pieces.h"
#include "ingest/recent_texts.h"
#include "ingest/table_reader.h"

namespace hr::ingest {

class FastRows {
 public:
  // All live as long as it does. `reader` appends to `frame`.
  FastRows(const Opened& opened, const ColumnPlan& plan, TableReader& reader, facts::Frame& frame);

  // Whether it can read rows by this plan: not of wide files, nor with mappings that change values.
  static bool can_read(const Opened& opened, const ColumnPlan& plan);

  // Reads `bytes`, a part of the piece that begins at a record on this line, into the empty frame. The piece is sound
  // UTF-8 without ends of lines in quotes. False: a record is too long.
  bool read(const Piece& piece, std::string_view bytes, uint32_t line);

 private:
  // A row as it stands in the bytes; field f ends at ends_.of_fields()[first + f].
  struct Row {
    uint32_t begin = 0;
    uint32_t first = 0;
    uint32_t line = 0;
  };
  struct Seen {  // raw texts of periods and choices, and what they became
    facts::Dictionary raw;
    std::vector<uint32_t> codes;  // in the column's dictionary
  };

  bool find_rows(uint32_t line);
  class Cells;
  Cells cells_of(size_t at);
  void read_column(size_t at);
  void read_texts(size_t at);
  void read_days(size_t at);
  void read_decimals(size_t at);
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
  bool quotes_ = false;
  FieldEnds ends_;
  std::vector<Row> rows_;
  std::vector<uint8_t> odd_;  // by row: for the TableReader
};

}  // namespace hr::ingest
