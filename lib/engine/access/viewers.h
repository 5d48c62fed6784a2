// Who may see what in a store: its definitions' rules of access, on the people as they stand on a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "access/positions.h"
#include "access/sight.h"
#include "base/date.h"
#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "model/access.h"
#include "store/store.h"

namespace hr::engine {

// Loaded once, for any number of viewers; const functions may run in several threads.
class Viewers {
 public:
  // `known`: definitions and records of that time. Throws Error(rejected) when nothing was applied.
  Viewers(store::Store& store, Date day, store::Timestamp known);
  Viewers(const Viewers&) = delete;
  Viewers& operator=(const Viewers&) = delete;

  const access::Positions& positions() const { return *positions_; }
  const Diagnostics& found() const { return found_; }  // warnings: attributes that no record has
  void require_rules() const;  // throws Error(rejected) where the definitions have no list `access`
  // What somebody sees, if only nothing; nothing at all of who is not in service on the day.
  access::Sight sight_of(uint32_t person) const;
  // Throws Error(rejected) where the definitions have no list `access`, for somebody who is not known (with the nearest
  // id), not in service that day, or whom no rule fits.
  access::Sight require_sight(const std::string& employee) const;

 private:
  std::vector<model::AccessRule> rules_;
  facts::Dataset organisation_;
  std::optional<access::Positions> positions_;
  std::vector<std::vector<uint8_t>> holds_;  // by rule, by spell
  Diagnostics found_;
};

}  // namespace hr::engine
