#include "engine/import/possible_duplicates.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

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
  // How many rows have the value that a row of another column of its kind has.
  size_t count_of(const Column& other, size_t row) const {
    if (other.missing(row)) return 0;
    if (column_.storage != facts::Storage::day) {
      const auto code = column_.dictionary.find(other.text(row));
      return code ? counts_[*code] : 0;
    }
    const bool known = any_ && other.days[row] >= low_ && other.days[row] <= high_;
    return known ? counts_[static_cast<size_t>(other.days[row] - low_)] : 0;
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

std::vector<uint8_t> codes_of_rows(const Column& column) {
  std::vector<uint8_t> is_there(column.dictionary.size());
  for (size_t row = 0; row < column.size(); ++row) {
    if (!column.missing(row)) is_there[column.codes[row]] = 1;
  }
  return is_there;
}

bool has(const std::vector<uint8_t>& codes, const Column& column, std::string_view text) {
  const auto code = column.dictionary.find(text);
  return code && codes[*code] != 0;
}

// A new row, and somebody stored who is not in the file.
struct StoredPair {
  size_t row = 0, stored = 0;
  const Column* by = nullptr;
};

// The new rows of a file against one frame of the store.
class AgainstStored {
 public:
  AgainstStored(const Frame& people, const Frame& stored) : stored_(stored) {
    const Column& names = *people.find("name");
    const Column& ids = *people.find("employee_id");
    const Column& stored_ids = *stored.find("employee_id");
    const Column* stored_names = stored.find("name");
    if (stored_names == nullptr || stored.size() == 0) return;
    const std::vector<uint8_t> known = codes_of_rows(stored_ids);
    for (size_t row = 0; row < people.size(); ++row) {
      if (!names.missing(row) && !has(known, stored_ids, ids.text(row))) by_name_[names.text(row)].fresh.push_back(row);
    }
    if (by_name_.empty()) return;
    const std::vector<uint8_t> in_file = codes_of_rows(ids);
    for (size_t row = 0; row < stored.size(); ++row) {
      const auto it = stored_names->missing(row) ? by_name_.end() : by_name_.find(stored_names->text(row));
      if (it != by_name_.end() && !has(in_file, ids, stored_ids.text(row))) it->second.stored.push_back(row);
    }
    std::erase_if(by_name_, [](const auto& entry) { return entry.second.stored.empty(); });
  }

  bool empty() const { return by_name_.empty(); }

  void find(const Column& column, std::vector<StoredPair>& pairs) const {
    const Column* other = stored_.find(column.name);
    if (other == nullptr || other->storage != column.storage) return;
    const Shared by_value(*other);
    std::vector<StoredPair> found;
    double by_chance = 0;
    for (const auto& [name, namesakes] : by_name_) {
      for (const size_t row : namesakes.fresh) {
        const size_t same = by_value.count_of(column, row);
        by_chance += static_cast<double>(same) * static_cast<double>(namesakes.stored.size()) /
                     static_cast<double>(stored_.size() + 1);
        if (same == 0) continue;
        std::vector<StoredPair> alike;
        for (const size_t stored : namesakes.stored) {
          if (!other->missing(stored) && facts::cell_text(*other, stored) == facts::cell_text(column, row))
            alike.push_back({row, stored, &column});
        }
        if (alike.size() < kLargestGroup) found.insert(found.end(), alike.begin(), alike.end());
      }
    }
    if (by_chance < 1) pairs.insert(pairs.end(), found.begin(), found.end());
  }

 private:
  struct Namesakes {
    std::vector<size_t> fresh, stored;  // rows
  };

  const Frame& stored_;
  std::map<std::string_view, Namesakes> by_name_;
};

}  // namespace

static std::vector<RowFault> in_file(const Frame& people, const std::string& file) {
  const Column* ids = people.find("employee_id");
  const Column* names = people.find("name");
  if (people.size() < 2) return {};
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
    const SourceSpan span{file, static_cast<int>(people.rows[pair.second]), 0, 0};
    const SourceSpan other{file, static_cast<int>(people.rows[pair.first]), 0, 0};
    Diagnostic warning = make_warning("possible-duplicate", span,
                                      {std::string(ids->text(pair.second)), std::string(ids->text(pair.first)),
                                       std::to_string(people.rows[pair.first]), std::string(names->text(pair.second)),
                                       label(*pair.by), facts::cell_text(*pair.by, pair.second)});
    warning.related.push_back(other);
    found.push_back({pair.second, "employee_id", std::move(warning)});
  }
  return found;
}

// Of each new row and person the first column that both agree in.
static std::vector<RowFault> in_store(const Frame& people, const std::string& file, const Frame& stored) {
  const AgainstStored against(people, stored);
  if (against.empty()) return {};
  std::vector<StoredPair> pairs;
  for (const Column& column : people.columns) {
    if (is_telling(column)) against.find(column, pairs);
  }
  const auto place = [](const StoredPair& pair) { return std::pair(pair.row, pair.stored); };
  std::ranges::stable_sort(pairs, {}, place);
  const auto same = [&](const StoredPair& a, const StoredPair& b) { return place(a) == place(b); };
  pairs.erase(std::unique(pairs.begin(), pairs.end(), same), pairs.end());
  std::vector<RowFault> found;
  for (const StoredPair& pair : pairs) {
    const SourceSpan span{file, static_cast<int>(people.rows[pair.row]), 0, 0};
    found.push_back({pair.row, "employee_id",
                     make_warning("possible-duplicate/stored", span,
                                  {std::string(people.find("employee_id")->text(pair.row)),
                                   std::string(stored.find("employee_id")->text(pair.stored)),
                                   std::string(people.find("name")->text(pair.row)), label(*pair.by),
                                   facts::cell_text(*pair.by, pair.row)})});
  }
  return found;
}

std::vector<RowFault> possible_duplicates(const Frame& people, const std::string& file,
                                          const std::vector<Frame>& stored) {
  const Column* names = people.find("name");
  if (people.size() == 0 || people.find("employee_id") == nullptr || names == nullptr || !names->carried) return {};
  std::vector<RowFault> found = in_file(people, file);
  for (const Frame& frame : stored) std::ranges::move(in_store(people, file, frame), std::back_inserter(found));
  std::ranges::stable_sort(found, {}, &RowFault::row);
  if (const size_t all = found.size(); all > kMostTold) {
    found.resize(kMostTold);
    Diagnostic more = make_warning("possible-duplicate/more", {file, 0, 0, 0},
                                   {std::to_string(all - kMostTold), std::to_string(all)});
    found.push_back({found.back().row, "", std::move(more)});
  }
  return found;
}

}  // namespace hr::engine
