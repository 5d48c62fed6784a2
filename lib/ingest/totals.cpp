#include "ingest/totals.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ingest/cleansing.h"
#include "ingest/values.h"

namespace hr::ingest {

namespace {

constexpr std::array<std::string_view, 9> kTotals{"合计", "总计", "共计", "总和", "小计",
                                                  "合計", "總計", "小計", "total"};

bool is_total(std::string_view name) {
  const std::string folded = fold_for_match(name);
  return std::ranges::any_of(kTotals, [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

// As far as the total is written out: 16.5 is the total of 16.49.
bool agrees(Decimal said, const std::optional<Decimal>& counted) {
  return counted && round_half_away(*counted, said.scale) == said;
}

bool agrees(Decimal said, const ExactSum& rows) {
  return agrees(said, rows.total()) || agrees(said, rows.mean());
}

}  // namespace

std::optional<Decimal> Totals::number_in(std::string_view field, bool& says_something) const {
  std::string_view text = without_blanks(field);
  says_something = !text.empty() && std::ranges::find(mapping_.missing, text) == mapping_.missing.end();
  if (!says_something) return std::nullopt;
  std::string kept(text);
  std::string_view sign;
  const auto apply = [&](bool wanted, auto rule) {
    if (!wanted) return;
    if (auto better = rule(std::string_view(kept))) kept = *std::move(better);
  };
  apply(mapping_.clean.width, without_full_width);
  apply(mapping_.clean.currency, [&](std::string_view t) { return without_currency(t, sign); });
  apply(mapping_.clean.thousands, without_thousands);
  ValueFault fault;
  return read_number(kept, false, fault);
}

void Totals::add(const Record& record) {
  if (sums_.size() < record.fields.size()) sums_.resize(record.fields.size());
  for (size_t i = 0; i < record.fields.size(); ++i) {
    Sums& sums = sums_[i];
    if (sums.unknown) continue;
    bool says_something = false;
    const auto number = number_in(record.fields[i], says_something);
    sums.unknown = says_something && !number;
    if (!number) continue;
    sums.all.add(*number);
    sums.group.add(*number);
  }
}

void Totals::compare(const Record& record, std::string_view name, const RecordSource& places) {
  if (given_up_ || !is_total(name)) return;
  for (size_t i = 0; i < std::min(sums_.size(), record.fields.size()); ++i) {
    bool says_something = false;
    const auto said = number_in(record.fields[i], says_something);
    const Sums& sums = sums_[i];
    if (!said || sums.unknown || sums.all.count() == 0 || agrees(*said, sums.all) || agrees(*said, sums.group))
      continue;
    const auto sum = sums.all.total();
    if (sum) wrong_.push_back({places.place(record, i), i, *said, *sum, sums.all.count()});
  }
  for (Sums& sums : sums_) sums.group = {};
}

}  // namespace hr::ingest
