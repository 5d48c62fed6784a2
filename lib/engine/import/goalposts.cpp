#include "engine/import/goalposts.h"

#include "base/timestamp.h"
#include "engine/import/moves.h"
#include "facts/cells.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;
using model::TableId;

std::vector<BegunCycle> begun_cycles(const Import& import) {
  std::vector<BegunCycle> begun;
  if (import.definitions == nullptr) return begun;
  const std::vector<store::CycleEvent> events = import.store.cycle_events(store::kNow);
  const Date today = date_of(import.who_when.now);
  for (const model::Cycle& cycle : import.definitions->cycles) {
    const Stage stage = stage_of(cycle, events, today).stage;
    if (stage != Stage::planned) begun.push_back({&cycle, stage});
  }
  return begun;
}

ObjectiveCycles::ObjectiveCycles(const Import& import) {
  if (import.definitions != nullptr) {  // what a definition file says stands
    for (const model::Objective& o : import.definitions->objectives) {
      cycles_.emplace(o.id, o.cycle);
      for (const model::KeyResult& kr : o.key_results) objectives_.emplace(kr.id, o.id);
    }
  }
  const auto add = [&](TableId table, const char* key, const char* value, auto& map) {
    for (const Frame& frame : import.store.records(table, store::kNow)) {
      const Column* keys = frame.find(key);
      const Column* values = frame.find(value);
      for (size_t row = 0; keys && values && row < frame.size(); ++row)
        map.emplace(std::string(keys->text(row)), std::string(facts::text_of(values, row)));
    }
  };
  add(TableId::objectives, "objective", "cycle", cycles_);
  add(TableId::key_results, "key_result", "objective", objectives_);
}

std::string ObjectiveCycles::of_objective(const std::string& objective) const {
  const auto it = cycles_.find(objective);
  return it == cycles_.end() ? std::string() : it->second;
}

std::string ObjectiveCycles::of_key_result(const std::string& key_result) const {
  auto it = objectives_.find(key_result);
  if (it == objectives_.end()) it = objectives_.find(key_result.substr(0, key_result.rfind('/')));
  return it == objectives_.end() ? std::string() : of_objective(it->second);
}

RowMoves moved_by_rows(const Import& import, const RecordIndex& stored, const Frame& frame, const std::string& file) {
  const TableId table = import.request.table;
  if (table != TableId::targets && table != TableId::objectives && table != TableId::key_results) return {};
  const std::vector<BegunCycle> begun = begun_cycles(import);
  if (begun.empty()) return {};
  if (table == TableId::targets) return moved_targets(import, stored, frame, file, begun);
  return moved_okrs(import, stored, frame, file, begun);
}

}  // namespace hr::engine
