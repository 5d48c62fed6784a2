#include "analytics/repeats.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>
#include <span>
#include <tuple>

namespace hr::analytics {

using model::CheckRule;

namespace {

using Facts = std::span<const Series::Fact>;

constexpr size_t kLeastTwins = 3;    // so many subjects may share their runs with others by mistake,
constexpr size_t kMostTwins = 10;    // or one in so many; more, and the KPI is one that people share
constexpr size_t kLeastTwinRun = 3;  // values, which can change twice
constexpr size_t kMostEach = 16;     // subjects with one run that are compared each with each; more, with the first
constexpr size_t kLeastCopied = 8;   // subjects

// How many facts, and how many of them say what the fact of the subject's period before says.
struct Repeats {
  double facts = 0;
  double same = 0;

  Repeats without(const Repeats& other) const { return {facts - other.facts, same - other.same}; }
  double share() const { return (same + 1) / (facts + 2); }
};

bool follows(const Series::Fact& before, const Series::Fact& after) {
  return before.period + 1 == after.period;
}

class RepeatChecks {
 public:
  RepeatChecks(const Series& series, DateRange told, Findings& findings)
      : series_(series), told_(told), findings_(findings), rules_(findings.rules()), shares_(series) {}

  void run() {
    count();
    if (subjects_ < 2) return;
    if (rules_.looks(CheckRule::stuck)) check_stuck();
    if (!rules_.looks(CheckRule::duplicate)) return;
    check_copied();
    check_twins();
  }

 private:
  bool is_told(uint32_t period) const { return told_.overlaps(series_.periods[period].range()); }

  void count() {
    by_period_.resize(series_.periods.size());
    for (size_t i = 0; i < series_.subjects(); ++i) {
      const Facts facts = series_.of(i);
      subjects_ += !facts.empty();
      for (size_t k = 1; k < facts.size(); ++k) {
        if (!follows(facts[k - 1], facts[k])) continue;
        Repeats& period = by_period_[facts[k].period];
        ++period.facts;
        period.same += facts[k].value == facts[k - 1].value;
      }
    }
    for (const Repeats& period : by_period_) {
      all_.facts += period.facts;
      all_.same += period.same;
    }
  }

  // ---- one subject, the same value period after period ----

  void check_stuck() {
    for (size_t i = 0; i < series_.subjects(); ++i) {
      const Facts facts = series_.of(i);
      size_t begin = 0;
      for (size_t k = 1; k <= facts.size(); ++k) {
        if (k < facts.size() && follows(facts[k - 1], facts[k]) && facts[k].value == facts[begin].value) continue;
        judge_stuck(i, facts.subspan(begin, k - begin));
        begin = k;
      }
    }
  }

  void judge_stuck(size_t subject, Facts run) {
    const Threshold& threshold = rules_.of(CheckRule::stuck);
    if (run.size() < threshold.min || run.back().value == 0 || !is_told(run.back().period)) return;
    const double repeats = static_cast<double>(run.size() - 1);
    double same = all_.without({repeats, repeats}).share();
    for (const Series::Fact& fact : run) same = std::max(same, shares_.among_others(fact.period, fact.value));
    const double chance = static_cast<double>(subjects_) * std::pow(same, repeats);
    if (chance > threshold.limit) return;
    Finding finding = findings_.make(CheckRule::stuck);
    fill(finding, subject, run, chance);
    findings_.add(std::move(finding));
  }

  void fill(Finding& finding, size_t subject, Facts run, double chance) const {
    finding.subject = series_.first + static_cast<uint32_t>(subject);
    finding.period = series_.periods[run.back().period];
    finding.other_period = series_.periods[run.front().period];
    finding.value = run.back().value;
    finding.chance = chance;
    finding.n = static_cast<uint32_t>(run.size());
  }

  // ---- neighbouring subjects, each with the value of the period before ----

  struct Stretch {  // of subjects, in one period
    size_t first = 0, last = 0;
    std::vector<double> values;
  };

