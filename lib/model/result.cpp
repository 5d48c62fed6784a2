#include "model/result.h"

#include <algorithm>
#include <iterator>

namespace hr::model {

static std::vector<std::string> names_of(uint32_t bits, const std::string_view* names, size_t n) {
  std::vector<std::string> out;
  for (size_t i = 0; i < n; ++i) {
    if ((bits >> i) & 1U) out.emplace_back(names[i]);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<std::string> reason_names(uint8_t reasons) {
  return names_of(reasons, kReasonNames, std::size(kReasonNames));
}

std::vector<std::string> flag_names(uint32_t flags) {
  return names_of(flags, kFlagNames, std::size(kFlagNames));
}

}  // namespace hr::model
