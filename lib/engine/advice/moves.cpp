// What k steps of a lever come to: rows to import, and the dataset with them in place.
#include <algorithm>
#include <utility>

#include "base/decimal_scale.h"
#include "engine/advice/levers.h"

namespace hr::engine {

namespace {

// `a` as a whole number of 10^-scale; none when it does not fit or is finer.
std::optional<int64_t> in_units(Decimal a, int32_t scale) {
  if (a.scale > scale) return std::nullopt;
  int64_t out = 0;
  if (__builtin_mul_overflow(a.unscaled, pow10(scale - a.scale), &out)) return std::nullopt;
  return out;
}

// a + k·unit
std::optional<Decimal> stepped(Decimal a, Decimal unit, int64_t k) {
  int64_t moved = 0;
  if (__builtin_mul_overflow(unit.unscaled, k, &moved)) return std::nullopt;
  return add(a, make_decimal(moved, unit.scale));
}

facts::KpiFacts& facts_of(facts::Dataset& dataset, const std::string& kpi) {
  for (facts::KpiFacts& f : dataset.kpis) {
    if (f.kpi == kpi) return f;
  }
  dataset.kpis.push_back({kpi, {}, {}});
  return dataset.kpis.back();
}

// The column of a period; made where there is none.
facts::FactColumn& column_for(std::vector<facts::FactColumn>& columns, const Period& period, size_t subjects,
                              bool& made) {
  const auto at = std::lower_bound(columns.begin(), columns.end(), period,
                                   [](const facts::FactColumn& c, const Period& p) { return c.period < p; });
  if (at != columns.end() && at->period == period) return *at;
  made = true;
  return *columns.insert(at, facts::FactColumn(period, facts::ScatteredFacts(subjects)));
}

// Down: the last fact first, to 0, then those before it. Up: the last.
std::optional<std::vector<Decimal>> spread(const Handle& h, int64_t k) {
  std::vector<Decimal> values;
  for (const LeverCell& c : h.cells) values.push_back(c.base);
  const bool bounded = h.least > kNoLeast;
  if (k >= 0 || !bounded) {
    const auto last = stepped(values.back(), h.unit, k);
    if (!last) return std::nullopt;
    values.back() = *last;
    return values;
  }
  for (size_t i = values.size(); i-- > 0 && k < 0;) {
    const int32_t scale = std::max(values[i].scale, h.unit.scale);
    const auto has = in_units(values[i], scale);
    if (!has) return std::nullopt;
    const int64_t size = pow10(scale - h.unit.scale);
    const int64_t steps = std::min(-k, (*has + size - 1) / size);
    values[i] = make_decimal(std::max<int64_t>(0, *has - steps * size), scale);
    k += steps;
  }
  return values;
}

}  // namespace

bool make_room(facts::Dataset& dataset, std::vector<Handle>& handles) {
  bool made = false;
  for (const Handle& h : handles) {
    for (const LeverCell& c : h.cells) {
      facts::KpiFacts& facts = facts_of(dataset, h.shown.item);
      column_for(h.of_unit ? facts.units : facts.people, c.period,
                 h.of_unit ? dataset.units.size() : dataset.people.size(), made);
    }
  }
  for (Handle& h : handles) {
    for (LeverCell& c : h.cells) {
      facts::KpiFacts& facts = facts_of(dataset, h.shown.item);
      c.column = &column_for(h.of_unit ? facts.units : facts.people, c.period, 0, made);
    }
  }
  return made;
}

namespace {

std::optional<std::vector<Decimal>> values_of(const Handle& h, int64_t k) {
  if (h.carry == Carry::sum) return spread(h, k);
  std::vector<Decimal> values;
  const bool bounded = h.least > kNoLeast;
  for (size_t i = 0; i < h.cells.size(); ++i) {
    const bool moves = h.carry == Carry::each || i + 1 == h.cells.size();
    const auto value = stepped(h.cells[i].base, h.unit, moves ? k : 0);
    if (!value) return std::nullopt;
    values.push_back(bounded && value->unscaled < 0 ? Decimal{} : *value);
  }
  return values;
}

}  // namespace

std::optional<std::vector<model::Change>> changes_of(const Handle& h, const facts::Dataset& dataset, int64_t k) {
  std::vector<model::Change> out;
  const std::string day = to_string(dataset.as_of);
  if (h.carry == Carry::milestones) {
    for (int64_t i = 0; i < k; ++i)
      out.push_back({h.shown.item + "/" + h.open[static_cast<size_t>(i)], "", day, {1, 0}});
    return out;
  }
  if (h.carry == Carry::check_in) {
    const auto value = stepped(h.base, h.unit, k);
    if (!value) return std::nullopt;
    const bool bounded = h.least > kNoLeast;
    out.push_back({h.shown.item, "", day, bounded && value->unscaled < 0 ? Decimal{} : *value});
    return out;
  }
  const auto values = values_of(h, k);
  if (!values) return std::nullopt;
  const std::string subject =
      (h.of_unit ? "unit:" : "") + std::string(h.of_unit ? dataset.units.id[h.subject] : dataset.people.id[h.subject]);
  for (size_t i = 0; i < values->size(); ++i) {
    if (h.missing || (*values)[i] != h.cells[i].base)
      out.push_back({subject, h.shown.item, to_string(h.cells[i].period), (*values)[i]});
  }
  return out;
}

Moved::Moved(facts::Dataset& dataset, const Handle& handle, const std::vector<model::Change>& changes)
    : dataset_(dataset), handle_(handle) {
  if (handle.carry >= Carry::check_in)
    move_checkins(changes);
  else
    move_facts(changes);
}

void Moved::move_facts(const std::vector<model::Change>& changes) {
  for (const LeverCell& c : handle_.cells) {
    const bool has = c.column->has(handle_.subject);
    const auto change = std::find_if(changes.begin(), changes.end(),
                                     [&](const model::Change& m) { return m.when == to_string(c.period); });
    if (change == changes.end()) continue;
    before_.emplace_back(c.column, has ? std::optional(c.column->value(handle_.subject)) : std::nullopt);
    c.column->set(handle_.subject, change->value.to_double());
  }
}

// A check-in on the day of the run goes before all others; one of that day is replaced, as an import does it.
void Moved::move_checkins(const std::vector<model::Change>& changes) {
  for (const model::Change& change : changes) {
    const auto list = dataset_.okrs.key_result_names.find(change.subject);
    if (list) dataset_.okrs.tried.push_back({*list, {dataset_.as_of, change.value.to_double(), std::nullopt, {}}});
  }
}

Moved::~Moved() {
  for (auto it = before_.rbegin(); it != before_.rend(); ++it) {
    if (it->second)
      it->first->set(handle_.subject, *it->second);
    else
      it->first->clear(handle_.subject);
  }
  dataset_.okrs.tried.clear();
}

}  // namespace hr::engine
