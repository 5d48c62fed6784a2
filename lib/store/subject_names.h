// The names of the subjects of facts, numbered from 0 in order of first appearance. Internal to the store.
#pragma once

#include <cstdint>

#include "facts/frame.h"
#include "store/database.h"

namespace hr::store {

// Kept in memory while the store is open; what another process has added meanwhile is read when it is asked for.
class SubjectNames {
 public:
  const facts::Dictionary& all(Database& database);
  uint32_t add(std::string_view name) { return names_.add(name); }  // kept when save() is called
  void save(Database& database, uint32_t source);                   // those added since all()
  void forget() { *this = SubjectNames(); }                         // after a roll-back

 private:
  facts::Dictionary names_;
  size_t stored_ = 0;
};

}  // namespace hr::store
