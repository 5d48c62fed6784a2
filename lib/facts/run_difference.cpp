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

RunDifference difference_of(const Frame& before, const Frame& after, const std::array<const Frame*, kCauses>& steps) {
  RunDifference out;
  Reader first(before);
  Reader second(after);
  std::vector<std::optional<Reader>> readers;
  std::array<bool, kCauses> scored{};
  for (size_t k = 0; k < kCauses; ++k) {
    scored[k] = steps[k] != nullptr;
    readers.push_back(scored[k] ? std::optional<Reader>(*steps[k]) : std::nullopt);
    if (!scored[k]) out.merged |= static_cast<uint8_t>(1U << (k - 1));
  }
  for (;;) {
    // The next employee of any of them: someone may be listed in a step only.
    std::optional<std::string_view> next;
    const auto consider = [&](const Reader& r) {
      if (const auto e = r.employee(); e && (!next || *e < *next)) next = e;
    };
    consider(first);
    consider(second);
    for (const auto& r : readers) {
      if (r) consider(*r);
    }
    if (!next) break;
    const std::string employee(*next);
    PersonDifference person;
    person.employee = employee;
    person.name = first.employee() == employee ? first.name() : second.employee() == employee ? second.name() : "";
    person.before = first.take(employee);
    person.after = second.take(employee);
    std::array<Standing, kCauses> at;
    for (size_t k = 0; k < kCauses; ++k) at[k] = readers[k] ? readers[k]->take(employee) : at[k - 1];
    if (!person.before.listed && !person.after.listed) continue;
    ++out.compared;
    if (person.before == person.after) continue;
    if (without_rank(person.before) == without_rank(person.after)) {
      ++out.rank_only;
      continue;
    }
    for (size_t k = 1; k < kCauses; ++k) {
      if (scored[k] && without_rank(at[k]) != without_rank(at[k - 1]))
        person.causes |= static_cast<uint8_t>(1U << (k - 1));
    }
    const bool calibrated = without_rank(person.before) != without_rank(at[0]) ||
                            without_rank(person.after) != without_rank(at[kCauses - 1]);
    if (calibrated) person.causes |= static_cast<uint8_t>(1U << static_cast<unsigned>(Cause::calibration));
    std::array<std::optional<Decimal>, kCauses> scores;
    std::array<std::optional<Decimal>, kCauses> coefficients;
    for (size_t k = 0; k < kCauses; ++k) {
      scores[k] = at[k].score;
      coefficients[k] = at[k].coefficient;
    }
    person.score = minus(person.after.score, person.before.score);
    person.coefficient = minus(person.after.coefficient, person.before.coefficient);
    person.score_parts = parts_of(person.before.score, person.after.score, scores, scored);
    person.coefficient_parts = parts_of(person.before.coefficient, person.after.coefficient, coefficients, scored);
    out.people.push_back(std::move(person));
  }
  return out;
}

}  // namespace hr::facts
