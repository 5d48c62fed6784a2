// Findings about rows of a table that are made in another order than the rows'.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "facts/cells.h"
#include "facts/columns.h"

namespace hr::facts {

class RowFindings {
 public:
  void add(size_t row, std::string message, Origin at, std::vector<std::string> args) {
    found_.emplace_back(row, make_warning(std::move(message), span_of(at), std::move(args)));
  }
  // What was added of that row with that message.
  void take_back(size_t row, std::string_view message) {
    std::erase_if(found_, [&](const auto& f) { return f.first == row && f.second.message == message; });
  }
  // In the order of the rows, those of one row as they were added.
  void tell(Diagnostics& diagnostics) {
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [row, diagnostic] : found_) diagnostics.push_back(std::move(diagnostic));
  }

 private:
  std::vector<std::pair<size_t, Diagnostic>> found_;
};

}  // namespace hr::facts
