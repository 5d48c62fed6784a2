// Collects the faults of the rows of one file: of each row the first one found. Internal to import.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/suggester.h"
#include "engine/import/checks.h"
#include "engine/import/known_ids.h"
#include "facts/frame.h"

namespace hr::engine {

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
    std::vector<int8_t> verdict(column->dictionary.size(), -1);
    std::unordered_map<uint32_t, std::string> meant;
    for (size_t row = 0; row < frame_.size(); ++row) {
      const uint32_t code = column->codes[row];
      if (code == facts::kMissingCode || verdict[code] == 1) continue;
      if (verdict[code] < 0) verdict[code] = known.has(column->dictionary, code) ? 1 : 0;
      if (verdict[code] == 1) continue;
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
  Suggester suggester_;  // looking for a near id is slow among many people
  const facts::Frame& frame_;
  const std::string& file_;
  std::vector<uint8_t> faulty_;
  std::vector<RowFault> faults_;
};

}  // namespace hr::engine
