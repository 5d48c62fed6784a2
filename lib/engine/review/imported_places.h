// Where an imported value stands, and the decision by which it went in as it is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "store/store.h"

namespace hr::engine {

class ImportedPlaces {
 public:
  explicit ImportedPlaces(store::Store& store);

  std::string place(uint32_t source, uint32_t line) const;                // "facts.csv:3"
  const store::Decision* decision(uint32_t source, uint32_t line) const;  // nullptr: it went in as it stands

 private:
  std::vector<store::Source> sources_;
  std::map<std::pair<uint32_t, uint32_t>, store::Decision> decisions_;  // by source and line
};

}  // namespace hr::engine
