// Rows of one file that would move what a cycle which has begun measures by. Internal to goalposts.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "engine/import/goalposts.h"
#include "facts/frame.h"

namespace hr::engine {

// Judges moves of rows, and collects them. What it is made of outlives it.
class MoveCollector {
 public:
  MoveCollector(const Import& import, const facts::Frame& frame, const std::string& file)
      : import_(import), frame_(frame), file_(file), faulty_(frame.size(), 0) {}

  // `is_first`: nothing was in force before, which moves nothing while the cycle is open.
  void add(size_t row, const BegunCycle& in, store::TargetChange move, bool is_first) {
    if (in.stage == Stage::open && is_first) return;
    move.cycle = in.cycle->id;
    move.stage = stage_name(in.stage);
    move.by = import_.who_when.who;
    move.row = frame_.rows[row];
    move.reason = import_.reason(move.row);
    const char* code = in.stage == Stage::closed   ? "cycle-frozen/row-closed"
                       : in.stage == Stage::frozen ? "cycle-frozen/row"
                       : trim(move.reason).empty() ? "target-moved"
                                                   : nullptr;
    if (code == nullptr)
      moves_.emplace_back(row, std::move(move));
    else
      fault(row, code, move);
  }

  RowMoves take() {
    RowMoves out;
    std::sort(faults_.begin(), faults_.end(), [](const RowFault& a, const RowFault& b) { return a.row < b.row; });
    out.faults = std::move(faults_);
    for (auto& [row, move] : moves_) {
      if (!faulty_[row]) out.moved.push_back(std::move(move));
    }
    return out;
  }

 private:
  void fault(size_t row, const char* code, const store::TargetChange& move) {
    if (faulty_[row]) return;
    faulty_[row] = 1;
    const auto written = [](const std::string& value) { return value.empty() ? std::string("–") : value; };
    const std::string what = move.subject + (move.kpi.empty() ? "" : " · " + move.kpi) + " · " + move.field;
    const SourceSpan span{file_, static_cast<int>(frame_.rows[row]), 0, 0};
    faults_.push_back(
        {row, move.field, make_error(code, span, {move.cycle, what, written(move.before), written(move.after)})});
  }

  const Import& import_;
  const facts::Frame& frame_;
  const std::string& file_;
  std::vector<uint8_t> faulty_;
  std::vector<RowFault> faults_;
  std::vector<std::pair<size_t, store::TargetChange>> moves_;
};

RowMoves moved_targets(const Import& import, const RecordIndex& stored, const facts::Frame& frame,
                       const std::string& file, const std::vector<BegunCycle>& begun);

// Objectives or key results, by the table that is imported.
RowMoves moved_okrs(const Import& import, const RecordIndex& stored, const facts::Frame& frame, const std::string& file,
                    const std::vector<BegunCycle>& begun);

}  // namespace hr::engine
