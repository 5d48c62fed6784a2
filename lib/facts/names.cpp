#include "facts/names.h"

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

Names::Numbers Names::numbers_of(const Column& column) const {
  Numbers out;
  out.same_ = column.dictionary.same_as(imported_);
  for (uint32_t code = 0; !out.same_ && code < column.dictionary.size(); ++code)
    out.numbers_.push_back(find(column.dictionary[code]).value_or(kUnnamed));
  return out;
}

Names::Numbers Names::add_all(const Column& column) {
  Numbers out;
  out.same_ = column.dictionary.same_as(imported_);
  for (uint32_t code = 0; !out.same_ && code < column.dictionary.size(); ++code)
    out.numbers_.push_back(add(column.dictionary[code]));
  return out;
}

}  // namespace hr::facts
