#include "engine/advice/advice.h"

#include <algorithm>
#include <functional>
#include <tuple>

#include "base/decimal.h"
#include "engine/advice/levers.h"

namespace hr::engine {

using model::Lever;
using model::Move;
using model::PersonResult;

namespace {

constexpr int64_t kFar = int64_t{1} << 45;           // steps: beyond every scale that people are measured on
constexpr Figure kEndless = make_figure(1'000'000);  // points that only something without a cap gives

// What one lever comes to at k steps. Ordered: a better score first, then a band that a veto no longer keeps away.
struct Outcome {
  bool rated = false;
  int64_t exact = 0;
  bool reaches = false;

  auto key() const { return std::tie(rated, exact, reaches); }
  bool operator<(const Outcome& o) const { return key() < o.key(); }
};

struct Try {
  int64_t k = 0;
  Outcome outcome;
};

// One person, and what their score would be.
class Person {
 public:
  Person(ScoreOutcome& run, uint32_t person) : run_(run), person_(person), now_(run.results[person]) {
    if (!is_calibrated()) next_ = run.scorer->next_band(person, run.results);
    const model::Definitions& definitions = *run.data->applied.definitions;
    if (now_.plan < definitions.plans.size()) scale_ = definitions.find_scale(definitions.plans[now_.plan].scale);
  }

  const PersonResult& now() const { return now_; }
  const scoring::NextBand& next() const { return next_; }
  bool has_bands() const { return scale_ != nullptr && !scale_->bands.empty(); }
  bool is_calibrated() const { return now_.has(model::Flag::calibrated); }
  bool is_rated() const { return now_.status == model::Status::rated; }

  std::optional<PersonResult> at(const Handle& h, int64_t k) const {
    const auto changes = changes_of(h, run_.data->dataset, k);
    if (!changes) return std::nullopt;
    const Moved moved(run_.data->dataset, h, *changes);
    return run_.scorer->score_one(person_);
  }

  Outcome outcome_of(const Handle& h, const PersonResult& r) const {
    const bool rated = r.status == model::Status::rated;
    return {rated, rated ? r.exact->nano : 0, rated && reaches(h, r)};
  }
  Outcome outcome_at(const Handle& h, int64_t k) const {
    const auto r = at(h, k);
    return r ? outcome_of(h, *r) : Outcome{};
  }

  Move move_of(const Handle& h, int64_t k) const {
    Move move;
    move.changes = changes_of(h, run_.data->dataset, k).value_or(std::vector<model::Change>{});
    const Moved moved(run_.data->dataset, h, move.changes);
    const PersonResult r = run_.scorer->score_one(person_);
    move.score = r.score;
    move.exact = r.exact;
    if (is_rated() && r.exact) move.points = Figure{r.exact->nano - now_.exact->nano};
    if (!is_unsure(h)) move.band = run_.scorer->band_among(person_, r, run_.results);
    move.value = value_of(h, k, move.changes);
    return move;
  }

  // Whether the lever's own item scores better at k steps, whatever becomes of the person's score.
  bool lifts_item(const Handle& h, int64_t k) const {
    const model::Derivation before = run_.scorer->explain(person_, {});
    const Moved moved(run_.data->dataset, h,
                      changes_of(h, run_.data->dataset, k).value_or(std::vector<model::Change>{}));
    const model::Derivation after = run_.scorer->explain(person_, {});
    const model::Derivation* a = find_node(before, h.item_node);
    const model::Derivation* b = find_node(after, h.item_node);
    const auto was = a != nullptr ? parse_decimal(a->value) : std::nullopt;
    const auto is = b != nullptr ? parse_decimal(b->value) : std::nullopt;
    return was && is && *was < *is;
  }

 private:
  // Others move as well, and where position decides nobody can say where the person then stands.
  // Nor does a score say anything of a band that calibration has set.
  bool is_unsure(const Handle& h) const { return is_calibrated() || (h.shown.shared && next_.by_position); }

