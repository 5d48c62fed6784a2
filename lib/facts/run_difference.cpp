#include "facts/run_difference.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace hr::facts {

const char* name_of(Cause cause) {
  constexpr const char* kNames[kCauses] = {"data", "definition", "policy", "organisation", "calibration"};
  return kNames[static_cast<size_t>(cause)];
}

namespace {

// Reads the standings of one frame, whose rows ascend by employee.
class Reader {
 public:
  explicit Reader(const Frame& frame) : frame_(frame), id_(*frame.find("employee_id")), name_(*frame.find("name")) {}

  std::optional<std::string_view> employee() const {
    return row_ < frame_.size() ? std::optional(id_.text(row_)) : std::nullopt;
  }
  std::string name() const { return std::string(name_.text(row_)); }

  // The standing of that employee, and on to the next row; not listed when the row is another's.
  Standing take(std::string_view employee) {
    Standing s;
    if (row_ >= frame_.size() || id_.text(row_) != employee) return s;
    s.listed = true;
    s.status = text("status");
    s.band = text("band");
    s.reasons = text("reasons");
    s.flags = text("flags");
    s.plan = text("plan");
    s.score = figure("score");
    s.exact = figure("score_exact");
    s.coefficient = figure("coefficient");
    s.kpi = figure("kpi");
    s.okr = figure("okr");
    s.feedback = figure("feedback");
    s.coverage = figure("coverage");
    s.rank = figure("rank");
    s.percentile = figure("percentile");
    ++row_;
    return s;
  }

 private:
  std::string text(const char* column) const { return std::string(frame_.find(column)->text(row_)); }
  std::optional<Decimal> figure(const char* column) const { return frame_.find(column)->decimal(row_); }

  const Frame& frame_;
  const Column& id_;
  const Column& name_;
  size_t row_ = 0;
};

std::optional<Decimal> minus(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
  if (!a || !b) return std::nullopt;
  return add(*a, Decimal{-b->unscaled, b->scale});
}

Standing without_rank(Standing s) {
  s.rank.reset();
  s.percentile.reset();
  return s;
}

// A figure after each step, the last one known where a step has none; what each step adds to it. Nothing where an end
// has none: there is no whole to be split.
Parts parts_of(const std::optional<Decimal>& before, const std::optional<Decimal>& after,
               const std::array<std::optional<Decimal>, kCauses>& steps, const std::array<bool, kCauses>& scored) {
  Parts parts;
  if (!before || !after) return parts;
  parts.fill(Decimal{});
  // Without calibration on either side the steps lead from one run to the other; what is left is calibration's.
  std::optional<Decimal> last = steps[0];
  if (!last || !steps[kCauses - 1]) {  // only calibration could have given it, or taken it away
    parts.back() = minus(after, before);
    return parts;
  }
  for (size_t k = 1; k < kCauses; ++k) {
    if (!scored[k] || !steps[k]) continue;
    parts[k - 1] = minus(steps[k], last);
    last = steps[k];
  }
  const auto of_second = minus(after, steps[kCauses - 1]);
  const auto of_first = minus(before, steps[0]);
  parts.back() = minus(of_second, of_first);
  return parts;
}

}  // namespace

namespace {

using Standings =
    std::array<Standing, kCauses>;  // one person's, in the first run without calibration and after each step

// Walks over all frames at once, employee by employee: someone may be listed in one of the steps only.
class Walk {
 public:
  Walk(const Frame& before, const Frame& after, const std::array<const Frame*, kCauses>& steps)
      : before_(before), after_(after) {
    for (const Frame* step : steps) steps_.push_back(step == nullptr ? std::nullopt : std::optional<Reader>(*step));
  }

  // The next person with the standings in both runs, and the steps in between; false at the end.
  bool next(PersonDifference& person, Standings& at) {
    std::optional<std::string_view> first = least(before_.employee(), after_.employee());
    for (const auto& step : steps_) {
      if (step) first = least(first, step->employee());
    }
    if (!first) return false;
    person.employee = *first;
    person.name = before_.employee() == first ? before_.name() : after_.employee() == first ? after_.name() : "";
    person.before = before_.take(person.employee);
    person.after = after_.take(person.employee);
    for (size_t k = 0; k < kCauses; ++k) at[k] = steps_[k] ? steps_[k]->take(person.employee) : at[k - 1];
    return true;
  }

 private:
  static std::optional<std::string_view> least(std::optional<std::string_view> a, std::optional<std::string_view> b) {
    return !a || (b && *b < *a) ? b : a;
  }

  Reader before_;
  Reader after_;
  std::vector<std::optional<Reader>> steps_;  // by Cause + 1, none where it could not be scored
};

uint8_t causes_of(const PersonDifference& person, const Standings& at, const std::array<bool, kCauses>& scored) {
  const auto differ = [](const Standing& a, const Standing& b) { return without_rank(a) != without_rank(b); };
  const auto bit = [](size_t cause) { return static_cast<uint8_t>(1U << cause); };
  uint8_t causes = 0;
  for (size_t k = 1; k < kCauses; ++k) {
    if (scored[k] && differ(at[k], at[k - 1])) causes |= bit(k - 1);
  }
  if (differ(person.before, at.front()) || differ(person.after, at.back())) causes |= bit(kCauses - 1);
  return causes;
}

void split(PersonDifference& person, const Standings& at, const std::array<bool, kCauses>& scored) {
  std::array<std::optional<Decimal>, kCauses> scores;
  std::array<std::optional<Decimal>, kCauses> coefficients;
  for (size_t k = 0; k < kCauses; ++k) {
    scores[k] = at[k].score;
    coefficients[k] = at[k].coefficient;
  }
  person.causes = causes_of(person, at, scored);
  person.score = minus(person.after.score, person.before.score);
  person.coefficient = minus(person.after.coefficient, person.before.coefficient);
  person.score_parts = parts_of(person.before.score, person.after.score, scores, scored);
  person.coefficient_parts = parts_of(person.before.coefficient, person.after.coefficient, coefficients, scored);
}

}  // namespace

RunDifference difference_of(const Frame& before, const Frame& after, const std::array<const Frame*, kCauses>& steps) {
  RunDifference out;
  std::array<bool, kCauses> scored{};
  for (size_t k = 0; k < kCauses; ++k) {
    scored[k] = steps[k] != nullptr;
    if (k > 0 && !scored[k]) out.merged |= static_cast<uint8_t>(1U << (k - 1));
  }
  Walk walk(before, after, steps);
  PersonDifference person;
  for (Standings at; walk.next(person, at); person = {}) {
    if (!person.before.listed && !person.after.listed) continue;
    ++out.compared;
    if (person.before == person.after) continue;
    if (without_rank(person.before) == without_rank(person.after)) {
      ++out.rank_only;
      continue;
    }
    split(person, at, scored);
    out.people.push_back(std::move(person));
  }
  return out;
}

}  // namespace hr::facts
