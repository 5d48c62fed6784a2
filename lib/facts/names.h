// Names that one imported column has in its dictionary, which is shared, and the few others beside them. Numbers of
// the column's names are its codes: nothing is copied and nothing looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/code_map.h"
#include "facts/frame.h"

namespace hr::facts {

inline constexpr uint32_t kUnnamed = 0xFFFFFFFFU;

class Names {
 public:
  Names() = default;
  explicit Names(SharedDictionary imported) : imported_(std::move(imported)) {}

  const SharedDictionary& imported() const { return imported_; }  // its codes are the first numbers
  size_t size() const { return imported_.size() + others_.size(); }
  std::string_view operator[](uint32_t name) const {
    return name < imported_.size() ? imported_[name] : others_[name - static_cast<uint32_t>(imported_.size())];
  }
  // The same of each, without making all texts where they are not made yet.
  std::vector<std::string> some(std::span<const uint32_t> names) const;
  std::optional<uint32_t> find(std::string_view text) const;
  uint32_t add(std::string_view text);  // the number of `text`, new or old

  // The names of a column by its codes; kUnnamed = none of these.
  CodeMap codes_of(const Column& column) const;
  CodeMap add_all(const Column& column);  // all of them get one

 private:
  SharedDictionary imported_;
  Dictionary others_;
};

}  // namespace hr::facts