  bool reaches(const Handle& h, const PersonResult& r) const {
    if (!is_rated()) return true;
    if (next_.band == model::kNoBand || is_unsure(h)) return false;
    if (next_.by_position && run_.scorer->compared(person_, r) < next_.from) return false;
    if (next_.by_position) return r.best_band == model::kNoBand || level(r.best_band) >= level(next_.band);
    return level(r.band) >= level(next_.band);
  }

  Decimal level(uint32_t band) const {
    return band < scale_->bands.size() ? scale_->bands[band].from : Decimal{INT64_MIN, 0};
  }

  std::string value_of(const Handle& h, int64_t k, const std::vector<model::Change>& changes) const {
    if (h.carry == Carry::milestones) return std::to_string(h.base.unscaled + k);
    if (h.carry == Carry::check_in) return changes.empty() ? h.shown.value : to_string(changes[0].value);
    const model::Derivation tree = run_.scorer->explain(person_, {});
    const model::Derivation* node = find_node(tree, h.value_node);
    return node != nullptr ? node->value : std::string();
  }

  ScoreOutcome& run_;
  uint32_t person_;
  PersonResult now_;
  scoring::NextBand next_;
  const model::Scale* scale_ = nullptr;
};

// The steps nearest to `from` at which `holds`; it does not at `from`, it does at `to`, and there is one change
// between.
int64_t nearest_step(int64_t from, int64_t to, const std::function<bool(int64_t)>& holds) {
  while (std::abs(to - from) > 1) {
    const int64_t middle = from + (to - from) / 2;
    (holds(middle) ? to : from) = middle;
  }
  return to;
}

// One lever of one person: looks along both directions, exactly where something may happen and in ever wider steps.
class Search {
 public:
  Search(const Person& person, const Handle& handle) : person_(person), h_(handle) {
    now_ = person.outcome_of(h_, person.now());
    now_.reaches = false;
    up_ = look(1);
    down_ = look(-1);
  }

  void run(Lever& lever) {
    find_full(lever);
    find_next(lever);
    find_step(lever);
    if (!lever.full) lever.held = is_held();
  }

 private:
  std::vector<int64_t> candidates(int64_t sign) const {
    const int64_t most = h_.carry == Carry::milestones ? static_cast<int64_t>(h_.open.size()) : kFar;
    const int64_t least = h_.carry == Carry::milestones ? 0 : h_.least;
    std::vector<int64_t> out;
    for (int64_t k = 1; k <= kFar; k += std::max<int64_t>(1, k / 6)) out.push_back(sign * k);
    for (const int64_t hint : h_.hints) {
      if (hint * sign > 0) out.push_back(hint);
    }
    out.push_back(sign > 0 ? most : least);
    if (h_.missing && sign > 0 && h_.carry != Carry::milestones) out.push_back(0);
    out.erase(std::remove_if(out.begin(), out.end(), [&](int64_t k) { return k < least || k > most; }), out.end());
    if (!h_.missing || h_.carry == Carry::milestones) out.erase(std::remove(out.begin(), out.end(), 0), out.end());
    if (sign < 0) out.erase(std::remove(out.begin(), out.end(), 0), out.end());
    std::sort(out.begin(), out.end(), [](int64_t a, int64_t b) { return std::abs(a) < std::abs(b); });
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }

  std::vector<Try> look(int64_t sign) const {
    std::vector<Try> tries;
    for (const int64_t k : candidates(sign)) {
      const auto r = person_.at(h_, k);
      if (!r) break;  // beyond what a number holds
      tries.push_back({k, person_.outcome_of(h_, *r)});
    }
    return tries;
  }

  // The best of the tries, the nearest of equal ones; better than now.
  void find_best(const std::vector<Try>& tries) {
    for (size_t i = 0; i < tries.size(); ++i) {
      if (!(now_ < tries[i].outcome)) continue;
      const bool nearer = best_ && !(tries[i].outcome < best_->outcome) && !(best_->outcome < tries[i].outcome) &&
                          std::abs(tries[i].k) < std::abs(best_->k);
      if (!best_ || best_->outcome < tries[i].outcome || nearer) {
        best_ = tries[i];
        before_ = i > 0 ? tries[i - 1].k : h_.missing ? tries[i].k : 0;
        after_ = i + 1 < tries.size() ? tries[i + 1].k : tries[i].k;
      }
    }
  }

