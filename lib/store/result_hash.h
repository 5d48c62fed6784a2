// Fingerprints of what a run came to: docs/formats/store.md. Internal to the store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/frame.h"

namespace hr::store {

// Digests of the cells of a column among the rows of one block. The same cells have the same, whatever the codes of
// their texts, and no others have.
class CellDigests {
 public:
  // The one or two digests, one after the other; empty where there is no row. Several threads at once. `local`: scratch
  // to use again, of one thread.
  std::string of(const facts::Column& column, std::vector<uint32_t>& local);

 private:
  std::string of_one(const std::string& cell, size_t rows);

  std::mutex mutex_;
  std::map<std::pair<std::string, size_t>, std::string> of_one_;  // of so many cells that are the same
};

// One column of a block of a run.
struct DigestOfColumn {
  std::string_view name;
  std::string_view digest;
};
// The hash of a run from those of its blocks, all with the same columns.
std::string result_hash(std::span<const std::vector<DigestOfColumn>> blocks);

}  // namespace hr::store
