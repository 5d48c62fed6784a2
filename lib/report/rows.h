// The rows of a table, one at a time: a cell that is not put stays missing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "base/figure.h"
#include "table/table.h"

namespace hr::report {

class Rows {
 public:
  explicit Rows(table::Table& out) : out_(out) {}

  void begin() { end(); }                                   // of a row
  void end();                                               // of the last one
  void put(std::string_view key, const std::string& text);  // an empty one stays missing
  void put(std::string_view key, Decimal number) { out_.column(key).add(number); }
  void put(std::string_view key, const std::optional<Decimal>& number);
  void put(std::string_view key, Figure figure) { put(key, figure.decimal()); }
  // At nine decimals; none, or one that is no Figure, stays missing.
  void measure(std::string_view key, std::optional<double> value);
  void count(std::string_view key, int64_t n) { put(key, make_decimal(n)); }
  void flag(std::string_view key, bool value) { out_.column(key).add_flag(value); }

 private:
  table::Table& out_;
};

}  // namespace hr::report
