#include "facts/names.h"

#include <utility>
#include <vector>

namespace hr::facts {

std::vector<std::string> Names::some(std::span<const uint32_t> names) const {
  std::vector<uint32_t> codes;
  for (const uint32_t name : names) {
    if (name < imported_.size()) codes.push_back(name);
  }
  std::vector<std::string> of_codes = imported_.some(codes);
  auto next = of_codes.begin();
  std::vector<std::string> out;
  for (const uint32_t name : names)
    out.push_back(name < imported_.size() ? std::move(*next++) : std::string((*this)[name]));
  return out;
}

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
