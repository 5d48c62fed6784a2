// Where an imported value stands, and the decision by which it went in as it is.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "store/review.h"

namespace hr::engine {

std::string place_text(const store::Source& source, uint32_t line);  // "facts.csv:3"

class ImportedPlaces {
 public:
  explicit ImportedPlaces(store::Store& store);

  std::string place(uint32_t source, uint32_t line) const;
  const store::Decision* decision(uint32_t source, uint32_t line) const;  // nullptr: it went in as it stands

 private:
  std::vector<store::Source> sources_;
  std::map<std::pair<uint32_t, uint32_t>, store::Decision> decisions_;  // by source and line
};

}  // namespace hr::engine
