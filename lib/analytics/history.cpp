#include "analytics/history.h"

#include <algorithm>
#include <cmath>

namespace hr::analytics {

using model::CheckRule;

namespace {

constexpr uint32_t kLeastPeers = 5;    // a median of fewer says nothing about a period
constexpr double kLeastChange = 0.05;  // of an amount: a usual deviation is never taken to be less
constexpr double kFarAbove = 6;        // of a value that another power of ten would make usual
constexpr double kFarBelow = 8;        // low values are wider spread than high ones
constexpr double kNearPower = 0.15;    // decimal logarithms
constexpr int kMostPower = 9;
constexpr double kLeastCount = 3;  // tens of what hardly ever happens are no slip of a decimal point
constexpr uint32_t kLeastOwn = 3;  // other periods that excuse an outlier
constexpr double kUsual = 3;       // deviations
constexpr double kSuspicious = 2;  // deviations that any rule asks for, unless a limit is less

// One subject's values on a scale on which its periods can be compared.
class OwnScale {
 public:
  OwnScale(const Series& series, const GroupMedians& medians, Shape shape) : shape_(shape) {
    for (const Period& period : series.periods) of_period_.push_back(medians.find(period));
  }

  void take(std::span<const Series::Fact> facts) {
    medians_.clear();
    for (const Series::Fact& fact : facts) {
      const std::vector<GroupMedians::Median>* groups = of_period_[fact.period];
      const GroupMedians::Median median =
          groups == nullptr || fact.group == facts::kNone ? GroupMedians::Median{} : (*groups)[fact.group];
      if (median.n < kLeastPeers || (shape_ == Shape::positive && median.value <= 0)) {
        medians_.clear();
        return;
      }
      medians_.push_back(median.value);
    }
  }

  double comparable(size_t i, double x) const {
    const bool relative = !medians_.empty();
    if (shape_ == Shape::positive) return relative ? x / medians_[i] : x;
    if (shape_ == Shape::counts) return root(x) - (relative ? root(medians_[i]) : 0);
    return x - (relative ? medians_[i] : 0);
  }
  // The value that has this place on the scale.
  double value(size_t i, double comparable) const {
    const bool relative = !medians_.empty();
    if (shape_ == Shape::positive) return relative ? comparable * medians_[i] : comparable;
    if (shape_ == Shape::plain) return comparable + (relative ? medians_[i] : 0);
    const double half = (comparable + (relative ? root(medians_[i]) : 0)) / 2;
    return std::max(0.0, half * std::abs(half) - 0.375);
  }

 private:
  static double root(double x) { return x < 0 ? 2 * root_of(0) - root_of(-x) : root_of(x); }

  Shape shape_;
  std::vector<const std::vector<GroupMedians::Median>*> of_period_;  // null = none
  std::vector<double> medians_;                                      // by fact; empty: not relative
};

class HistoryCheck {
 public:
  HistoryCheck(const Series& series, const GroupMedians& medians, DateRange told, Findings& findings)
      : series_(series), medians_(medians), told_(told), findings_(findings), rules_(findings.rules()) {}

  void run() {
    const auto told = [&](const Period& p) { return told_.overlaps(p.range()); };
    if (std::none_of(series_.periods.begin(), series_.periods.end(), told)) return;
    values_.clear();
    for (const Series::Fact& fact : series_.facts) values_.push_back(fact.value);
    shape_ = shape_of(values_);
    least_ = kLeastOwn;
    suspicious_ = kSuspicious;
    for (const CheckRule rule : {CheckRule::sign, CheckRule::magnitude, CheckRule::jump}) {
      if (!rules_.looks(rule)) continue;
      least_ = std::min(least_, rules_.of(rule).min);
      suspicious_ = std::min(suspicious_, rules_.of(rule).limit);
    }
    OwnScale scale(series_, medians_, shape_);
    measure(scale);
    std::erase_if(findings_.kept(), [&](const Finding& finding) { return is_excused(finding, scale); });
    for (size_t i = 0; i < series_.subjects(); ++i) check_subject(i, scale);
  }

 private:
  // Of the subject's other periods, and at least what is usual among subjects.
  void measure(OwnScale& scale) {
    own_.resize(series_.subjects());
    std::vector<double> scales;
    std::vector<double> log_scales;
    for (size_t i = 0; i < series_.subjects(); ++i) {
      const auto facts = series_.of(i);
      if (facts.size() <= least_) continue;
      scale.take(facts);
      values_.resize(facts.size());
      for (size_t k = 0; k < facts.size(); ++k) values_[k] = scale.comparable(k, facts[k].value);
      own_[i] = spread_of(values_, shape_ == Shape::positive ? Shape::positive : Shape::plain, scratch_);
      if (own_[i].n < least_ || (shape_ == Shape::positive && own_[i].median <= 0)) continue;
      scales.push_back(shape_ == Shape::positive ? own_[i].scale / own_[i].median : own_[i].scale);
      log_scales.push_back(own_[i].log_scale);
    }
    if (scales.empty()) return;
    const double floor = shape_ == Shape::positive ? kLeastChange : shape_ == Shape::counts ? 1 : 0;
    const double usual = std::max(median_of(scales), floor);
    const double usual_log = std::max(median_of(log_scales), floor);
    for (Spread& own : own_) {
      own.scale = std::max(own.scale, shape_ == Shape::positive ? usual * own.median : usual);
      own.log_scale = std::max(own.log_scale, usual_log);
    }
  }

