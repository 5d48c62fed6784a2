#include "store/fact_groups.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>

namespace hr::store {

namespace {

using facts::Column;

const Column& column(const facts::Frame& frame, std::string_view name, facts::Storage storage) {
  const Column* c = frame.find(name);
  if (!c || c->storage != storage || c->size() != frame.size()) throw std::logic_error("not a frame of facts");
  return *c;
}

// Periods of a frame: two spellings of one period are one.
struct Periods {
  std::vector<Period> all;         // ascending
  std::vector<uint32_t> index_of;  // by code
};

Periods periods_of_dictionary(const facts::Dictionary& dictionary) {
  std::vector<Period> by_code;
  std::map<Period, uint32_t> places;
  for (uint32_t code = 0; code < dictionary.size(); ++code) {
    const auto period = parse_period(dictionary[code]);
    if (!period) throw std::logic_error("not a period: " + std::string(dictionary[code]));
    by_code.push_back(*period);
    places.emplace(*period, 0);
  }
  Periods periods;
  for (auto& [period, index] : places) {
    index = static_cast<uint32_t>(periods.all.size());
    periods.all.push_back(period);
  }
  for (const Period& p : by_code) periods.index_of.push_back(places[p]);
  return periods;
}

// Rows in the order of `order`, stably sorted by key(row) < buckets.
template <class Key>
std::vector<uint32_t> counting_sort(const std::vector<uint32_t>& order, size_t buckets, const Key& key) {
  std::vector<uint32_t> next(buckets + 1);
  for (const uint32_t row : order) ++next[key(row) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<uint32_t> sorted(order.size());
  for (const uint32_t row : order) sorted[next[key(row)]++] = row;
  return sorted;
}

constexpr size_t kMostBuckets = size_t{1} << 22U;

template <class Key>
std::vector<uint32_t> sort_by(const std::vector<uint32_t>& order, size_t buckets, const Key& key) {
  if (buckets <= kMostBuckets) return counting_sort(order, buckets, key);
  std::vector<uint32_t> sorted = order;
  std::stable_sort(sorted.begin(), sorted.end(), [&](uint32_t a, uint32_t b) { return key(a) < key(b); });
  return sorted;
}

}  // namespace

FactColumns::FactColumns(const facts::Frame& frame)
    : subject(column(frame, "subject", facts::Storage::text)),
      kpi(column(frame, "kpi", facts::Storage::text)),
      period(column(frame, "period", facts::Storage::text)),
      value(column(frame, "value", facts::Storage::decimal)) {
  bool missing = false;
  for (size_t row = 0; row < frame.size(); ++row) {
    missing |= subject.codes[row] == facts::kMissingCode || kpi.codes[row] == facts::kMissingCode ||
               period.codes[row] == facts::kMissingCode || value.decimals[row].scale < 0;
  }
  if (missing) throw std::logic_error("a fact without subject, KPI, period or value");
}

FactGroups::FactGroups(const FactColumns& columns, const std::vector<uint32_t>& number_of, size_t subjects) {
  const Periods periods = periods_of_dictionary(columns.period.dictionary);
  const size_t n = periods.all.size();
  const auto place = [&](uint32_t row) {
    return columns.kpi.codes[row] * n + periods.index_of[columns.period.codes[row]];
  };
  const auto subject = [&](uint32_t row) { return number_of[columns.subject.codes[row]]; };
  const size_t places = columns.kpi.dictionary.size() * n;
  order_.resize(columns.value.decimals.size());
  std::iota(order_.begin(), order_.end(), 0U);

  const auto by_place = [&](uint32_t a, uint32_t b) { return place(a) < place(b); };
  const auto ascending = [&](uint32_t a, uint32_t b) {
    return by_place(a, b) || (place(a) == place(b) && subject(a) < subject(b));
  };
  std::vector<uint32_t> sorted = sort_by(order_, places, place);
  if (!std::is_sorted(sorted.begin(), sorted.end(), ascending)) {  // files mostly go by subject
    sorted = sort_by(sort_by(order_, subjects, subject), places, place);
  }
  order_ = std::move(sorted);
  for (size_t begin = 0; begin < order_.size();) {
    const size_t here = place(order_[begin]);
    size_t end = begin + 1;
    while (end < order_.size() && place(order_[end]) == here) ++end;
    groups_.push_back(
        {static_cast<uint32_t>(here / n), periods.all[here % n], std::span(order_).subspan(begin, end - begin)});
    begin = end;
  }
}

}  // namespace hr::store
