// Collects the faults of the rows of one file: of each row the first one found. Internal to import.
#pragma once

#include <algorithm>
#include <atomic>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/suggester.h"
#include "engine/import/checks.h"
#include "engine/import/known_ids.h"
#include "facts/frame.h"

namespace hr::engine {

// Those of `rows` rows for which wanted(row) holds, in order; several threads ask at once.
template <class Wanted>
std::vector<size_t> rows_where(size_t rows, const Wanted& wanted) {
  constexpr size_t kPiece = size_t{1} << 16U;
  std::vector<std::vector<size_t>> found((rows + kPiece - 1) / kPiece);
  for_pieces(found.size(), hardware_threads(), [&](size_t piece, size_t) {
    for (size_t row = piece * kPiece, end = std::min(rows, row + kPiece); row < end; ++row) {
      if (wanted(row)) found[piece].push_back(row);
    }
  });
  std::vector<size_t> all;
  for (const std::vector<size_t>& some : found) all.insert(all.end(), some.begin(), some.end());
  return all;
}

class RowChecker {
 public:
  RowChecker(const facts::Frame& frame, const std::string& file)
      : frame_(frame), file_(file), faulty_(frame.size(), 0) {}

  void fault(size_t row, std::string column, std::string message, std::vector<std::string> args,
             std::string suggestion = {}) {
    if (faulty_[row]) return;
    faulty_[row] = 1;
    RowFault f{row, std::move(column), make_error(std::move(message), span(row), std::move(args))};
    f.reason.suggestion = std::move(suggestion);
    faults_.push_back(std::move(f));
  }

  SourceSpan span(size_t row) const { return {file_, static_cast<int>(frame_.rows[row]), 0, 0}; }
  bool faulty(size_t row) const { return faulty_[row] != 0; }

  // Texts of `column` that are not in `known` fault their rows, but those for which `passes(text, row)`. Asked once per
  // distinct text.
  template <class Passes>
  void must_be_known(std::string_view column_name, const char* message, const KnownIds& known, Passes passes) {
    const facts::Column* column = frame_.find(column_name);
    if (!column || column->storage != facts::Storage::text) return;
    std::unordered_map<uint32_t, std::string> meant;
    const std::vector<size_t> unknown = rows_of_unknown(*column, known);
    for (const size_t row : unknown) {
      const uint32_t code = column->codes[row];
      const std::string_view text = column->dictionary[code];
      if (passes(text, row)) continue;
      const auto [suggestion, fresh] = meant.try_emplace(code);
      if (fresh) suggestion->second = known.meant_by(text, suggester_);
      fault(row, std::string(column_name), message, {std::string(text)}, suggestion->second);
    }
  }
  void must_be_known(std::string_view column_name, const char* message, const KnownIds& known) {
    must_be_known(column_name, message, known, [](std::string_view, size_t) { return false; });
  }

  std::vector<RowFault> take() {
    std::sort(faults_.begin(), faults_.end(), [](const RowFault& a, const RowFault& b) { return a.row < b.row; });
    return std::move(faults_);
  }

 private:
  // In order, of a column of texts.
  static std::vector<size_t> rows_of_unknown(const facts::Column& column, const KnownIds& known) {
    std::vector<std::atomic<int8_t>> verdict(column.dictionary.size());  // 0 = not asked yet; by any thread, all alike
    return rows_where(column.size(), [&](size_t row) {
      const uint32_t code = column.codes[row];
      if (code == facts::kMissingCode) return false;
      int8_t known_one = verdict[code].load(std::memory_order_relaxed);
      if (known_one == 0) {
        known_one = known.has(column.dictionary, code) ? 1 : -1;
        verdict[code].store(known_one, std::memory_order_relaxed);
      }
      return known_one < 0;
    });
  }

  Suggester suggester_;  // looking for a near id is slow among many people
  const facts::Frame& frame_;
  const std::string& file_;
  std::vector<uint8_t> faulty_;
  std::vector<RowFault> faults_;
};

}  // namespace hr::engine
