#include "engine/import/closed_rows.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "engine/import/goalposts.h"
#include "engine/import/reconcile.h"
#include "facts/cells.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

// Whether a row of check-ins, feedback or leaves belongs to a cycle.
class RowCycle {
 public:
  explicit RowCycle(const Import& import) : table_(import.request.table) {
    if (table_ == TableId::checkins) objectives_.emplace(import);
  }

  bool is_in(const Frame& frame, size_t row, const model::Cycle& cycle) const {
    switch (table_) {
      case TableId::checkins:
        return objectives_->of_key_result(std::string(frame.find("key_result")->text(row))) == cycle.id;
      case TableId::feedback: {
        const auto day = facts::date_of(frame.find("date"), row);
        return day && cycle.range.contains(*day);
      }
      default:
        return facts::range_of(frame.find("from"), frame.find("to"), row).overlaps(cycle.range);
    }
  }

 private:
  TableId table_;
  std::optional<ObjectiveCycles> objectives_;
};

std::vector<uint64_t> late_records(const Import& import, const RecordIndex& stored, const Frame& frame,
                                   const std::vector<BegunCycle>& closed) {
  const std::vector<Change> changes = reconcile(stored, frame, stored.find(frame));
  const RowCycle cycles(import);
  std::vector<uint64_t> counts(closed.size());
  for (size_t row = 0; row < frame.size(); ++row) {
    for (size_t i = 0; i < closed.size() && changes[row] != Change::unchanged; ++i)
      counts[i] += cycles.is_in(frame, row, *closed[i].cycle);
  }
  return counts;
}

std::vector<BegunCycle> closed_cycles(const Import& import) {
  std::vector<BegunCycle> closed = begun_cycles(import);
  std::erase_if(closed, [](const BegunCycle& b) { return b.stage != Stage::closed; });
  return closed;
}

Diagnostics late_rows(const std::vector<BegunCycle>& closed, const std::vector<uint64_t>& counts,
                      const std::string& file) {
  Diagnostics late;
  for (size_t i = 0; i < closed.size(); ++i) {
    if (counts[i] > 0)
      late.push_back(make_warning("closed-cycle", {file, 0, 0, 0}, {closed[i].cycle->id, std::to_string(counts[i])}));
  }
  return late;
}

}  // namespace

Diagnostics rows_of_closed_cycles(const Import& import, const RecordIndex& stored, const Frame& frame,
                                  const std::string& file) {
  const TableId table = import.request.table;
  if (table != TableId::checkins && table != TableId::feedback && table != TableId::leaves) return {};
  const std::vector<BegunCycle> closed = closed_cycles(import);
  return closed.empty() ? Diagnostics{} : late_rows(closed, late_records(import, stored, frame, closed), file);
}

Diagnostics facts_of_closed_cycles(const Import& import, const std::map<Period, uint64_t>& news,
                                   const std::string& file) {
  const std::vector<BegunCycle> closed = closed_cycles(import);
  std::vector<uint64_t> counts(closed.size());
  for (size_t i = 0; i < closed.size(); ++i) {
    for (const auto& [period, count] : news) {
      if (period.range().overlaps(closed[i].cycle->range)) counts[i] += count;
    }
  }
  return late_rows(closed, counts, file);
}

}  // namespace hr::engine
