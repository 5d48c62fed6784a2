#include "analytics/groups.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace hr::analytics {

using model::CheckRule;

namespace {

constexpr int kDecimals = 4;          // last digits are looked at down to here
constexpr double kTenThousand = 1e4;  // 10^kDecimals
constexpr double kMostWhole = 9e15;   // doubles hold whole numbers exactly up to here
constexpr size_t kFewOnOneSide = 50;  // one in so many members may lie half as far out on the same side
constexpr double kFarOut = 8;         // of values that another power of ten would make usual
constexpr double kLeastFold = 31;     // nearer to 100 than to 10, which may be a difference between people
constexpr int kMostPower = 9;

// Zeros at the end of the digits of a value, with kDecimals decimals; −1: it has more decimals, or is 0.
int zeros_of(double value) {
  const double scaled = std::round(std::abs(value) * kTenThousand);
  if (scaled == 0 || scaled > kMostWhole || std::abs(scaled / kTenThousand - std::abs(value)) > 1e-9 * std::abs(value))
    return -1;
  auto digits = static_cast<uint64_t>(scaled);
  int zeros = 0;
  for (; digits % 10 == 0; digits /= 10) ++zeros;
  return zeros;
}

// The chance of at least `k` of `n` where each has the chance `p`, from above (Chernoff).
double chance_of_many(double k, double n, double p) {
  const double share = k / n;
  if (share <= p) return 1;
  const double rest = share < 1 ? (1 - share) * std::log((1 - share) / (1 - p)) : 0;
  return std::exp(-n * (share * std::log(share / p) + rest));
}

}  // namespace

const std::vector<GroupMedians::Median>* GroupMedians::find(const Period& period) const {
  const auto at = std::lower_bound(periods.begin(), periods.end(), period);
  if (at == periods.end() || *at != period) return nullptr;
  return &medians[static_cast<size_t>(at - periods.begin())];
}

void GroupChecks::add(const FactsOfPeriod& facts) {
  if (!members_.empty() && period_ != facts.period) finish_period();
  period_ = facts.period;
  for (size_t i = 0; i < facts.subjects.size(); ++i)
    members_.push_back({facts.subjects[i], facts.partial[i], facts.values[i]});
  group_of_.insert(group_of_.end(), facts.groups.begin(), facts.groups.end());
}

GroupMedians GroupChecks::finish() {
  if (!members_.empty()) finish_period();
  check_digits();
  return std::move(medians_);
}

void GroupChecks::finish_period() {
  std::vector<size_t> end(groups_ + 1, 0);
  for (const uint32_t group : group_of_) {
    if (group != facts::kNone) ++end[group + 1];
  }
  for (size_t g = 0; g < groups_; ++g) end[g + 1] += end[g];
  std::vector<size_t> next(end.begin(), end.end() - 1);
  by_group_.resize(end.back());
  for (size_t i = 0; i < members_.size(); ++i) {
    if (group_of_[i] != facts::kNone) by_group_[next[group_of_[i]]++] = members_[i];
  }
  medians_.periods.push_back(period_);
  medians_.medians.emplace_back(groups_);
  for (uint32_t g = 0; g < groups_; ++g) {
    if (end[g] < end[g + 1]) check_group(g, std::span(by_group_).subspan(end[g], end[g + 1] - end[g]));
  }
  if (told_.overlaps(period_.range())) check_bounds();
  members_.clear();
  group_of_.clear();
}

void GroupChecks::check_group(uint32_t group, std::span<const Member> members) {
  values_.resize(members.size());
  std::transform(members.begin(), members.end(), values_.begin(), [](const Member& m) { return m.value; });
  const Shape shape = shape_of(values_);
  const Spread spread = spread_of(values_, shape, scratch_);
  medians_.medians.back()[group] = {spread.median, spread.n};
  const KpiRules& rules = findings_.rules();
  if (rules.looks(CheckRule::heaping) && spread.n >= rules.of(CheckRule::heaping).min)
    count_digits(group, spread, members);
  if (!told_.overlaps(period_.range())) return;
  if (rules.looks(CheckRule::outlier) && spread.n >= rules.of(CheckRule::outlier).min) {
    for (const Member& member : members) check_member(spread, members, member);
  }
}

int GroupChecks::power_of(const Spread& spread, const Member& member) const {
  const KpiRules& rules = findings_.rules();
  const double x = member.value;
  const double fold = x / spread.median;
  const bool near = fold < kLeastFold && fold * kLeastFold > 1;
  if (spread.shape != Shape::positive || x <= 0 || near || !rules.looks(CheckRule::magnitude)) return 0;
  if (is_less(spread, member)) return 0;
  const int power = static_cast<int>(std::lround(std::log10(fold)));
  if (std::abs(power) > kMostPower || std::abs(spread.log_deviation(x)) < kFarOut) return 0;
  const double moved = spread.log_deviation(x / std::pow(10, power));
  return std::abs(moved) <= rules.of(CheckRule::magnitude).limit ? power : 0;
}

// Whoever was there a part of the time has less.
bool GroupChecks::is_less(const Spread& spread, const Member& member) const {
  return findings_.rules().additive && member.partial != 0 && member.value < spread.median;
}

