// Rows of totals that a sheet ends with, or has below each group, against the rows that they are of.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/exact_sum.h"
#include "ingest/records.h"
#include "model/mapping.h"

namespace hr::ingest {

// A total that is neither the sum nor the mean of the rows above it, be it of all or of those since the total before.
struct WrongTotal {
  Place place;
  size_t field = 0;
  Decimal said;
  Decimal sum;        // of all rows
  uint64_t rows = 0;  // that have a number there
};

class Totals {
 public:
  explicit Totals(const model::Mapping& mapping) : mapping_(mapping) {}  // which outlives this

  // A row of data.
  void add(const Record& record);
  // A row that is left out, whose first text is this: nothing, unless it is called a total.
  void compare(const Record& record, std::string_view name, const RecordSource& places);
  // A row that cannot be read: there are no sums any more.
  void give_up() { given_up_ = true; }

  const std::vector<WrongTotal>& wrong() const { return wrong_; }

 private:
  struct Sums {
    ExactSum all, group;
    bool unknown = false;  // something is no number
  };

  std::optional<Decimal> number_in(std::string_view field, bool& says_something) const;

  const model::Mapping& mapping_;
  std::vector<Sums> sums_;  // by field
  bool given_up_ = false;
  std::vector<WrongTotal> wrong_;
};

}  // namespace hr::ingest
