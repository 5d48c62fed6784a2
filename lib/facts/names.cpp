#include "facts/names.h"

#include <vector>

namespace hr::facts {

std::optional<uint32_t> Names::find(std::string_view text) const {
  const auto imported = static_cast<uint32_t>(imported_.size());
  if (const auto code = others_.find(text)) return imported + *code;  // a few: asked first
  return imported_.find(text);
}

uint32_t Names::add(std::string_view text) {
  if (const auto name = find(text)) return *name;
  return static_cast<uint32_t>(imported_.size()) + others_.add(text);
}

CodeMap Names::codes_of(const Column& column) const {
  if (column.dictionary.same_as(imported_)) return {};
  std::vector<uint32_t> names;
  for (uint32_t code = 0; code < column.dictionary.size(); ++code)
    names.push_back(find(column.dictionary[code]).value_or(kUnnamed));
  return CodeMap(std::move(names));
}

CodeMap Names::add_all(const Column& column) {
  if (column.dictionary.same_as(imported_)) return {};
  std::vector<uint32_t> names;
  for (uint32_t code = 0; code < column.dictionary.size(); ++code) names.push_back(add(column.dictionary[code]));
  return CodeMap(std::move(names));
}

}  // namespace hr::facts
