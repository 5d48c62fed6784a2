#include "scoring/key_result.h"

#include <algorithm>
#include <string>
#include <vector>

#include "scoring/difference.h"

namespace hr::scoring {

namespace {

constexpr Figure kOnTrack{-100'000'000};  // −0.10
constexpr Figure kAtRisk{-250'000'000};   // −0.25

class Measuring {
 public:
  Measuring(const facts::KeyResult& kr, const facts::Okrs& okrs, const Measure& measure, const Calendar& calendar,
            Derivation* trace)
      : kr_(kr), okrs_(okrs), measure_(measure), calendar_(calendar), trace_(trace) {}

  KeyResultFigures run() {
    if (kr_.rules->milestones.empty() || measure_.by_kpi) {
      take_current();
    } else {
      take_milestones();
    }
    out_.state = state();
    record();
    return out_;
  }

 private:
  void take_current() {
    if (measure_.by_kpi) {
      out_.current = measure_.value;
      out_.fault = measure_.fault;
    } else {
      note(last_checkin(kr_.checkins, false));
      source_ = last_checkin(kr_.checkins, true);
      if (source_) out_.current = source_->value;
      if (!out_.current) out_.fault = Fault::no_checkin;
    }
    if (!out_.current || kr_.type == model::KeyResultType::guardrail) return;
    if (kr_.rules->binary) {
      take_binary();
    } else {
      take_metric();
    }
  }

  void take_binary() {
    const double target = kr_.target ? kr_.target->to_double() : 1;
    const bool falling = kr_.target && *kr_.target < kr_.start;
    const bool done = falling ? *out_.current <= target : *out_.current >= target;
    rule_ = "kr-binary";
    if (trace_ != nullptr) args_ = {exact_text(*out_.current), exact_text(target), falling ? "≤" : "≥"};
    out_.progress = make_figure(done ? 1 : 0);
  }

  void take_metric() {
    if (!kr_.target) {
      out_.fault = kr_.type == model::KeyResultType::learning ? Fault::none : Fault::no_target;
      return;
    }
    const double start = kr_.start.to_double();
    const double target = kr_.target->to_double();
    if (start == target) {
      out_.fault = Fault::no_scale;
      return;
    }
    rule_ = "kr-progress";
    const double raw = difference(*out_.current, start) / difference(target, start);
    const double cap = kr_.rules->cap ? kr_.rules->cap->to_double() : 1;
    out_.progress = snap(std::clamp(raw, 0.0, std::max(0.0, cap)));
    if (!out_.progress) out_.fault = Fault::not_computable;
    if (trace_ != nullptr) args_ = {exact_text(*out_.current), exact_text(start), exact_text(target), exact_text(cap)};
  }

  // Done: the milestone's last check-in says 1 or more. Weights: all or none; none = equal.
  void take_milestones() {
    double done = 0;
    double total = 0;
    bool any = false;
    source_ = last_checkin(kr_.checkins, false);
    note(source_);
    any |= source_.has_value();  // says nothing of progress, but that somebody has looked
    for (const model::Milestone& m : kr_.rules->milestones) {
      const std::optional<uint32_t> list = okrs_.milestone_checkins(kr_.id, m.id);
      const std::optional<facts::CheckIn> last = list ? last_checkin(*list, true) : std::nullopt;
      if (list) note(last_checkin(*list, false));
      any |= last.has_value();
      const double weight = m.weight ? m.weight->to_double() : 1;
      const bool is_done = last && *last->value >= 1;
      total += weight;
      if (is_done) done += weight;
      record_milestone(m, last, weight, is_done);
    }
    rule_ = "kr-milestones";
    if (trace_ != nullptr) args_ = {exact_text(done), exact_text(total)};
    if (!any) {
      out_.fault = Fault::no_checkin;
    } else if (total > 0) {
      out_.progress = snap(done / total);
    }
  }

  std::optional<facts::CheckIn> last_checkin(uint32_t list, bool with_value) const {
    return okrs_.last_checkin(list, calendar_.as_of, with_value);
  }

  void note(const std::optional<facts::CheckIn>& checkin) {
    if (checkin && (!last_ || checkin->date > *last_)) last_ = checkin->date;
  }