  void check_copied() {
    std::vector<Stretch> stretches(series_.periods.size());
    for (size_t i = 0; i < series_.subjects(); ++i) {
      const Facts facts = series_.of(i);
      for (size_t k = 0; k < facts.size(); ++k) {
        Stretch& stretch = stretches[facts[k].period];
        if (k == 0 || !follows(facts[k - 1], facts[k]) || facts[k].value != facts[k - 1].value) {
          judge_copied(facts[k].period, stretch);
          stretch.values.clear();
          continue;
        }
        if (stretch.values.empty()) stretch.first = i;
        stretch.last = i;
        stretch.values.push_back(facts[k].value);
      }
    }
    for (uint32_t p = 0; p < stretches.size(); ++p) judge_copied(p, stretches[p]);
  }

  void judge_copied(uint32_t period, const Stretch& stretch) {
    const Threshold& threshold = rules_.of(CheckRule::duplicate);
    if (stretch.values.size() < std::max<size_t>(threshold.min, kLeastCopied) || !is_told(period)) return;
    const Repeats others = all_.without(by_period_[period]);
    if (others.facts == 0) return;  // nothing says how often values repeat
    double bits = 0;
    for (size_t k = 0; k < stretch.values.size(); ++k) {
      const double value = stretch.values[k];
      if (k > 0 && value == stretch.values[k - 1]) continue;  // neighbours may share a figure of their team
      bits -= std::log2(std::max(shares_.among_others(period, value), others.share()));
    }
    const double chance = static_cast<double>(series_.facts.size()) * std::exp2(-bits);
    if (chance > threshold.limit) return;
    Finding finding = findings_.make(CheckRule::duplicate);
    finding.subject = series_.first + static_cast<uint32_t>(stretch.first);
    finding.other = series_.first + static_cast<uint32_t>(stretch.last);
    finding.period = series_.periods[period];
    finding.other_period = series_.periods[period - 1];
    finding.chance = chance;
    finding.n = static_cast<uint32_t>(stretch.values.size());
    findings_.add(std::move(finding));
  }

  // ---- two subjects with one run of values ----

  struct Window {  // facts [begin, begin + min) of a subject
    uint64_t hash = 0;
    uint32_t subject = 0;
    uint32_t begin = 0;

    auto operator<=>(const Window&) const = default;
  };

  static uint64_t mixed(uint64_t x) {
    x = (x ^ (x >> 30U)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27U)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31U);
  }

  // None where the values change less than twice: too little to go by.
  static std::optional<uint64_t> hash_of(Facts window) {
    uint64_t hash = window.front().period;
    size_t changes = 0;
    for (size_t k = 0; k < window.size(); ++k) {
      hash = mixed(hash * 31 + std::bit_cast<uint64_t>(window[k].value + 0.0) + window[k].period);
      changes += k > 0 && window[k].value != window[k - 1].value;
    }
    return changes >= 2 ? std::optional(hash) : std::nullopt;
  }

  // Calls `each` with every window that has a hash.
  template <class Each>
  void for_windows(size_t length, const Each& each) const {
    for (size_t i = 0; i < series_.subjects(); ++i) {
      const Facts facts = series_.of(i);
      if (!facts.empty() && facts.front().group == facts::kNone) continue;  // a unit may have the figures of its parent
      for (size_t k = 0; k + length <= facts.size(); ++k) {
        if (const auto hash = hash_of(facts.subspan(k, length)))
          each(Window{*hash, static_cast<uint32_t>(i), static_cast<uint32_t>(k)});
      }
    }
  }

  // Windows that probably occur more than once: most occur once, and need not be sorted.
  std::vector<Window> repeated_windows(size_t length) const {
    const size_t bits = std::bit_ceil(std::max<size_t>(series_.facts.size(), 64) * 8);
    std::vector<bool> once(bits);
    std::vector<bool> twice(bits);
    for_windows(length, [&](const Window& w) {
      const size_t at = w.hash & (bits - 1);
      if (once[at]) twice[at] = true;
      once[at] = true;
    });
    std::vector<Window> windows;
    for_windows(length, [&](const Window& w) {
      if (twice[w.hash & (bits - 1)]) windows.push_back(w);
    });
    std::sort(windows.begin(), windows.end());
    return windows;
  }