  // Where what is best lies between two tries: of one peak, thirds close in on it.
  void climb() {
    int64_t low = before_;
    int64_t high = after_;
    while (std::abs(high - low) > 2) {
      const int64_t third = (high - low) / 3;
      const Try a{low + third, person_.outcome_at(h_, low + third)};
      const Try b{high - third, person_.outcome_at(h_, high - third)};
      for (const Try& t : {a, b}) {
        if (best_->outcome < t.outcome) best_ = t;
      }
      if (third == 0) break;
      if (a.outcome < b.outcome)
        low = a.k;
      else
        high = b.k;
    }
  }

  void find_full(Lever& lever) {
    find_best(up_);
    find_best(down_);
    if (!best_) return;
    climb();
    if (best_->k != before_ && std::abs(before_) < std::abs(best_->k)) {
      const auto as_good = [&](int64_t k) { return !(person_.outcome_at(h_, k) < best_->outcome); };
      if (before_ == 0 && !h_.missing)
        best_->k = nearest_step(0, best_->k, as_good);
      else if (!as_good(before_))
        best_->k = nearest_step(before_, best_->k, as_good);
    }
    lever.full = person_.move_of(h_, best_->k);
    if (lever.full->points && *lever.full->points >= kEndless) {
      lever.full.reset();
      lever.unbounded = true;
    }
  }

  void find_next(Lever& lever) {
    std::optional<int64_t> found;
    for (const std::vector<Try>* tries : {&up_, &down_}) {
      const auto k = first_that_reaches(*tries);
      if (k && (!found || std::abs(*k) < std::abs(*found))) found = k;
    }
    if (!found && best_ && best_->outcome.reaches) found = best_->k;
    const bool aims = !person_.is_rated() && h_.missing && h_.hints.size() > 1;  // any data would do
    if (found && aims && person_.outcome_at(h_, h_.hints[1]).reaches) found = h_.hints[1];
    if (found) lever.next = person_.move_of(h_, *found);
  }

  std::optional<int64_t> first_that_reaches(const std::vector<Try>& tries) const {
    const auto reaches = [&](int64_t k) { return person_.outcome_at(h_, k).reaches; };
    for (size_t i = 0; i < tries.size(); ++i) {
      if (!tries[i].outcome.reaches) continue;
      if (i > 0 || !h_.missing) return nearest_step(i > 0 ? tries[i - 1].k : 0, tries[i].k, reaches);
      return farthest_that_reaches(tries);
    }
    return std::nullopt;
  }

  // Without data, and the first value already does: how far one may go from it, where less is better; else that one.
  std::optional<int64_t> farthest_that_reaches(const std::vector<Try>& tries) const {
    const auto fails = [&](int64_t k) { return !person_.outcome_at(h_, k).reaches; };
    for (size_t i = 1; i < tries.size(); ++i) {
      if (tries[i].outcome.reaches) continue;
      if (!tries[i].outcome.rated) break;  // beyond what can be computed
      const int64_t last = nearest_step(tries[i - 1].k, tries[i].k, fails);
      return last - (last > tries[i - 1].k ? 1 : -1);
    }
    return tries.front().k;
  }

  // One natural step; where that gives nothing, the nearest that does. Without data: the target, where there is one.
  void find_step(Lever& lever) const {
    if (!best_) return;
    if (h_.missing && h_.carry != Carry::milestones) {
      const bool aims = h_.hints.size() > 1;
      const int64_t k = aims ? h_.hints[1] : h_.natural;
      lever.step = person_.move_of(h_, k);
      return;
    }
    const int64_t sign = best_->k < 0 ? -1 : 1;
    int64_t k = sign * std::min(h_.natural, std::abs(best_->k));
    const auto gives = [&](int64_t at) { return now_ < person_.outcome_at(h_, at); };
    if (!gives(k)) k = nearest_step(k, best_->k, gives);
    lever.step = person_.move_of(h_, k);
  }

