// What the columns of a table read of a record, as text: which fields, joined and split, and put right as the mapping
// says. Every change is noted.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/cleansing.h"
#include "ingest/column_plan.h"
#include "ingest/records.h"
#include "ingest/values.h"

namespace hr::ingest {

class FieldTexts {
 public:
  // The plan lives as long as this does. `keeps_changes`: changes().take() will be asked for.
  FieldTexts(const ColumnPlan& plan, bool keeps_changes) : plan_(plan), changes_(keeps_changes) {}

  // Texts live until the next row begins.
  void begin_row(uint32_t line);
  // The row is taken: its changes count, and the currencies of its amounts are those of their columns.
  void accept_row();

  // What stands in the record for the column, before anything is put right; `at`: of the unpivoted columns.
  std::string_view text_in(const PlannedColumn& column, const Record& record, size_t at = 0);
  // The cell of plan.unpivoted[at].
  std::string_view unpivoted(const Record& record, size_t at) const;
  // Whether the mapping says that such a text is none.
  bool says_nothing(std::string_view text) const;
  // Cleaned, and what the mapping says instead of it.
  std::string_view put_right(const PlannedColumn& column, std::string_view raw);
  // By the rules for numbers; `sign`: of the currency that was taken off. False: an amount in another currency than
  // the column has, which are never put together.
  bool put_number_right(const PlannedColumn& column, std::string_view& text, std::string_view& sign, ValueFault& fault);

  Changes& changes() { return changes_; }
  const Changes& changes() const { return changes_; }

 private:
  struct Sign {  // what the numbers of a column are in
    std::string_view text;
    uint32_t line = 0;
  };

  std::string_view text_of(const FieldPart& part, const Record& record, size_t at) const;
  std::string_view split_off(const PlannedColumn& column, std::string_view text);
  void apply(const PlannedColumn& column, Rule rule, std::optional<std::string> better, std::string_view& text);
  std::string_view cleaned(const PlannedColumn& column, std::string_view text);
  std::string_view replaced(const PlannedColumn& column, std::string_view raw, std::string_view text);

  const ColumnPlan& plan_;
  Changes changes_;
  std::map<const PlannedColumn*, Sign> signs_, row_signs_;
  uint32_t line_ = 0;
};

}  // namespace hr::ingest