  // Periods that a value is compared with: what is no amount does not count itself.
  uint32_t others(const Spread& own, double x) const {
    const bool counts_itself = own.n > 0 && (shape_ != Shape::positive || x > 0);
    return own.n - (counts_itself ? 1 : 0);
  }

  // Somebody came or went, perhaps, and was there for a part of the period only.
  bool is_at_end(std::span<const Series::Fact> facts, size_t k) const {
    return (k == 0 && facts[k].period > 0) || (k + 1 == facts.size() && facts[k].period + 1 < series_.periods.size());
  }

  bool is_excused(const Finding& finding, OwnScale& scale) const {
    const bool of_group = finding.rule == CheckRule::outlier || (finding.rule == CheckRule::magnitude && finding.scale);
    if (!of_group || finding.subject < series_.first) return false;
    const size_t i = finding.subject - series_.first;
    if (i >= series_.subjects()) return false;
    const auto facts = series_.of(i);
    const auto at = std::find_if(facts.begin(), facts.end(), [&](const Series::Fact& fact) {
      return series_.periods[fact.period] == *finding.period;
    });
    if (at == facts.end()) return false;
    const auto k = static_cast<size_t>(at - facts.begin());
    if (rules_.additive && *finding.value < *finding.expected && is_at_end(facts, k)) return true;
    if (finding.rule != CheckRule::outlier || others(own_[i], at->value) < kLeastOwn) return false;
    scale.take(facts);
    return std::abs(own_[i].deviation(scale.comparable(k, at->value))) <= kUsual;
  }

  void check_subject(size_t i, OwnScale& scale) {
    const auto facts = series_.of(i);
    const Spread& own = own_[i];
    if (own.n == 0 || own.n < least_ || facts.size() <= least_) return;
    scale.take(facts);
    for (size_t k = 0; k < facts.size(); ++k) {
      const Period& period = series_.periods[facts[k].period];
      if (!told_.overlaps(period.range())) continue;
      const double deviation = own.deviation(scale.comparable(k, facts[k].value));
      if (std::abs(deviation) <= suspicious_) continue;
      const bool is_part = facts[k].partial != 0 || is_at_end(facts, k);
      const auto [rule, power] = judge(own, scale, k, facts[k].value, deviation, is_part);
      if (!rule) continue;
      Finding finding = findings_.make(*rule);
      finding.period = period;
      finding.subject = series_.first + static_cast<uint32_t>(i);
      finding.value = facts[k].value;
      finding.expected = scale.value(k, own.median);
      finding.deviation = deviation;
      finding.shape = shape_;
      finding.power = power;
      finding.n = others(own, facts[k].value);
      findings_.add(std::move(finding));
    }
  }

  bool has_enough(CheckRule rule, uint32_t others) const { return rules_.looks(rule) && others >= rules_.of(rule).min; }

  std::pair<std::optional<CheckRule>, int> judge(const Spread& own, const OwnScale& scale, size_t k, double x,
                                                 double deviation, bool is_part) const {
    const uint32_t n = others(own, x);
    if (has_enough(CheckRule::sign, n) && x != 0 && (x < 0 || shape_ == Shape::plain)) {
      const double limit = rules_.of(CheckRule::sign).limit;
      const double far = shape_ == Shape::plain ? rules_.of(CheckRule::jump).limit : limit;
      const double turned = own.deviation(scale.comparable(k, -x));
      if (std::abs(deviation) > far && std::abs(turned) <= limit) return {CheckRule::sign, 0};
    }
    if (deviation < 0 && rules_.additive && is_part) return {};
    if (has_enough(CheckRule::magnitude, n)) {
      if (const int power = power_of(own, scale, k, x, deviation)) return {CheckRule::magnitude, power};
    }
    if (has_enough(CheckRule::jump, n) && std::abs(deviation) > rules_.of(CheckRule::jump).limit &&
        !(shape_ == Shape::positive && x == 0))
      return {CheckRule::jump, 0};
    return {};
  }

  // By which power of ten a value is off, 0 = it is not.
  int power_of(const Spread& own, const OwnScale& scale, size_t k, double x, double deviation) const {
    const double expected = scale.value(k, own.median);
    if (shape_ == Shape::plain || x <= 0 || expected <= 0) return 0;
    if (shape_ == Shape::counts && expected < kLeastCount) return 0;
    const double fold = std::log10(x / expected);
    const int power = static_cast<int>(std::lround(fold));
    if (power == 0 || std::abs(power) > kMostPower) return 0;
    const double far = shape_ == Shape::positive ? own.log_deviation(scale.comparable(k, x)) : deviation;
    if (power > 0 ? far < kFarAbove : far > -kFarBelow || std::abs(fold - power) > kNearPower) return 0;
    const double moved = own.deviation(scale.comparable(k, x / std::pow(10, power)));
    return std::abs(moved) <= rules_.of(CheckRule::magnitude).limit ? power : 0;
  }

  const Series& series_;
  const GroupMedians& medians_;
  DateRange told_;
  Findings& findings_;
  const KpiRules& rules_;
  Shape shape_ = Shape::plain;
  uint32_t least_ = 0;       // the fewest other periods that some rule goes by
  double suspicious_ = 0;    // deviations
  std::vector<Spread> own_;  // by subject, on its OwnScale
  std::vector<double> values_, scratch_;
};

}  // namespace

void check_history(const Series& series, const GroupMedians& medians, DateRange told, Findings& findings) {
  HistoryCheck(series, medians, told, findings).run();
}

}  // namespace hr::analytics
