// What was imported when and by whom, and the rows set aside. Internal to the store.
#pragma once

#include <unordered_map>
#include <vector>

#include "store/database.h"
#include "store/store.h"

namespace hr::store {

uint32_t append_source(Database& database, const Source& source);
void finish_source(Database& database, const Source& source);
std::vector<Source> read_sources(Database& database, Timestamp known);

// Times of import by source id; 0 where the source was imported after `known`.
class KnownSources {
 public:
  KnownSources(Database& database, Timestamp known);
  bool knows(uint32_t source) const { return source < times_.size() && times_[source].known; }
  Timestamp imported_at(uint32_t source) const { return times_[source].at; }

 private:
  struct Entry {
    bool known = false;
    Timestamp at = 0;
  };
  std::vector<Entry> times_;
};

void append_quarantine(Database& database, const std::vector<QuarantinedRow>& rows);
std::vector<QuarantinedRow> read_quarantine(Database& database);
std::vector<QuarantinedRow> read_quarantine_of(Database& database, std::span<const std::string_view> fields);

}  // namespace hr::store
