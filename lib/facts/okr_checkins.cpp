#include "facts/okr_checkins.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <tuple>

#include "facts/cells.h"
#include "facts/row_order.h"

namespace hr::facts {

void CheckInBuilder::reserve(size_t rows) {
  of_.reserve(rows);
  okrs_.date.reserve(rows);
  okrs_.value.reserve(rows);
  okrs_.checkin_origin.reserve(rows);
}

void CheckInBuilder::add(const Frame& part, size_t rows) {
  const Column* id = part.find("key_result");
  const Column* date = part.find("date");
  if (id == nullptr || date == nullptr) return;
  reserve(rows);
  const CodeMap names = okrs_.key_result_names.codes_of(*id);
  const Column* value = part.find("value");
  const Column* confidence = part.find("confidence");
  const bool is_confident = confidence != nullptr && confidence->carried;
  if (is_confident) okrs_.confidence.resize(of_.size());  // until now no file carried it
  std::vector<uint32_t> rows_here(part.size());
  const size_t first = of_.size();
  uint32_t* const of = grow(of_, part.size());
  size_t here = 0;
  for (uint32_t row = 0; row < part.size(); ++row) {
    if (id->missing(row) || date->missing(row)) continue;
    const uint32_t name = names[id->codes[row]];
    if (!is_here(name)) {
      report(name, id->text(row), origin_of(part, row));
      continue;
    }
    if (Date{date->days[row]} > as_of_) continue;
    of[here] = name;
    rows_here[here++] = row;
  }
  of_.resize(first + here);
  rows_here.resize(here);
  Date* day = grow(okrs_.date, here);
  for (const uint32_t row : rows_here) *day++ = Date{date->days[row]};
  okrs_.checkin_origin.append(part.sources, part.rows, rows_here);
  append_cells(okrs_.value, value, rows_here);
  if (is_confident) append_cells(okrs_.confidence, confidence, rows_here);
}

// A key result of another cycle, or a milestone of one.
bool CheckInBuilder::is_elsewhere(uint32_t name, std::string_view text) const {
  if (name != kUnnamed && known_[name] != Known::nowhere) return true;
  const size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) return false;
  const auto key_result = okrs_.key_result_names.find(text.substr(0, slash));
  return key_result && known_[*key_result] == Known::elsewhere;
}

void CheckInBuilder::report(uint32_t name, std::string_view text, Origin at) {
  if (is_elsewhere(name, text) || reported_.count(text) > 0) return;
  reported_.emplace(text);
  diagnostics_.push_back(make_warning("unknown-key-result", span_of(at), {std::string(text)}));
}

bool CheckInBuilder::is_before(uint32_t a, uint32_t b) const {
  const auto key = [&](uint32_t row) {
    const Origin origin = okrs_.checkin_origin[row];
    return std::tuple(okrs_.date[row], origin.source, origin.row);
  };
  return key(a) < key(b);
}

// Files go by day as a rule.
void CheckInBuilder::order_by_day(GroupedRows& rows) const {
  const auto earlier = [&](uint32_t a, uint32_t b) { return is_before(a, b); };
  for (size_t list = 0; list + 1 < rows.begin.size(); ++list) {
    const uint32_t begin = rows.begin[list];
    const uint32_t end = rows.begin[list + 1];
    uint32_t i = begin + 1;
    while (i < end && !is_before(rows.at(i), rows.at(i - 1))) ++i;
    if (i >= end) continue;
    if (rows.order.empty()) {
      rows.order.resize(of_.size());
      std::iota(rows.order.begin(), rows.order.end(), 0U);
    }
    std::stable_sort(rows.order.begin() + begin, rows.order.begin() + end, earlier);
  }
}

void CheckInBuilder::finish() {
  if (okrs_.confidence.size() > 0) okrs_.confidence.resize(of_.size());
  GroupedRows rows = group_rows(of_, okrs_.key_result_names.size());
  order_by_day(rows);
  okrs_.checkins = std::move(rows.begin);
  rearrange(okrs_.date, rows.order);
  okrs_.value.rearrange(rows.order);
  if (okrs_.confidence.size() > 0) okrs_.confidence.rearrange(rows.order);
  okrs_.checkin_origin.rearrange(rows.order);
}

}  // namespace hr::facts
