// Several texts as one, for people.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace hr {

// "a, b, c": what `text` says of each item, with the separator between.
template <class Items, class Text = std::identity>
std::string listed(const Items& items, const Text& text = {}, std::string_view separator = ", ") {
  std::string list;
  bool first = true;
  for (const auto& item : items) {
    if (!first) list += separator;
    list += std::invoke(text, item);
    first = false;
  }
  return list;
}

}  // namespace hr
