// Imports into a store for ever and prints the number of each import when its commit has returned, until it is killed:
// tests/unit/store/crash_test.cpp kills it at random moments and holds the store against what was printed.
// `crash_test STORE` goes on after the imports that the store already has.
#include "support/crash_test.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    const auto store = hr::store::open_store(argv[1]);
    for (auto n = static_cast<uint32_t>(store->sources(hr::store::kNow).size()) + 1;; ++n) {
      hr::crash::import(*store, n);
      const std::string line = std::to_string(n) + "\n";
      if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) return 1;
    }
  } catch (const hr::Error& e) {
    std::fprintf(stderr, "%s: %s\n", e.message().c_str(), e.args().size() > 1 ? e.args()[1].c_str() : "");
  }
  return 4;
}
