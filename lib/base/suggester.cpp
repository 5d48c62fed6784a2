#include "base/suggester.h"

#include "base/text.h"

namespace hr {

namespace {

template <class Text>
size_t letters_of(std::span<const Text> names) {
  size_t letters = 0;
  for (const Text& name : names) letters += name.size();
  return letters;
}

}  // namespace

bool Suggester::can_afford(size_t pairs) {
  budget_ = pairs < budget_ ? budget_ - pairs : 0;
  return budget_ > 0;
}

std::string Suggester::near(std::string_view name, std::span<const std::string> candidates) {
  if (budget_ == 0 || !can_afford(letters_of(candidates) * name.size())) return {};
  return nearest(name, candidates).value_or(std::string());
}

std::string Suggester::near(std::string_view name, std::span<const std::string_view> candidates) {
  if (budget_ == 0 || !can_afford(letters_of(candidates) * name.size())) return {};
  return nearest(name, candidates).value_or(std::string());
}

}  // namespace hr
