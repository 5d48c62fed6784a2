// "Did you mean" for many names: comparing one with all others takes time, so a load does it until its budget is spent.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace hr {

class Suggester {
 public:
  // `budget`: pairs of letters that may be compared in all; the default takes well under a second.
  explicit Suggester(size_t budget = 100'000'000) : budget_(budget) {}

  // As nearest(); empty when none is near, or from when on the budget does not suffice.
  std::string near(std::string_view name, std::span<const std::string> candidates);
  std::string near(std::string_view name, std::span<const std::string_view> candidates);

 private:
  bool can_afford(size_t pairs);

  size_t budget_;
};

}  // namespace hr
