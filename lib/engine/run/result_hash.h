// A fingerprint of what a run came to.
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "facts/frame.h"

namespace hr::engine {

// SHA-256 over the cells of a run's scores, by column and piece of 65,536 rows: docs/formats/store.md. Runs with the
// same cells have the same, whatever the codes of their texts.
class ResultHash {
 public:
  static constexpr size_t kPieceRows = 65'536;

  // The rows of the run from `begin`, a multiple of kPieceRows, on: one piece, full unless it is the last. Pieces in
  // any order, several threads at once.
  void add(const facts::Frame& piece, size_t begin);
  std::string hex() const;  // of a run of no row: after its empty piece

 private:
  std::string digest_of(const facts::Column& column, std::vector<uint32_t>& local);
  std::string digest_of_one(const std::string& cell, size_t rows);

  std::mutex mutex_;
  std::vector<std::string> names_;                                // of columns
  std::vector<std::vector<std::string>> digests_;                 // by piece, column
  std::map<std::pair<std::string, size_t>, std::string> of_one_;  // of so many cells that are the same
};

}  // namespace hr::engine
