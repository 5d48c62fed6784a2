#include "engine/review/items.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "base/error.h"
#include "base/text.h"
#include "engine/import/decided_rows.h"
#include "ingest/read.h"
#include "ingest/row_given.h"
#include "ingest/row_text.h"
#include "model/check.h"

namespace hr::engine {

using model::TableId;
using store::Decision;
using store::ItemKind;
using store::Verdict;

std::string item_name(ItemKind kind, uint32_t id) {
  return (kind == ItemKind::row ? "q" : "f") + std::to_string(id);
}

const char* verdict_name(Verdict verdict) {
  static constexpr const char* kNames[] = {"accept", "correct", "drop"};
  return kNames[static_cast<size_t>(verdict)];
}

const char* state_name(ItemState state) {
  static constexpr const char* kNames[] = {"open", "decided", "settled"};
  return kNames[static_cast<size_t>(state)];
}

ItemState Item::state() const {
  if (!decisions.empty()) return ItemState::decided;
  return is_in_store() ? ItemState::settled : ItemState::open;
}

std::string Item::name() const {
  return item_name(kind, ids.front());
}

namespace {

// Items of rows set aside, found by any number that they had.
class RowItems {
 public:
  RowItems(const std::vector<store::QuarantinedRow>& rows, const std::vector<store::Source>& sources) {
    std::map<std::pair<TableId, std::string>, size_t> places;
    for (const store::QuarantinedRow& row : rows) {
      const store::Source& source = sources.at(row.source - 1);
      const bool is_read = !ingest::read_row_text(row.fields).fields.empty();  // else it is like no other row
      const std::string what = is_read ? row.fields : std::to_string(row.id);
      const auto [it, fresh] = places.try_emplace({source.table, what}, items.size());
      if (fresh) items.emplace_back();
      Item& item = items[it->second];
      item.ids.push_back(row.id);
      item.table = source.table;
      item.row = row;
      item.source = source;
      place_of_id_.push_back(it->second);
    }
  }
  Item& of(uint32_t id) { return items[place_of_id_.at(id - 1)]; }

  std::vector<Item> items;

