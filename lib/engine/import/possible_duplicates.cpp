#include "engine/import/possible_duplicates.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hr::engine {

using facts::Column;
using facts::Frame;

namespace {

constexpr size_t kMostTold = 10;
constexpr size_t kLargestGroup = 3;  // what more people share is a placeholder, or a reception's number

// Attributes that tell people apart, by what they are called when case, width and blanks do not count.
constexpr std::array<std::string_view, 16> kTelling{
    "mobile",   "mobilephone", "mobile_phone", "phone",    "phonenumber", "手机",     "手机号",     "手机号码",
    "联系电话", "birth_date",  "birthdate",    "birthday", "dob",         "出生日期", "出生年月日", "生日"};

bool is_telling(const Column& column) {
  if (column.name == "email" || column.name == "hire_date") return true;
  if (!column.name.starts_with("attr.") || column.storage != facts::Storage::text) return false;
  const std::string word = fold_for_match(std::string_view(column.name).substr(5));
  return std::find(kTelling.begin(), kTelling.end(), word) != kTelling.end();
}

// How many rows share each value of a column, by a number of the value.
class Shared {
 public:
  explicit Shared(const Column& column) : column_(column) {
    if (column.storage == facts::Storage::day) {
      for (size_t row = 0; row < column.size(); ++row) {
        if (column.missing(row)) continue;
        low_ = any_ ? std::min(low_, column.days[row]) : column.days[row];
        high_ = any_ ? std::max(high_, column.days[row]) : column.days[row];
        any_ = true;
      }
      counts_.resize(any_ ? static_cast<size_t>(high_ - low_) + 1 : 0);
    } else {
      counts_.resize(column.dictionary.size());
    }
    for (size_t row = 0; row < column.size(); ++row) {
      if (!column.missing(row)) ++counts_[value(row)];
    }
  }
  size_t value(size_t row) const {
    return column_.storage == facts::Storage::day ? static_cast<size_t>(column_.days[row] - low_) : column_.codes[row];
  }
  bool is_shared(size_t row) const { return !column_.missing(row) && counts_[value(row)] > 1; }
  // Of all pairs of rows, those that have the same value.
  double pairs() const {
    double pairs = 0;
    for (const uint32_t n : counts_) pairs += 0.5 * n * (n - 1.0);
    return pairs;
  }

 private:
  const Column& column_;
  bool any_ = false;
  int32_t low_ = 0, high_ = 0;
  std::vector<uint32_t> counts_;
};

std::string label(const Column& column) {
  return column.name.starts_with("attr.") ? column.name.substr(5) : column.name;
}

struct Candidate {
  size_t name = 0, value = 0, row = 0;

  bool same_as(const Candidate& o) const { return name == o.name && value == o.value; }
  auto operator<=>(const Candidate&) const = default;
};

struct Pair {
  size_t first = 0, second = 0;  // rows
  const Column* by = nullptr;
};

// Pairs of rows that have the same name and the same value of the column.
void find_pairs(const Column& names, const Shared& by_name, const Column& column, std::vector<Pair>& pairs) {
  const Shared by_value(column);
  const auto rows = static_cast<double>(names.size());
  const double by_chance = by_name.pairs() * by_value.pairs() / std::max(1.0, 0.5 * rows * (rows - 1));
  if (by_value.pairs() == 0 || by_chance >= 1) return;
  std::vector<Candidate> candidates;
  for (size_t row = 0; row < names.size(); ++row) {
    if (by_name.is_shared(row) && by_value.is_shared(row))
      candidates.push_back({by_name.value(row), by_value.value(row), row});
  }
  std::sort(candidates.begin(), candidates.end());
  for (size_t begin = 0, end = 0; begin < candidates.size(); begin = end) {
    for (end = begin + 1; end < candidates.size() && candidates[end].same_as(candidates[begin]);) ++end;
    if (end - begin > kLargestGroup) continue;
    for (size_t i = begin + 1; i < end; ++i) pairs.push_back({candidates[begin].row, candidates[i].row, &column});
  }
}

}  // namespace

std::vector<RowFault> possible_duplicates(const Frame& people, const std::string& file) {
  const Column* ids = people.find("employee_id");
  const Column* names = people.find("name");
  if (people.size() < 2 || ids == nullptr || names == nullptr || !names->carried) return {};
  const Shared by_name(*names);
  if (by_name.pairs() == 0) return {};
  std::vector<Pair> pairs;
  for (const Column& column : people.columns) {
    if (is_telling(column)) find_pairs(*names, by_name, column, pairs);
  }
  const auto before = [](const Pair& a, const Pair& b) {
    return std::pair(a.second, a.first) < std::pair(b.second, b.first);
  };
  std::stable_sort(pairs.begin(), pairs.end(), before);
  const auto same = [](const Pair& a, const Pair& b) { return a.first == b.first && a.second == b.second; };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
  std::vector<RowFault> found;
  for (const Pair& pair : pairs) {
    if (found.size() == kMostTold) break;
    const SourceSpan span{file, static_cast<int>(people.rows[pair.second]), 0, 0};
    const SourceSpan other{file, static_cast<int>(people.rows[pair.first]), 0, 0};
    Diagnostic warning = make_warning("possible-duplicate", span,
                                      {std::string(ids->text(pair.second)), std::string(ids->text(pair.first)),
                                       std::to_string(people.rows[pair.first]), std::string(names->text(pair.second)),
                                       label(*pair.by), facts::cell_text(*pair.by, pair.second)});
    warning.related.push_back(other);
    found.push_back({pair.second, "employee_id", std::move(warning)});
  }
  if (pairs.size() > kMostTold) {
    Diagnostic more = make_warning("possible-duplicate/more", {file, 0, 0, 0},
                                   {std::to_string(pairs.size() - kMostTold), std::to_string(pairs.size())});
    found.push_back({found.back().row, "", std::move(more)});
  }
  return found;
}

}  // namespace hr::engine
