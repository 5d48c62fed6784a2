#include "base/memory_size.h"

#include <algorithm>
#include <utility>

namespace hr {

constexpr uint64_t kMebibyte = 1024 * 1024;
constexpr std::pair<std::string_view, uint64_t> kUnits[] = {
    {"MB", 1'000'000}, {"GB", 1'000'000'000}, {"MiB", kMebibyte}, {"GiB", 1024 * kMebibyte}};
constexpr size_t kMostDigits = 7;

std::optional<uint64_t> parse_memory_size(std::string_view text) {
  const size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > kMostDigits || text[0] == '0') return std::nullopt;
  uint64_t number = 0;
  for (const char c : text.substr(0, digits)) number = 10 * number + static_cast<uint64_t>(c - '0');
  for (const auto& [unit, bytes] : kUnits) {
    if (text.substr(digits) == unit) return number * bytes;
  }
  return std::nullopt;
}

uint64_t default_memory_budget(uint64_t machine) {
  return std::clamp(machine / 4, 64 * kMebibyte, 512 * kMebibyte);
}

}  // namespace hr