  void check_twins() {
    const size_t length = std::max<size_t>(rules_.of(CheckRule::duplicate).min, kLeastTwinRun);
    if (series_.periods.size() < length) return;
    const std::vector<Window> windows = repeated_windows(length);
    std::vector<Finding> twins;
    for (size_t begin = 0; begin < windows.size();) {
      size_t end = begin + 1;
      while (end < windows.size() && windows[end].hash == windows[begin].hash) ++end;
      judge_same(std::span(windows).subspan(begin, end - begin), length, twins);
      begin = end;
    }
    keep_longest(twins);
    std::set<uint32_t> subjects;
    for (const Finding& twin : twins) subjects.insert(twin.subject);
    if (subjects.size() > std::max(kLeastTwins, subjects_ / kMostTwins)) return;
    for (Finding& twin : twins) findings_.add(std::move(twin));
  }

  // Two of three subjects may share more than all three do.
  void judge_same(std::span<const Window> windows, size_t length, std::vector<Finding>& twins) {
    const size_t firsts = windows.size() <= kMostEach ? windows.size() : 1;
    for (size_t a = 0; a < firsts; ++a) {
      for (size_t b = a + 1; b < windows.size(); ++b) {
        if (windows[a].subject != windows[b].subject) judge_twins(windows[a], windows[b], length, twins);
      }
    }
  }

  // Of the runs of a subject that end in one period: with whom it shares most, the first one of several.
  static void keep_longest(std::vector<Finding>& twins) {
    const auto order = [](const Finding& f) { return std::tuple(f.period, f.subject, -int64_t{f.n}, f.other); };
    std::sort(twins.begin(), twins.end(), [&](const Finding& a, const Finding& b) { return order(a) < order(b); });
    const auto same_run = [](const Finding& a, const Finding& b) {
      return a.period == b.period && a.subject == b.subject;
    };
    twins.erase(std::unique(twins.begin(), twins.end(), same_run), twins.end());
  }

  static bool same(const Series::Fact& a, const Series::Fact& b) { return a.period == b.period && a.value == b.value; }

  // What two subjects have in common around a window that is the same of both.
  static Facts common_run(Facts of_a, Facts of_b, Window a, Window b) {
    while (a.begin > 0 && b.begin > 0 && same(of_a[a.begin - 1], of_b[b.begin - 1])) --a.begin, --b.begin;
    of_a = of_a.subspan(a.begin);
    of_b = of_b.subspan(b.begin);
    const size_t most = std::min(of_a.size(), of_b.size());
    size_t length = 0;
    while (length < most && same(of_a[length], of_b[length])) ++length;
    return of_b.first(length);
  }

  // The window before is the same too and has a hash: it tells the run.
  static bool has_window_before(Facts of_a, Facts of_b, const Window& a, const Window& b, size_t length) {
    return a.begin > 0 && b.begin > 0 && same(of_a[a.begin - 1], of_b[b.begin - 1]) &&
           hash_of(of_b.subspan(b.begin - 1, length));
  }

  void judge_twins(const Window& a, const Window& b, size_t window, std::vector<Finding>& twins) {
    const Facts of_a = series_.of(a.subject);
    const Facts of_b = series_.of(b.subject);
    if (has_window_before(of_a, of_b, a, b, window)) return;
    const Facts run = common_run(of_a, of_b, a, b);
    if (run.size() < window || !is_told(run.back().period)) return;
    double bits = 0;
    for (size_t k = 0; k < run.size(); ++k) {
      if (k == 0 || run[k].value != run[k - 1].value)
        bits -= std::log2(shares_.among_others(run[k].period, run[k].value));
    }
    const double pairs = static_cast<double>(subjects_) * static_cast<double>(subjects_ - 1) / 2;
    const double chance = pairs * static_cast<double>(series_.periods.size()) * std::exp2(-bits);
    if (chance > rules_.of(CheckRule::duplicate).limit) return;
    Finding finding = findings_.make(CheckRule::duplicate);
    fill(finding, b.subject, run, chance);
    finding.other = series_.first + a.subject;
    twins.push_back(std::move(finding));
  }

  const Series& series_;
  DateRange told_;
  Findings& findings_;
  const KpiRules& rules_;
  ValueShares shares_;
  std::vector<Repeats> by_period_;
  Repeats all_;
  size_t subjects_ = 0;  // that have facts
};

}  // namespace

void check_repeats(const Series& series, DateRange told, Findings& findings) {
  RepeatChecks(series, told, findings).run();
}

}  // namespace hr::analytics
