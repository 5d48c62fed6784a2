#include "ingest/hash_beside.h"

#include <doctest/doctest.h>

#include <random>

using namespace hr;
using namespace hr::ingest;

TEST_CASE("the hash of a stream is that of its bytes, however they come") {
  std::mt19937 random(1);
  constexpr size_t kChunk = HashBeside::kChunk;
  for (const size_t size : {size_t{0}, size_t{1}, kChunk - 1, kChunk, kChunk + 1, 2 * kChunk, 40 * kChunk + 7}) {
    std::string bytes(size, ' ');
    for (char& c : bytes) c = static_cast<char>(random());
    for (const size_t most : {size_t{5000}, kChunk / 2, 3 * kChunk}) {
      HashBeside hash;
      for (size_t at = 0, n = 0; at < size; at += n) {
        n = std::min(size - at, 1 + random() % most);
        hash.update(std::string_view(bytes).substr(at, n));
      }
      CHECK(hash.hex() == sha256(bytes));
    }
  }
}

TEST_CASE("a stream that nobody reads to its end is let go") {
  for (const size_t chunks : {size_t{0}, size_t{1}, size_t{7}}) {
    HashBeside hash;
    hash.update(std::string(chunks * HashBeside::kChunk + 1, 'x'));
  }
}
