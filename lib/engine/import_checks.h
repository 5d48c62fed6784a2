// Checks of incoming rows against each other and against what is stored: unknown people, KPIs, key results; the same
// key twice; managers. Finds; does not store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/diagnostic.h"
#include "base/suggester.h"
#include "facts/frame.h"
#include "ingest/read.h"
#include "model/definitions.h"
#include "model/imported_table.h"
#include "store/store.h"

namespace hr::engine {

// A row that cannot be taken, found after reading.
struct RowFault {
  size_t row = 0;      // of the frame
  std::string column;  // what is wrong; empty: the row as a whole
  Diagnostic reason;   // its place is the line; the caller knows where the field stands
};

// Ids that rows may refer to.
class KnownIds {
 public:
  KnownIds() = default;
  explicit KnownIds(std::vector<std::string> ids);

  void add(std::string id);
  bool has(std::string_view id) const { return set_.count(std::string(id)) > 0; }
  bool empty() const { return ids_.empty(); }
  // The known id that is probably meant: one that looks the same, the same number with zeros in front, or the nearest
  // one; empty = none.
  std::string meant_by(std::string_view id, Suggester& suggester) const;
  // The known id that a spreadsheet turns into `id`: 007 for 7. Empty = none.
  std::string with_zeros(std::string_view id) const;

 private:
  std::vector<std::string> ids_;
  std::unordered_set<std::string> set_;
  mutable std::optional<std::unordered_map<std::string, std::string>> zeros_;  // 7 → 007; made when first asked for
};

// What the store and the definitions know, as far as a table refers to it.
struct References {
  KnownIds employees;
  KnownIds kpis;         // empty: not checked
  KnownIds key_results;  // with KEY_RESULT/MILESTONE
  KnownIds objectives;
};
References load_references(store::Store& store, model::TableId table, const model::Definitions* definitions);

// Faults of rows, ascending; a row has at most one.
std::vector<RowFault> check_rows(const facts::Frame& frame, model::TableId table, const std::string& file,
                                 const References& references, const model::Definitions* definitions);

// Assignments without a day whose key another row has too: they would stand in the way of that row and say nothing.
// Removes them; how many there were.
uint64_t drop_empty_twins(facts::Frame& assignments);

// What is doubtful about rows that are taken all the same: a cycle, a KPI, a goal to support that nobody knows; facts
// of a KPI that has a formula.
std::vector<RowFault> doubtful_rows(const facts::Frame& frame, model::TableId table, const std::string& file,
                                    const References& references, const model::Definitions* definitions);

// What the stored organisation as a whole leaves in doubt about rows of files of these names: overlapping spells,
// unknown managers and units, circles. Ascending by place.
struct Doubts {
  Diagnostics here;     // in the files as they are now
  Diagnostics earlier;  // in a file of the same name and other content that was imported before
};
Doubts doubts_about(store::Store& store, const std::vector<store::Source>& files, Date today);

}  // namespace hr::engine
