#include "base/memory_size.h"

#include <doctest/doctest.h>

using hr::default_memory_budget;
using hr::parse_memory_size;

TEST_CASE("sizes of memory: a whole number and a unit") {
  CHECK(parse_memory_size("700MB") == 700'000'000U);
  CHECK(parse_memory_size("2GB") == 2'000'000'000U);
  CHECK(parse_memory_size("64MiB") == 67'108'864U);
  CHECK(parse_memory_size("1GiB") == 1'073'741'824U);
  CHECK(parse_memory_size("9999999GiB") == 9'999'999ULL * 1'073'741'824ULL);
  for (const char* text : {"", "MB", "700", "0MB", "07MB", "-1MB", "1.5GB", "1 GB", "1gb", "1KB", "12345678MB", "1MBx"})
    CHECK_FALSE(parse_memory_size(text));
}

TEST_CASE("the budget that a machine suggests: a quarter, within bounds") {
  constexpr uint64_t kMiB = 1024 * 1024;
  CHECK(default_memory_budget(0) == 64 * kMiB);
  CHECK(default_memory_budget(1024 * kMiB) == 256 * kMiB);
  CHECK(default_memory_budget(64 * 1024 * kMiB) == 512 * kMiB);
}
