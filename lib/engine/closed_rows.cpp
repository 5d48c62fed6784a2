#include "engine/closed_rows.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>

#include "engine/import_goalposts.h"
#include "engine/reconcile.h"
#include "facts/cells.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

// The facts of a file that lie in a cycle, and how many of them the store does not have yet.
class LateFacts {
 public:
  LateFacts(const Import& import, const Frame& frame, DateRange days) : import_(import), days_(days) {
    const Column& subject = *frame.find("subject");
    const Column& kpi = *frame.find("kpi");
    const Column& period = *frame.find("period");
    const Column& value = *frame.find("value");
    std::vector<std::optional<Period>> periods;
    for (uint32_t code = 0; code < period.dictionary.size(); ++code) {
      periods.push_back(parse_period(period.dictionary[code]));
      if (periods.back() && !periods.back()->range().overlaps(days)) periods.back().reset();
    }
    const facts::SharedDictionary subjects = import.store.subjects();
    for (size_t row = 0; row < frame.size(); ++row) {
      kpis_.insert(std::string(kpi.text(row)));
      const auto& in = periods[period.codes[row]];
      if (!in) continue;
      ++late_;
      if (const auto number = subjects.find(subject.text(row)))
        rows_[{std::string(kpi.text(row)), *in}][*number] = value.decimals[row].to_double();
    }
  }

  uint64_t count() {
    import_.store.read_facts(days_, store::kNow, [&](const store::FactBlock& block) {
      const auto rows = rows_.find({std::string(block.kpi), block.period});
      for (size_t i = 0; i < block.subjects.size(); ++i) {
        const bool is_there = rows != rows_.end() && rows->second.count(block.subjects[i]) > 0;
        if (is_there)
          late_ -= rows->second.at(block.subjects[i]) == block.values[i];
        else
          late_ += is_replaced(block);
      }
    });
    return late_;
  }

 private:
  // --replace withdraws what the file no longer has.
  bool is_replaced(const store::FactBlock& block) const {
    if (!import_.request.replace || kpis_.count(std::string(block.kpi)) == 0) return false;
    const DateRange whole = import_.request.replace->range();
    return block.period.range().intersect(whole) == block.period.range();
  }

  const Import& import_;
  DateRange days_;
  std::set<std::string> kpis_;
  std::map<std::pair<std::string, Period>, std::unordered_map<uint32_t, double>> rows_;  // by subject number
  uint64_t late_ = 0;
};

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

std::vector<uint64_t> late_records(const Import& import, const Frame& frame, const std::vector<BegunCycle>& closed) {
  const TableId table = import.request.table;
  const std::vector<Frame> stored = import.store.records(table, store::kNow);
  const RecordIndex index(table, stored);
  const std::vector<Change> changes = reconcile(index, frame, index.find(frame));
  const RowCycle cycles(import);
  std::vector<uint64_t> counts(closed.size());
  for (size_t row = 0; row < frame.size(); ++row) {
    for (size_t i = 0; i < closed.size() && changes[row] != Change::unchanged; ++i)
      counts[i] += cycles.is_in(frame, row, *closed[i].cycle);
  }
  return counts;
}

}  // namespace

Diagnostics rows_of_closed_cycles(const Import& import, const Frame& frame, const std::string& file) {
  const TableId table = import.request.table;
  const bool is_facts = table == TableId::facts;
  if (!is_facts && table != TableId::checkins && table != TableId::feedback && table != TableId::leaves) return {};
  std::vector<BegunCycle> closed = begun_cycles(import);
  closed.erase(
      std::remove_if(closed.begin(), closed.end(), [](const BegunCycle& b) { return b.stage != Stage::closed; }),
      closed.end());
  if (closed.empty()) return {};
  std::vector<uint64_t> counts;
  if (!is_facts) counts = late_records(import, frame, closed);
  for (size_t i = 0; is_facts && i < closed.size(); ++i)
    counts.push_back(LateFacts(import, frame, closed[i].cycle->range).count());
  Diagnostics late;
  for (size_t i = 0; i < closed.size(); ++i) {
    if (counts[i] > 0)
      late.push_back(make_warning("closed-cycle", {file, 0, 0, 0}, {closed[i].cycle->id, std::to_string(counts[i])}));
  }
  return late;
}

}  // namespace hr::engine
