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

// Rows ascending by key(row) < buckets, of equal ones by row.
template <class Key>
std::vector<uint32_t> sorted_rows(size_t rows, size_t buckets, const Key& key) {
  std::vector<uint32_t> next(buckets + 1);
  for (uint32_t row = 0; row < rows; ++row) ++next[key(row) + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<uint32_t> sorted(rows);
  for (uint32_t row = 0; row < rows; ++row) sorted[next[key(row)]++] = row;
  return sorted;
}

constexpr size_t kMostPlaces = size_t{1} << 22U;  // that may be counted apart

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

// A place is a KPI and a period.
struct FactGroups::Places {
  const FactColumns& columns;
  const std::vector<uint32_t>& number_of;
  const Periods periods;

  size_t count() const { return columns.kpi.dictionary.size() * periods.all.size(); }
  size_t of(uint32_t row) const {
    return columns.kpi.codes[row] * periods.all.size() + periods.index_of[columns.period.codes[row]];
  }
  uint32_t subject(uint32_t row) const { return number_of[columns.subject.codes[row]]; }
};

// Puts each row where its place says, those of one place in the given order (none: that of the frame). Whether the
// subjects of every place ascend.
bool FactGroups::scatter(const Places& places, const std::vector<uint32_t>* order) {
  std::vector<uint32_t> starts(places.count() + 1);
  for (uint32_t row = 0; row < rows_.size(); ++row) ++starts[places.of(row) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  std::vector<uint32_t> next = starts;
  bool ascending = true;
  for (uint32_t i = 0; i < rows_.size(); ++i) {
    const uint32_t row = order ? (*order)[i] : i;
    const size_t place = places.of(row);
    const uint32_t at = next[place]++;
    rows_[at] = row;
    subjects_[at] = places.subject(row);
    ascending &= at == starts[place] || subjects_[at - 1] <= subjects_[at];
  }
  return ascending;
}

// The same for more places than can be counted.
void FactGroups::sort(const Places& places) {
  std::iota(rows_.begin(), rows_.end(), 0U);
  std::stable_sort(rows_.begin(), rows_.end(), [&](uint32_t a, uint32_t b) {
    const size_t place_a = places.of(a);
    const size_t place_b = places.of(b);
    return place_a != place_b ? place_a < place_b : places.subject(a) < places.subject(b);
  });
  for (size_t i = 0; i < rows_.size(); ++i) subjects_[i] = places.subject(rows_[i]);
}

FactGroups::FactGroups(const FactColumns& columns, const std::vector<uint32_t>& number_of, size_t subjects)
    : rows_(columns.value.decimals.size()), subjects_(rows_.size()) {
  const Places places{columns, number_of, periods_of_dictionary(columns.period.dictionary)};
  if (places.count() > kMostPlaces) {
    sort(places);
  } else if (!scatter(places, nullptr)) {  // most files go by subject, or have the same order for each KPI
    const std::vector<uint32_t> by_subject =
        sorted_rows(rows_.size(), subjects, [&](uint32_t row) { return places.subject(row); });
    scatter(places, &by_subject);
  }
  const size_t periods = places.periods.all.size();
  for (size_t begin = 0; begin < rows_.size();) {
    const size_t place = places.of(rows_[begin]);
    const auto rest = rows_.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto behind = std::partition_point(rest, rows_.end(), [&](uint32_t row) { return places.of(row) <= place; });
    const auto end = static_cast<size_t>(behind - rows_.begin());
    groups_.push_back({static_cast<uint32_t>(place / periods), places.periods.all[place % periods],
                       std::span(rows_).subspan(begin, end - begin), std::span(subjects_).subspan(begin, end - begin)});
    begin = end;
  }
}

}  // namespace hr::store
