// Where the table stands in a file: a source of records whose first one is the row of headings and whose others are
// data, made from one of all rows as they stand there (titles above, headings in several rows, totals below).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/records.h"
#include "ingest/totals.h"
#include "model/mapping.h"

namespace hr::ingest {

// Rows below the headings that are no data.
struct LeftOut {
  uint64_t footers = 0;
  uint64_t empty = 0;
  uint32_t first_footer = 0;  // its line; 0 = there is none
  std::string first_text;     // how it begins

  uint64_t rows() const { return footers + empty; }
};

class Layout final : public RecordSource {
 public:
  // The mapping lives as long as it does. `ragged`: rows end with their last cell that says something, so that data
  // rows are brought to as many fields as there are headings.
  Layout(std::unique_ptr<RecordSource> source, const model::Mapping& mapping, bool ragged = false);

  bool next(Record& record) override;
  // Where a field really stands: one that is filled, where its text comes from; a heading, in its lowest row.
  Place place(const Record& record, size_t field) const override;
  uint32_t line() const override { return source_->line(); }
  Diagnostics findings() const override { return source_->findings(); }
  const LeftOut& left_out() const { return left_out_; }
  const std::vector<WrongTotal>& wrong_totals() const { return totals_.wrong(); }

 private:
  struct Fill {
    size_t field = 0;
    std::string text;
    Place place;
  };

  bool find_headings(Record& record);
  void add_heading_row(const Record& record);
  void letter_headings(const Record& first);
  void give_headings(Record& record);
  void find_fills(Record& record);
  bool is_footer(std::string_view text) const;
  bool is_left_out(const Record& record);
  void fill_up(Record& record) const;
  void fill(Record& record);

  std::unique_ptr<RecordSource> source_;
  const model::Mapping& mapping_;
  const bool ragged_;
  std::vector<std::string> footers_;  // as they are compared
  bool begun_ = false;
  bool as_it_is_ = false;                       // rows set aside earlier: they have been laid out already
  std::vector<std::vector<std::string>> rows_;  // of headings
  std::vector<std::string> headings_;
  std::vector<Place> heading_places_;
  uint32_t heading_line_ = 0;
  Record first_;       // of data, where there are no headings
  size_t fewest_ = 0;  // fields that a row then has
  bool first_waits_ = false;
  int skip_ = 0;
  std::vector<Fill> fills_;
  LeftOut left_out_;
  Totals totals_;
};

// Headings of several rows as one: "2026/Q1". An upper one holds for the empty cells to its right that have a heading
// below, as merged cells come out; equal and empty parts stand once.
std::vector<std::string> joined_headings(std::vector<std::vector<std::string>> rows);

}  // namespace hr::ingest
