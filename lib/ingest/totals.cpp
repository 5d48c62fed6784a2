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

// The sum or the mean, as far as the total is written out: 16.5 is the total of 16.49, and 16.50 is not.
bool agrees(Decimal said, int decimals, const ExactSum& rows) {
  const auto is_said = [&](const std::optional<Decimal>& counted) {
    return counted && round_half_away(*counted, decimals) == said;
  };
  return is_said(rows.total()) || is_said(rows.mean());
}

int decimals_of(std::string_view number) {
  const size_t point = number.find('.');
  return point == std::string_view::npos ? 0 : static_cast<int>(number.size() - point - 1);
}

void add_sums(std::vector<ExactSum>& to, const std::vector<ExactSum>& sums) {
  if (to.size() < sums.size()) to.resize(sums.size());
  for (size_t i = 0; i < sums.size(); ++i) to[i].add(sums[i]);
}

}  // namespace

bool is_called_total(std::string_view text) {
  const std::string folded = fold_for_match(text);
  const auto is_it = [&](std::string_view word) { return folded == word; };
  return folded == "subtotal" || folded == "grandtotal" || std::ranges::any_of(kTotals, is_it);
}

// What it says however it is written: whether its row could be taken is another matter.
std::optional<Totals::Number> Totals::number_in(std::string_view field, bool& says_something) const {
  const std::string_view text = trim(field);
  says_something = !text.empty() && std::ranges::find(mapping_.missing, text) == mapping_.missing.end();
  if (!says_something) return std::nullopt;
  ValueFault fault;
  if (const auto plain = read_number(text, false, fault)) return Number{*plain, decimals_of(text)};
  std::string kept(text);
  std::string_view sign;
  if (auto better = without_full_width(kept)) kept = *std::move(better);
  if (auto better = without_currency(kept, sign)) kept = *std::move(better);
  if (auto better = without_thousands(kept)) kept = *std::move(better);
  const auto number = read_number(kept, false, fault);
  return number ? std::optional(Number{*number, decimals_of(kept)}) : std::nullopt;
}

void Totals::add(const Record& record) {
  std::vector<ExactSum>& sums = open_.back().sums;
  if (sums.size() < record.fields.size()) sums.resize(record.fields.size());
  if (unknown_.size() < record.fields.size()) unknown_.resize(record.fields.size(), 0);
  for (size_t i = 0; i < record.fields.size(); ++i) {
    if (unknown_[i]) continue;
    bool says_something = false;
    const auto number = number_in(record.fields[i], says_something);
    if (number) sums[i].add(number->value);
    unknown_[i] = says_something && !number;
  }
}

// Behind a total another group of its kind begins, in the one that both lie in. Groups inside it are done with.
void Totals::close(size_t group) {
  int level = 1;
  for (size_t inner = group + 1; inner < open_.size(); ++inner) level = std::max(level, open_[inner].level + 1);
  while (open_.size() > 1 && open_.back().level <= level) {
    const Group done = std::move(open_.back());
    open_.pop_back();
    add_sums(open_.back().sums, done.sums);
  }
  open_.push_back({level, {}});
}

std::vector<std::optional<Totals::Number>> Totals::said_in(const Record& record) const {
  std::vector<std::optional<Number>> said(std::min(unknown_.size(), record.fields.size()));
  for (size_t i = 0; i < said.size(); ++i) {
    bool says_something = false;
    if (!unknown_[i]) said[i] = number_in(record.fields[i], says_something);
  }
  return said;
}

// By open group, of all rows in it, by field.
std::vector<std::vector<ExactSum>> Totals::sums_of_groups() const {
  std::vector<std::vector<ExactSum>> sums(open_.size(), std::vector<ExactSum>(unknown_.size()));
  for (size_t group = open_.size(); group-- > 0;) {
    if (group + 1 < open_.size()) sums[group] = sums[group + 1];
    add_sums(sums[group], open_[group].sums);
  }
  return sums;
}

void Totals::compare(const Record& record, std::string_view name, const RecordSource& places) {
  if (given_up_ || !is_total(name)) return;
  const auto said = said_in(record);
  const auto sums = sums_of_groups();
  std::vector<uint8_t> right(said.size());
  std::optional<size_t> group;  // that most of the totals are of; of equals the innermost
  size_t most = 0;
  for (size_t g = sums.size(); g-- > 0;) {
    if (std::ranges::none_of(sums[g], [](const ExactSum& sum) { return sum.count() > 0; })) continue;
    size_t agreeing = 0;
    for (size_t i = 0; i < said.size(); ++i) {
      if (!said[i] || !agrees(said[i]->value, said[i]->decimals, sums[g][i])) continue;
      right[i] = 1;
      ++agreeing;
    }
    if (group && agreeing <= most) continue;
    group = g;
    most = agreeing;
  }
  if (!group) return;  // no numbers yet
  for (size_t i = 0; i < said.size(); ++i) {
    const ExactSum& rows = sums[*group][i];
    const auto sum = rows.count() > 0 ? rows.total() : std::optional(Decimal{});
    if (!said[i] || right[i] || !sum) continue;
    const bool of_nothing = rows.count() == 0 && (said[i]->value == Decimal{} || sums[0][i].count() == 0);
    if (!of_nothing) wrong_.push_back({places.place(record, i), i, said[i]->value, *sum, rows.count()});
  }
  close(*group);
}

}  // namespace hr::ingest
