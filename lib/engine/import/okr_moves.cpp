#include <optional>

#include "engine/cycle/yardstick.h"
#include "engine/import/moves.h"
#include "engine/import/reconcile.h"
#include "facts/cells.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

namespace {

class OkrMoves {
 public:
  OkrMoves(const Import& import, const RecordIndex& stored, const Frame& frame, const std::string& file,
           const std::vector<BegunCycle>& begun)
      : table_(import.request.table),
        frame_(frame),
        begun_(begun),
        import_(import),
        collector_(import, frame, file),
        stored_(stored) {}

  RowMoves find() {
    const bool all_open =
        std::all_of(begun_.begin(), begun_.end(), [](const BegunCycle& b) { return b.stage == Stage::open; });
    if (all_open && stored_.empty()) return {};  // what was not in force before moves nothing while the cycle is open
    const std::vector<RecordIndex::Place> places = stored_.find(frame_);
    const std::vector<uint8_t> changed = changed_rows(places);
    for (size_t row = 0; row < frame_.size(); ++row) {
      if (changed[row] != 0)
        compare(row, places[row]);
      else if (places[row].frame == nullptr && !all_open)
        add_new(row);
    }
    return collector_.take();
  }

 private:
  // Those with a cell that is held otherwise, if only by what stands where nothing is said.
  std::vector<uint8_t> changed_rows(const std::vector<RecordIndex::Place>& places) const {
    std::vector<uint8_t> changed(places.size());
    for (const char* field : fields()) {
      const Column* column = frame_.find(field);
      if (column == nullptr || !column->carried) continue;
      const std::vector<uint8_t> cells = changed_cells(*column, places);
      for (size_t row = 0; row < changed.size(); ++row) changed[row] |= cells[row];
    }
    return changed;
  }
  const ObjectiveCycles& cycles() const {
    if (!cycles_) cycles_.emplace(import_);
    return *cycles_;
  }
  bool is_objective() const { return table_ == TableId::objectives; }
  const char* key() const { return is_objective() ? "objective" : "key_result"; }

  // The fields that say what is measured; of titles, units and the like nothing is scored.
  std::vector<const char*> fields() const {
    if (is_objective()) return {"cycle", "owner", "weight"};
    return {"objective", "type", "weight", "start", "target", "kpi"};
  }

  std::string cell(const Frame& frame, const char* name, size_t row) const {
    const Column* column = frame.find(name);
    std::string text = column != nullptr ? facts::cell_text(*column, row) : std::string();
    if (!text.empty() || is_objective()) return text;
    return std::string(name) == "type" ? "committed" : std::string(name) == "start" ? "0" : text;  // the defaults
  }

  // The cycles that a row counts in. A key result of an objective that nobody defined counts in every one that is
  // scored; a closed one is scored no more.
  std::vector<BegunCycle> cycles_of(const Frame& frame, size_t row) const {
    const std::string cycle =
        is_objective() ? cell(frame, "cycle", row) : cycles().of_objective(cell(frame, "objective", row));
    std::vector<BegunCycle> in;
    for (const BegunCycle& b : begun_) {
      if (b.cycle->id == cycle || (cycle.empty() && b.stage != Stage::closed)) in.push_back(b);
    }
    return in;
  }

  store::TargetChange move(const Frame& frame, size_t row, const char* field) const {
    store::TargetChange change;
    change.subject = std::string(key()) + ":" + cell(frame, key(), row);
    if (!is_objective()) change.kpi = cell(frame, "kpi", row);
    change.field = field;
    return change;
  }

  void add_new(size_t row) {
    for (const BegunCycle& in : cycles_of(frame_, row)) {
      const char* field = is_objective() ? "cycle" : "objective";
      store::TargetChange change = move(frame_, row, field);
      change.after = cell(frame_, field, row);
      collector_.add(row, in, std::move(change), true);
    }
  }

  void compare(size_t row, const RecordIndex::Place& old) {
    std::optional<std::vector<BegunCycle>> in;  // asked for when something moves
    for (const char* field : fields()) {
      const Column* column = frame_.find(field);
      if (column == nullptr || !column->carried) continue;
      const std::string before = cell(*old.frame, field, old.row);
      const std::string after = cell(frame_, field, row);
      if (before == after) continue;
      if (!in) in = cycles_of(*old.frame, old.row);
      if (std::string(field) == "cycle" || std::string(field) == "objective") add_others(*in, cycles_of(frame_, row));
      for (const BegunCycle& b : *in) {
        store::TargetChange change = move(frame_, row, field);
        change.before = before;
        change.after = after;
        collector_.add(row, b, std::move(change), false);
      }
    }
  }

  static void add_others(std::vector<BegunCycle>& in, const std::vector<BegunCycle>& others) {
    for (const BegunCycle& other : others) {
      if (std::none_of(in.begin(), in.end(), [&](const BegunCycle& b) { return b.cycle == other.cycle; }))
        in.push_back(other);
    }
  }

  TableId table_;
  const Frame& frame_;
  const std::vector<BegunCycle>& begun_;
  const Import& import_;
  MoveCollector collector_;
  mutable std::optional<ObjectiveCycles> cycles_;  // made for the first row that asks
  const RecordIndex& stored_;
};

}  // namespace

RowMoves moved_okrs(const Import& import, const RecordIndex& stored, const Frame& frame, const std::string& file,
                    const std::vector<BegunCycle>& begun) {
  return OkrMoves(import, stored, frame, file, begun).find();
}

}  // namespace hr::engine
