#include "engine/cycle/definition_changes.h"

#include <map>
#include <utility>

#include "defs/outline.h"

namespace hr::engine {

namespace {

struct Value {
  std::string text;
  SourceSpan span;
};
using Item = std::pair<std::string, std::string>;  // kind, id
using Keys = std::map<std::string, Value>;
using Outline = std::map<Item, Keys>;
using What = DefinitionChange::What;

Outline outline_of(const std::vector<defs::DefinitionFile>& files) {
  Outline items;
  for (const defs::OutlineEntry& e : defs::outline(files)) {
    Keys& keys = items[{e.kind, e.id}];
    // Ids are unique, so an item that stands in a later file as well replaces the earlier one.
    if (!keys.empty() && keys.begin()->second.span.file != e.span.file) keys.clear();
    keys[e.key] = {e.value, e.span};
  }
  return items;
}

// The first value of an item: where it stands.
const SourceSpan& place_of(const Keys& keys) {
  const SourceSpan* first = &keys.begin()->second.span;
  for (const auto& [key, value] : keys) {
    if (value.span.line < first->line) first = &value.span;
  }
  return *first;
}

void compare_item(const Item& item, const Keys& before, const Keys& after, std::vector<DefinitionChange>& changes) {
  const auto add = [&](const std::string& key, const Value& old, const Value& now) {
    changes.push_back({What::changed, item.first, item.second, key, old.text, now.text, old.span, now.span});
  };
  for (const auto& [key, value] : before) {
    const auto now = after.find(key);
    if (now == after.end())
      add(key, value, {});
    else if (now->second.text != value.text)
      add(key, value, now->second);
  }
  for (const auto& [key, value] : after) {
    if (!before.count(key)) add(key, {}, value);
  }
}

}  // namespace

std::vector<DefinitionChange> compare_definitions(const std::vector<defs::DefinitionFile>& before_files,
                                                  const std::vector<defs::DefinitionFile>& after_files) {
  const Outline before = outline_of(before_files);
  const Outline after = outline_of(after_files);
  std::vector<DefinitionChange> changes;
  for (const auto& [item, keys] : after) {
    const auto old = before.find(item);
    if (old == before.end())
      changes.push_back({What::added, item.first, item.second, "", "", "", {}, place_of(keys)});
    else
      compare_item(item, old->second, keys, changes);
  }
  for (const auto& [item, keys] : before) {
    if (!after.count(item)) changes.push_back({What::removed, item.first, item.second, "", "", "", place_of(keys), {}});
  }
  return changes;
}

}  // namespace hr::engine