  // Nothing heard for longer than cadence and grace allow; from the cycle's first day where nothing was heard at all.
  bool is_outdated() const {
    if (measure_.by_kpi) return false;
    const Date day = std::min(calendar_.as_of, calendar_.cycle.last());
    const Date since = last_.value_or(calendar_.cycle.from);
    return day - since > kr_.rules->cadence_days + kr_.rules->grace_days;
  }

  OkrState state() const {
    if (kr_.type == model::KeyResultType::guardrail) return guardrail_state();
    if (kr_.type == model::KeyResultType::learning) return OkrState::not_scored;
    if (is_outdated()) return OkrState::outdated;
    return out_.progress ? state_by_gap(*out_.progress, calendar_) : OkrState::unknown;
  }

  // Where higher is better the limit is the least that holds, else the most. Which way is better says the key result,
  // else its KPI; without either a limit is an upper bound.
  bool limit_is_least() const { return kr_.rules->direction.value_or(measure_.direction) == model::Direction::higher; }

  OkrState guardrail_state() const {
    if (!out_.current || !kr_.limit) return OkrState::unknown;
    const double limit = kr_.limit->to_double();
    const bool broken = limit_is_least() ? *out_.current < limit : *out_.current > limit;
    return broken ? OkrState::broken : OkrState::held;
  }

  void record_milestone(const model::Milestone& m, const std::optional<facts::CheckIn>& last, double weight,
                        bool done) {
    Derivation* d = add_part(trace_, m.id, done ? "milestone-done" : "milestone-open");
    if (d == nullptr) return;
    d->weight = m.weight ? exact_text(*m.weight) : exact_text(weight);
    d->value = done ? "1" : "0";
    d->definition = m.span;
    if (!last) return;
    d->args = {to_string(last->date), exact_text(*last->value)};
    set_origin(*d, last->origin);
  }

  void record() {
    if (trace_ == nullptr) return;
    if (source_) {
      const char* rule = source_->value ? "checkin" : "checkin-note";
      Derivation* d = add_part(trace_, "checkin/" + to_string(source_->date), rule);
      d->args = {to_string(source_->date), exact_text(source_->value)};
      d->value = exact_text(source_->value);
      set_origin(*d, source_->origin);
    }
    if (rule_ != nullptr) {
      Derivation* d = add_part(trace_, "progress", rule_);
      d->args = args_;
      d->value = exact_text(out_.progress);
      d->status = name_of(out_.progress ? Fault::none : out_.fault);
    }
    if (kr_.type == model::KeyResultType::guardrail) record_guardrail();
  }

  void record_guardrail() {
    trace_->rule = limit_is_least() ? "guardrail-least" : "guardrail-most";
    trace_->args = {exact_text(out_.current), kr_.limit ? exact_text(*kr_.limit) : std::string()};
    if (!out_.current) trace_->rule = "guardrail-unknown";
    trace_->status = out_.state == OkrState::held ? "held" : out_.state == OkrState::broken ? "broken" : "unknown";
  }

  const facts::KeyResult& kr_;
  const facts::Okrs& okrs_;
  const Measure& measure_;
  const Calendar& calendar_;
  Derivation* trace_;
  KeyResultFigures out_;
  std::optional<Date> last_;
  std::optional<facts::CheckIn> source_;
  const char* rule_ = nullptr;
  std::vector<std::string> args_;
};

}  // namespace

KeyResultFigures measure_key_result(const facts::KeyResult& kr, const facts::Okrs& okrs, const Measure& measure,
                                    const Calendar& calendar, Derivation* trace) {
  return Measuring(kr, okrs, measure, calendar, trace).run();
}

OkrState state_by_gap(Figure progress, const Calendar& calendar) {
  const int32_t days = calendar.cycle.days();
  const int32_t gone = std::clamp(calendar.as_of - calendar.cycle.from + 1, 0, days);
  const double elapsed = days > 0 ? static_cast<double>(gone) / days : 1;
  const Figure gap = snap(progress.value() - elapsed).value_or(Figure{});
  return gap >= kOnTrack ? OkrState::on_track : gap >= kAtRisk ? OkrState::at_risk : OkrState::off_track;
}

}  // namespace hr::scoring
