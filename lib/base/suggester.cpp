#include "base/suggester.h"

#include "base/text.h"

namespace hr {

std::string Suggester::near(std::string_view name, std::span<const std::string> candidates) {
  if (budget_ == 0) return {};
  size_t letters = 0;
  for (const std::string& candidate : candidates) letters += candidate.size();
  const size_t work = letters * name.size();
  if (work >= budget_) {
    budget_ = 0;
    return {};
  }
  budget_ -= work;
  return nearest(name, candidates).value_or(std::string());
}

}  // namespace hr
