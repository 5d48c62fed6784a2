// What the program that is killed writes, and how to tell that it is there. Import n is a pure function of n.
#pragma once

#include <string>

#include "base/error.h"
#include "store/store.h"

namespace hr::crash {

inline constexpr uint32_t kPeople = 400;

inline Decimal value_of(uint32_t n, uint32_t person) {
  return make_decimal(int64_t{n} * 1'000'003 + person, 2);
}

inline std::string person(uint32_t i) {
  std::string id = "P";
  return id += std::to_string(i);
}

// Source n: a value for everybody, one new person, new definitions; all or nothing.
inline void import(store::Store& store, uint32_t n) {
  const auto transaction = store.begin();
  store::Source source;
  source.table = model::TableId::facts;
  source.file = std::to_string(n);
  source.imported_at = store.next_timestamp(n);
  const uint32_t id = store.append_source(source);
  facts::Frame facts = facts::make_frame(model::TableId::facts);
  for (uint32_t i = 0; i < kPeople; ++i) {
    facts.columns[0].append(person(i));
    facts.columns[1].append("sales");
    facts.columns[2].append("2026-01");
    facts.columns[3].append(value_of(n, i));
    facts.rows.push_back(i + 2);
  }
  const auto intake = store.import_facts(2);
  intake->add(0, facts);
  intake->finish(id, {});
  facts::Frame employees = facts::make_frame(model::TableId::employees);
  for (facts::Column& c : employees.columns) {
    if (c.name == "employee_id")
      c.append(person(kPeople + n));
    else
      c.append_missing();
  }
  employees.rows.push_back(2);
  store.append_records(model::TableId::employees, id, employees);
  store::DefinitionsVersion version;
  version.applied_at = source.imported_at;
  store.append_definitions({{"a.yaml", "version: 1 # " + std::to_string(n)}}, version);
  source.id = id;
  source.rows_read = n;
  store.finish_source(source);
  transaction->commit();
}

// What is wrong with a store that holds imports 1 to n and nothing else; empty = nothing.
inline std::string fault(store::Store& store, uint32_t n) {
  const auto sources = store.sources(store::kNow);
  if (sources.size() != n) return "sources";
  if (n > 0 && (sources.back().rows_read != n || sources.back().file != std::to_string(n))) return "last source";
  if (store.records(model::TableId::employees, store::kNow)[0].size() != n) return "employees";
  const auto version = store.latest_definitions(store::kNow);
  if ((version ? version->id : 0) != n) return "definitions";
  if (n > 0 && store.definition_files(n).at(0).text != "version: 1 # " + std::to_string(n)) return "definition text";
  const facts::Frame facts = store.all_facts(store::kNow);
  if (facts.size() != (n > 0 ? kPeople : 0)) return "facts";
  for (size_t row = 0; row < facts.size(); ++row) {
    const auto i = static_cast<uint32_t>(std::stoul(std::string(facts.columns[0].text(row).substr(1))));
    if (!(facts.columns[3].decimals[row] == value_of(n, i)) || facts.sources[row] != n) return "value";
  }
  return {};
}

}  // namespace hr::crash
