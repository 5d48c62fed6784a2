// Rows of totals that a sheet ends with, or has below each group, and below groups of groups, against the rows that
// they are of.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/exact_sum.h"
#include "ingest/records.h"
#include "model/mapping.h"

namespace hr::ingest {

// A total that is neither the sum nor the mean of the rows above it, be it of all or of those of its group.
struct WrongTotal {
  Place place;
  size_t field = 0;
  Decimal said;
  Decimal sum;        // of the group that the total is most likely of
  uint64_t rows = 0;  // that have a number there
};

// Whether this is what a row of totals is called, and nothing else: 合计, Total.
bool is_called_total(std::string_view text);

class Totals {
 public:
  explicit Totals(const model::Mapping& mapping) : mapping_(mapping), open_(1) {}  // which outlives this

  // A row of data.
  void add(const Record& record);
  // A row that is left out, whose first text is this: nothing, unless it is called a total.
  void compare(const Record& record, std::string_view name, const RecordSource& places);
  // A row that cannot be read: there are no sums any more.
  void give_up() { given_up_ = true; }

  const std::vector<WrongTotal>& wrong() const { return wrong_; }

 private:
  struct Number {
    Decimal value;
    int decimals = 0;  // as written: 2 of 16.50
  };
  struct Group {
    int level = 0;               // of the total that it begins behind: 1 is of rows, 2 of groups that have totals …
    std::vector<ExactSum> sums;  // by field, of the rows before the next group in it begins
  };

  std::optional<Number> number_in(std::string_view field, bool& says_something) const;
  std::vector<std::optional<Number>> said_in(const Record& record) const;
  std::vector<std::vector<ExactSum>> sums_of_groups() const;
  void close(size_t group);

  const model::Mapping& mapping_;
  std::vector<uint8_t> unknown_;  // by field: something in it is no number
  std::vector<Group> open_;       // that a total may be of; the first is the sheet, each other lies in the one before
  bool given_up_ = false;
  std::vector<WrongTotal> wrong_;
};

}  // namespace hr::ingest