 private:
  std::vector<size_t> place_of_id_;
};

// Whether the row went in as last decided.
bool went_in(const Item& item, const store::RowUse& use) {
  const Decision* decision = item.decision();
  if (decision == nullptr) return use.decision == 0;
  return use.decision == decision->id && decision->verdict != Verdict::drop;
}

// The rows of one file, as what its columns are.
struct FileRows {
  std::vector<Item*> items;
  ingest::GivenRows rows;
};

// The keys of rows of one file; none where its mapping is not there any more.
std::optional<facts::Frame> read_keys(const Item& item, const ingest::GivenRows& rows, std::string_view given,
                                      const model::Definitions* definitions) {
  ingest::ReadOptions options;
  options.table = item.table;
  options.wide = item.source.wide;
  options.given = &rows;
  const std::string& id = item.source.mapping;
  std::optional<model::Mapping> as_it_was;
  if (!id.empty()) {
    const model::Mapping* mapping = definitions != nullptr ? definitions->find_mapping(id) : nullptr;
    if (mapping == nullptr) return std::nullopt;
    as_it_was = ingest::as_given(*mapping, given);
    options.mapping = &*as_it_was;
  }
  return ingest::read_keys(item.source.file, options);
}

std::vector<std::string> fields_as_decided(const Item& item, const ingest::RowFields& row) {
  const Decision* decision = item.decision();
  const bool corrects = decision != nullptr && decision->verdict == Verdict::correct;
  return corrects ? corrected(row.headings, row.fields, *decision) : row.fields;
}

// Rows that read, corrected ones as they were corrected, by key_cells().
std::map<std::string, std::vector<Item*>> read_keys_of(std::vector<Item>& items, TableId table,
                                                       const model::Definitions* definitions) {
  std::map<std::tuple<uint32_t, std::vector<std::string>, std::string>, FileRows> files;  // source, headings, given
  for (Item& item : items) {
    if (item.table != table) continue;
    ingest::RowFields row = ingest::read_row_text(item.row.fields);
    FileRows& file = files[{item.source.id, row.headings, row.given}];
    file.items.push_back(&item);
    file.rows.rows.push_back({item.row.line, fields_as_decided(item, row)});
    file.rows.headings = std::move(row.headings);
  }
  std::map<std::string, std::vector<Item*>> by_key;
  for (const auto& [of, file] : files) {
    const std::optional<facts::Frame> keys = read_keys(*file.items.front(), file.rows, std::get<2>(of), definitions);
    for (size_t row = 0; keys && row < keys->size(); ++row)
      by_key[key_cells(table, *keys, row)].push_back(file.items[keys->rows[row]]);
  }
  return by_key;
}

// Looks what the store has in the place of items.
void look_in_store(store::Store& store, TableId table, const std::map<std::string, std::vector<Item*>>& by_key,
                   const std::vector<store::Source>& sources) {
  std::vector<std::string> keys;
  for (const auto& [key, items] : by_key) keys.push_back(key);
  const std::map<std::string, StoredRecord> found = stored_records(store, table, keys);
  for (const auto& [key, items] : by_key) {
    const auto record = found.find(key);
    for (Item* item : items) {
      item->key = readable_key(key);
      if (record == found.end()) continue;
      item->stored = record->second;
      store::Timestamp waits_since = item->source.imported_at;
      if (const Decision* decision = item->decision()) waits_since = std::max(waits_since, decision->at);
      item->superseded = sources.at(record->second.source - 1).imported_at >= waits_since;
    }
  }
}

std::vector<Item> row_items(store::Store& store, const model::Definitions* definitions,
                            const std::vector<Decision>& decisions, const std::vector<store::Source>& sources) {
  RowItems rows(store.quarantine(), sources);
  for (const Decision& decision : decisions) {
    if (decision.kind == ItemKind::row) rows.of(decision.item).decisions.push_back(decision);
  }
  for (const store::RowUse& use : store.review().row_uses()) {
    if (use.decision > 0 && decisions.at(use.decision - 1).kind != ItemKind::row) continue;
    Item& item = rows.of(use.item);
    item.taken = item.taken || went_in(item, use);
  }
  for (const model::ImportedTable& table : model::imported_tables())
    look_in_store(store, table.id, read_keys_of(rows.items, table.id, definitions), sources);
  return std::move(rows.items);
}

// What the fact of a finding has to say by the decisions about it; empty: nothing, it was dropped.
std::string wanted_value(const Item& item) {
  for (auto decision = item.decisions.rbegin(); decision != item.decisions.rend(); ++decision) {
    if (decision->verdict == Verdict::accept) continue;
    const bool drop = decision->verdict == Verdict::drop;
    const auto value = drop ? std::nullopt : parse_decimal(ingest::read_row_text(decision->changes).fields.at(0));
    return value ? to_string(*value) : std::string();
  }
  return item.finding.value;
}

// Looks what the fact of a finding says by now.
void look_at_fact(Item& item, const std::map<std::string, StoredRecord>& facts, const std::string& key,
                  const std::vector<store::Source>& sources) {
  if (item.finding.value.empty()) return;
  const auto fact = facts.find(key);
  if (fact != facts.end()) item.stored = fact->second;
  const std::string value = item.stored ? item.stored->cells.back().second : std::string();
  item.superseded = value != wanted_value(item);
  item.taken = item.decision() != nullptr && item.stored && !item.superseded;
  if (item.stored && value == item.finding.value) item.source = sources.at(item.stored->source - 1);
}

// A finding is settled when the fact that it is about says something else by now, or nothing.
std::vector<Item> finding_items(store::Store& store, const std::vector<Decision>& decisions,
                                const std::vector<store::Source>& sources) {
  std::vector<Item> items;
  std::vector<std::string> keys;
  for (store::Finding& finding : store.review().findings(store::kNow)) {
    Item item;
    item.kind = ItemKind::finding;
    item.ids = {finding.id};
    item.finding = std::move(finding);
    if (item.finding.rule == model::kCheckRuleNames[static_cast<size_t>(model::CheckRule::rater)])
      item.table = TableId::feedback;
    keys.push_back(item.finding.subject + '\x1f' + item.finding.kpi + '\x1f' + item.finding.period);
    item.key = readable_key(keys.back());
    items.push_back(std::move(item));
  }
  for (const Decision& decision : decisions) {
    if (decision.kind == ItemKind::finding) items.at(decision.item - 1).decisions.push_back(decision);
  }
  const std::map<std::string, StoredRecord> facts = stored_records(store, TableId::facts, keys);
  for (size_t i = 0; i < items.size(); ++i) look_at_fact(items[i], facts, keys[i], sources);
  return items;
}

}  // namespace

std::vector<std::string> record_keys(const Item& item, std::vector<std::string> fields,
                                     const model::Definitions* definitions) {
  ingest::RowFields as_read = ingest::read_row_text(item.row.fields);
  ingest::GivenRows rows;
  rows.headings = std::move(as_read.headings);
  rows.rows.push_back({item.row.line, std::move(fields)});
  std::vector<std::string> all;
  const std::optional<facts::Frame> keys = read_keys(item, rows, as_read.given, definitions);
  for (size_t row = 0; keys && row < keys->size(); ++row) all.push_back(key_cells(item.table, *keys, row));
  return all;
}

std::string readable_key(const std::string& key) {
  std::string text;
  for (const std::string_view cell : split(key, '\x1f')) {
    if (!cell.empty()) (text += text.empty() ? "" : " · ") += cell;
  }
  return text;
}

std::vector<Item> review_items(store::Store& store, const model::Definitions* definitions) {
  const std::vector<Decision> decisions = store.review().decisions(store::kNow);
  const std::vector<store::Source> sources = store.sources(store::kNow);
  std::vector<Item> items = row_items(store, definitions, decisions, sources);
  std::vector<Item> findings = finding_items(store, decisions, sources);
  std::move(findings.begin(), findings.end(), std::back_inserter(items));
  return items;
}

Item& find_item(std::vector<Item>& items, const std::string& name) {
  for (Item& item : items) {
    for (const uint32_t id : item.ids) {
      if (name == item_name(item.kind, id)) return item;
    }
  }
  throw Error(ErrorKind::rejected, "no-item", {escape_controls(name)});
}

}  // namespace hr::engine
