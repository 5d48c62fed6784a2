#include "engine/review/imported_places.h"

namespace hr::engine {

ImportedPlaces::ImportedPlaces(store::Store& store) : sources_(store.sources(store::kNow)) {
  const std::vector<store::Decision> decisions = store.review().decisions(store::kNow);
  for (const store::RowUse& use : store.review().row_uses()) {
    if (use.decision == 0 || decisions.at(use.decision - 1).verdict == store::Verdict::drop) continue;
    decisions_.emplace(std::pair(use.source, use.line), decisions[use.decision - 1]);
  }
}

std::string place_text(const store::Source& source, uint32_t line) {
  return source.file + ":" + std::to_string(line);
}

std::string ImportedPlaces::place(uint32_t source, uint32_t line) const {
  return place_text(sources_.at(source - 1), line);
}

const store::Decision* ImportedPlaces::decision(uint32_t source, uint32_t line) const {
  const auto used = decisions_.find({source, line});
  return used == decisions_.end() ? nullptr : &used->second;
}

}  // namespace hr::engine
