// The review queue: rows set aside and facts that look wrong, each with what was decided about it and what the store
// has in its place by now.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/review/stored_records.h"
#include "model/definitions.h"
#include "store/review.h"

namespace hr::engine {

enum class ItemState : uint8_t {
  open,     // waits for somebody
  decided,  // somebody has decided
  settled   // nobody has, and the store has what it is about by now
};

// A row that was set aside several times, in whatever files, is one item: it is the same row when table, headings and
// fields are.
struct Item {
  store::ItemKind kind = store::ItemKind::row;
  std::vector<uint32_t> ids;  // ascending; the first one names it, the others name it too
  model::TableId table = model::TableId::facts;
  store::QuarantinedRow row;               // as it was set aside last
  store::Source source;                    // the file of that; of a finding that of its fact, as long as it stands
  store::Finding finding;                  // of a finding
  std::vector<store::Decision> decisions;  // oldest first
  std::string key;                         // of the record, for people; empty = it does not read
  std::optional<StoredRecord> stored;      // what the store has for that key
  bool taken = false;                      // went in as last decided, or as it stood where nothing is decided
  bool superseded = false;                 // of its key something came in later than it was set aside or decided; the
                                           // fact of a finding says something else than it did, or as was decided

  const store::Decision* decision() const { return decisions.empty() ? nullptr : &decisions.back(); }
  bool is_in_store() const { return taken || superseded; }
  ItemState state() const;
  std::string name() const;  // q17, f3
};

std::string item_name(store::ItemKind kind, uint32_t id);  // q17, f3
const char* verdict_name(store::Verdict verdict);          // accept, correct, drop
const char* state_name(ItemState state);                   // open, decided, settled

// The keys of its record, by key_cells(), with these fields under the headings of its row: several of a wide row, none
// where they do not read.
std::vector<std::string> record_keys(const Item& item, std::vector<std::string> fields,
                                     const model::Definitions* definitions);
std::string readable_key(const std::string& key);  // "E1 · revenue · 2026-01"

// In order: rows, then findings. Mappings of `definitions` tell which field is which; none: those rows have no key.
std::vector<Item> review_items(store::Store& store, const model::Definitions* definitions);

// Throws Error(rejected) when there is no such item.
Item& find_item(std::vector<Item>& items, const std::string& name);

}  // namespace hr::engine
