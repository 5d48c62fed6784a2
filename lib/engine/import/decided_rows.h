// Rows of a file that somebody has decided about in the review queue: those dropped are left out, those corrected are
// read with their corrections. Costs nothing where the store has no decisions about the table.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/import/places.h"
#include "engine/import/steps.h"
#include "facts/frame.h"
#include "ingest/read.h"
#include "model/imported_table.h"
#include "store/review.h"

namespace hr::engine {

// The newest decision about each row of a table, by ingest::row_text().
std::unordered_map<std::string, store::Decision> row_decisions(store::Store& store, model::TableId table);

// The fields of a row as corrected; a correction of a heading that is not there changes nothing.
std::vector<std::string> corrected(const std::vector<std::string>& headings, std::vector<std::string> fields,
                                   const store::Decision& decision);

class DecidedRows {
 public:
  // Looks through the file for rows that were decided about.
  DecidedRows(const Import& import, const Reading& reading);

  bool any_instead() const { return !leave_out_.empty(); }
  // Removes the rows that are not to be taken as they stand, and what was found about them.
  void leave_out(facts::Frame& frame) const;
  void leave_out(std::vector<ingest::RejectedRow>& rejected) const;
  // What is read instead of them; and gives the fields as read back to those of them that are set aside all the same.
  const ingest::GivenRows& instead() const { return instead_; }
  void restore(std::vector<ingest::RejectedRow>& rejected) const;

  // The reason of the decision that stands behind a line; empty = none.
  std::string reason(uint32_t line) const;

  // When it is known which rows are set aside, with their fields as read: where decisions were used, and how often.
  void note_uses(ImportedFile& file) const;

 private:
  struct Row {
    uint32_t line = 0;
    std::vector<std::string> fields;            // as read
    const store::Decision* decision = nullptr;  // none: of the line of one that has
    std::vector<std::string> instead;           // as it is read
  };
  std::span<const Row> of(uint32_t line) const;

  std::unordered_map<std::string, store::Decision> decisions_;
  std::vector<Row> rows_;                   // ascending line
  std::unordered_set<uint32_t> leave_out_;  // lines
  ingest::GivenRows instead_;
};

}  // namespace hr::engine