// Where more than half are equal, the others are no measure of how far one may lie.
bool GroupChecks::is_alone(const Spread& spread, std::span<const Member> members, double x) {
  if (!spread.from_mean) return true;
  const auto beside = std::count_if(members.begin(), members.end(), [&](const Member& m) {
    return (m.value - spread.median) / (x - spread.median) >= 0.5;
  });
  return static_cast<size_t>(beside) <= 1 + members.size() / kFewOnOneSide;
}

void GroupChecks::check_member(const Spread& spread, std::span<const Member> members, const Member& member) {
  const double x = member.value;
  const int power = power_of(spread, member);
  const double deviation = power != 0 ? spread.log_deviation(x) : spread.deviation(x);
  if (power == 0) {
    const bool none = spread.shape == Shape::positive && x == 0;
    if (std::abs(deviation) <= findings_.rules().of(CheckRule::outlier).limit || none) return;
    if (is_less(spread, member) || !is_alone(spread, members, x)) return;
  }
  Finding finding = findings_.make(power != 0 ? CheckRule::magnitude : CheckRule::outlier);
  finding.period = period_;
  finding.subject = member.subject;
  finding.value = x;
  finding.expected = spread.median;
  finding.scale = spread.scale;
  finding.deviation = deviation;
  finding.shape = spread.shape;
  finding.power = power;
  finding.n = spread.n;
  findings_.add(std::move(finding));
}

void GroupChecks::check_bounds() {
  const KpiRules& rules = findings_.rules();
  if (!rules.looks(CheckRule::impossible) || !(rules.min || rules.max || rules.integer)) return;
  for (const Member& member : members_) {
    const bool below = rules.min && member.value < *rules.min;
    const bool above = rules.max && member.value > *rules.max;
    if (!below && !above && !(rules.integer && member.value != std::floor(member.value))) continue;
    Finding finding = findings_.make(CheckRule::impossible);
    finding.period = period_;
    finding.subject = member.subject;
    finding.value = member.value;
    if (below) finding.limit = rules.min;
    if (above) finding.limit = rules.max;
    findings_.add(std::move(finding));
  }
}

void GroupChecks::count_digits(uint32_t group, const Spread& spread, std::span<const Member> members) {
  Digits digits{period_, group, 0, spread.scale, {}};
  if (spread.shape == Shape::counts) {  // scale there is of roots: dx = √x d(2√x)
    digits.scale = spread.scale * std::sqrt(std::max(spread.median, 0.0));
  }
  for (const Member& member : members) {
    const int zeros = zeros_of(member.value);
    if (zeros < 0) continue;
    ++digits.n;
    ++digits.zeros[std::min<size_t>(static_cast<size_t>(zeros), digits.zeros.size() - 1)];
  }
  if (digits.n >= findings_.rules().of(CheckRule::heaping).min) digits_.push_back(digits);
}

namespace {

struct RoundValues {
  uint64_t n = 0;
  uint64_t round = 0;

  void add(const RoundValues& some) { n += some.n, round += some.round; }
  RoundValues without(const RoundValues& some) const { return {n - some.n, round - some.round}; }
  double share() const { return n > 0 ? static_cast<double>(round) / static_cast<double>(n) : 0; }
};

}  // namespace

// A step is natural where most values of the KPI end at it: by how many zeros. None where there is none.
std::optional<size_t> GroupChecks::natural_zeros() const {
  std::array<uint64_t, 24> all{};
  uint64_t total = 0;
  for (const Digits& d : digits_) {
    for (size_t z = 0; z < all.size(); ++z) all[z] += d.zeros[z];
    total += d.n;
  }
  size_t natural = 0;
  while (natural + 1 < all.size() && all[natural] * 2 < total) ++natural;
  return natural + 1 < all.size() ? std::optional(natural) : std::nullopt;
}

// Of ten values that end at the natural step one ends in a zero more. Where people choose round numbers everywhere, or
// those of the job do in other periods, that is what is expected.
void GroupChecks::check_digits() {
  const auto natural = natural_zeros();
  if (!natural) return;
  const double step = std::pow(10, static_cast<int>(*natural) + 1 - kDecimals);
  const auto round_of = [&](const Digits& d) {
    return RoundValues{d.n, std::accumulate(d.zeros.begin() + *natural + 1, d.zeros.end(), uint64_t{0})};
  };
  RoundValues all;
  std::map<uint32_t, RoundValues> by_group;
  size_t told = 0;
  for (const Digits& d : digits_) {
    all.add(round_of(d));
    by_group[d.group].add(round_of(d));
    told += told_.overlaps(d.period.range());
  }
  for (const Digits& d : digits_) {
    if (!told_.overlaps(d.period.range()) || d.scale < step / 2) continue;  // the last digit is not free
    const RoundValues here = round_of(d);
    const RoundValues own = by_group[d.group].without(here);  // as many as make a group, or none
    const double expected = std::max({0.1, all.without(here).share(), own.share()});
    if (expected >= 1) continue;
    const double chance = chance_of_many(static_cast<double>(here.round), d.n, expected) * static_cast<double>(told);
    Finding finding = findings_.make(CheckRule::heaping);
    if (chance > *finding.limit) continue;
    finding.period = d.period;
    finding.group = d.group;
    finding.value = here.share();
    finding.expected = expected;
    finding.scale = step;
    finding.chance = chance;
    finding.n = d.n;
    findings_.add(std::move(finding));
  }
}

}  // namespace hr::analytics