  bool is_held() const {
    if (h_.shown.kind == model::LeverKind::veto) return true;
    std::vector<int64_t> steps;
    for (const std::vector<Try>* tries : {&up_, &down_}) {
      for (const Try& t : *tries) {
        const bool hinted = std::find(h_.hints.begin(), h_.hints.end(), t.k) != h_.hints.end();
        if (hinted || &t == &tries->back()) steps.push_back(t.k);
      }
    }
    return std::any_of(steps.begin(), steps.end(), [&](int64_t k) { return person_.lifts_item(h_, k); });
  }

  const Person& person_;
  const Handle& h_;
  Outcome now_;
  std::vector<Try> up_, down_;
  std::optional<Try> best_;
  int64_t before_ = 0;
  int64_t after_ = 0;
};

// Scorers look at the columns there are when they are made, and at the unit that has facts: made again with both.
void make_scorer(ScoreOutcome& run, const std::vector<Handle>& handles) {
  for (const Handle& h : handles) {
    if (h.of_unit && h.missing) h.cells.front().column->set(h.subject, 0);
  }
  run.scorer = std::make_unique<scoring::Scorer>(*run.data->applied.definitions, run.data->dataset,
                                                 scoring::ScoreOptions{run.data->cycle->id, run.run.plan});
  for (const Handle& h : handles) {
    if (h.of_unit && h.missing) h.cells.front().column->clear(h.subject);
  }
}

// Most first: what has no end, then by the most that it gives, then by what a step gives.
bool gives_more(const Lever& a, const Lever& b) {
  const auto nano = [](const std::optional<Move>& move) {
    if (!move) return INT64_MIN;
    return move->points ? move->points->nano : move->exact ? move->exact->nano : INT64_MIN;
  };
  if (a.unbounded != b.unbounded) return a.unbounded;
  if (nano(a.full) != nano(b.full)) return nano(a.full) > nano(b.full);
  return nano(a.step) > nano(b.step);
}

bool may_be_rated(const PersonResult& result) {
  constexpr uint8_t kNeverByData = 1U << static_cast<unsigned>(model::Reason::min_service) |
                                   1U << static_cast<unsigned>(model::Reason::not_eligible);
  return (result.reasons & kNeverByData) == 0;
}

void describe(const Person& person, const ScoreOutcome& run, uint32_t who, model::Advice& advice) {
  advice.plan = person.now().plan;
  advice.result = person.now();
  advice.has_bands = person.has_bands();
  if (person.is_rated()) advice.figure = run.scorer->compared(who, person.now());
  const scoring::NextBand& next = person.next();
  advice.next_band = next.band;
  advice.next_from = next.from;
  advice.by_position = next.by_position;
  advice.group = next.group;
  advice.worst = next.worst;
  advice.veto_holds = next.veto_holds;
}

}  // namespace

model::Advice advise(ScoreOutcome& run, uint32_t person) {
  model::Advice advice;
  const scoring::Calendar calendar =
      scoring::make_calendar(run.data->dataset.cycle, run.data->dataset.period, run.data->dataset.as_of);
  Found found =
      find_levers(run.scorer->explain(person, {}), *run.data->applied.definitions, run.data->dataset, calendar, person);
  if (make_room(run.data->dataset, found.handles)) make_scorer(run, found.handles);
  const Person one(run, person);
  describe(one, run, person, advice);
  advice.fired = std::move(found.fired);
  advice.broken = std::move(found.broken);
  advice.okr_left_out = found.okr_left_out;
  if (!may_be_rated(one.now())) return advice;
  for (const Handle& h : found.handles) {
    Lever lever = h.shown;
    Search(one, h).run(lever);
    advice.levers.push_back(std::move(lever));
  }
  std::stable_sort(advice.levers.begin(), advice.levers.end(), gives_more);
  return advice;
}

}  // namespace hr::engine
