// What a cell says, for people and for programs: the part that all formats share.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "i18n/message.h"
#include "table/table.h"

namespace hr::render {

// The label in `language`, or in the other one where it has none.
const std::string& pick(const table::Label& label, i18n::Language language);
// The heading of a column for people: its title, or its key.
const std::string& heading(const table::Column& column, i18n::Language language);

bool is_numeric(table::Kind kind);
// The columns that formats for people show: not those for programs, and none that is empty in every row, unless it is a
// key. Of a sheet: all.
std::vector<const table::Column*> columns_for_people(const table::Table& table);

// A decimal at `decimals` places (-1 = as many as it has), half away from zero.
void append_number(std::string& out, Decimal value, int decimals);
void append_date(std::string& out, int32_t days);

// A cell for people: label of a choice, "70 %", yes or 是. Without a value: what the column says for it, else "-", or
// nothing for remarks and lists. Not escaped, not indented.
std::string cell_for_people(const table::Column& column, size_t row, i18n::Language language);
// The numbers of a series, and from where to where they reach.
std::vector<std::optional<double>> numbers_of(const std::vector<std::string>& series);
struct Extent {
  double least = 0, most = 0;
  double share(double number) const { return most > least ? (number - least) / (most - least) : 0.5; }
};
Extent extent_of(const std::vector<std::optional<double>>& numbers);
// A series as blocks of eight heights from its least to its most; a dot where there is no number.
std::string sparkline(const std::vector<std::string>& series);
// The label of a choice's code, or of a list's item; the code where it has none.
std::string_view label_of(const table::Column& column, std::string_view code, i18n::Language language);
// What people read instead of a table without rows.
std::string words_for_no_rows(const table::Table& table, i18n::Language language);
// The rows of a section that are read from top to bottom; `rows()` is how many there are in all where those are not
// all, else 0. The section outlives it.
class FirstRows {
 public:
  explicit FirstRows(const table::Section& section);
  const table::Table& table() const { return cut_ ? *cut_ : *whole_; }
  size_t rows() const { return cut_ ? whole_->rows() : 0; }

 private:
  const table::Table* whole_;
  std::optional<table::Table> cut_;
};
std::string words_for_first_rows(size_t shown, size_t rows, i18n::Language language);
// The fact as "label value", both for people; empty when there is nothing to say.
std::string fact_for_people(const table::Heading& head, size_t index, i18n::Language language);

}  // namespace hr::render
