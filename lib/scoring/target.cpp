#include "scoring/target.h"

#include <numeric>

namespace hr::scoring {

namespace {

const model::DatedValues& dated_values(const model::ScorecardKpi& entry, Role role) {
  switch (role) {
    case Role::threshold:
      return entry.threshold;
    case Role::stretch:
      return entry.stretch;
    case Role::baseline:
      return entry.baseline;
    case Role::target:
      break;
  }
  return entry.target;
}

const std::optional<Decimal>* cell_of(const facts::TargetRow& row, Role role) {
  switch (role) {
    case Role::target:
      return &row.target;
    case Role::threshold:
      return &row.threshold;
    case Role::stretch:
      return &row.stretch;
    case Role::baseline:
      break;  // bulk targets have no baseline
  }
  return nullptr;
}

// Rows are ascending by from; of rows that overlap the later one is in force.
const facts::TargetRow* row_on(std::span<const facts::TargetRow> rows, Role role, Date day) {
  for (size_t i = rows.size(); i-- > 0;) {
    const std::optional<Decimal>* cell = cell_of(rows[i], role);
    if (cell != nullptr && cell->has_value() && rows[i].range.contains(day)) return &rows[i];
  }
  return nullptr;
}

// A stretch of periods with one value in force and one denominator: value × counted / whole.
struct Term {
  ValueInForce force;
  int64_t counted = 0;  // 1e-9 days
  int64_t whole = 0;    // 1e-9 days that the value is for: of the cycle, of the year, or of these periods together
  size_t first = 0;
  size_t last = 0;
};

// The fraction in lowest terms, so that a whole share gives the value itself and most others one rounding only.
double evaluate(const Term& t) {
  const double value = t.force.value.to_double();
  if (t.counted == t.whole) return value;
  const int64_t divisor = std::gcd(t.counted, t.whole);
  const int64_t counted = t.counted / divisor;
  const int64_t whole = t.whole / divisor;
  return value * static_cast<double>(counted) / static_cast<double>(whole);
}

void record_source(Derivation& node, const ValueInForce& force) {
  if (force.row != nullptr) set_origin(node, force.row->origin);
  if (force.dated != nullptr) node.definition = force.dated->span;
}

void record(Derivation* parent, const Term& t, const Calendar& calendar, bool by_fte, double value) {
  const std::string first = to_string(calendar.periods[t.first].period);
  const std::string last = to_string(calendar.periods[t.last].period);
  if (Derivation* d = add_part(parent, t.first == t.last ? first : first + ".." + last,
                               by_fte ? "target-share-fte" : "target-share")) {
    d->args = {exact_text(t.force.value), exact_text(static_cast<double>(t.counted) / static_cast<double>(kNano)),
               exact_text(t.whole / kNano)};
    d->value = exact_text(value);
    record_source(*d, t.force);
  }
}

// Adds up terms as long as value and denominator stay the same. With `per: period` every whole period counts the value
// in full, so that only periods cut short are fractions.
class Prorating {
 public:
  Prorating(const TargetSource& source, Role role, const Calendar& calendar, const Share& share, Derivation* trace)
      : source_(source), role_(role), calendar_(calendar), share_(share), trace_(trace) {}

  std::optional<double> sum() {
    for (size_t p = 0; p < share_.in.size(); ++p) {
      if (share_.in[p] == 0 || share_.counted[p] == 0) continue;
      const auto force = in_force(source_, role_, calendar_.periods[p].range.last());
      if (!force) return std::nullopt;
      add(p, *force);
    }
    flush();
    return total_;
  }

 private:
  void add(size_t p, const ValueInForce& force) {
    const model::TargetPer per = source_.entry->per;
    const int64_t whole = whole_of(p) * kNano;
    const bool same = open_ && term_.force.value == force.value && term_.force.row == force.row &&
                      per != model::TargetPer::period && term_.whole == whole;
    if (!same) {
      flush();
      term_ = {force, 0, whole, p, p};
      open_ = true;
    }
    term_.counted += share_.counted[p];
    term_.last = p;
  }

  int64_t whole_of(size_t p) const {
    switch (source_.entry->per) {
      case model::TargetPer::year:
        return calendar_.periods[p].year_days;
      case model::TargetPer::period:
        return calendar_.periods[p].days;
      case model::TargetPer::cycle:
        break;
    }
    return calendar_.cycle.days();
  }

  void flush() {
    if (!open_) return;
    const double value = evaluate(term_);
    if (trace_ != nullptr) record(trace_, term_, calendar_, share_.by_fte, value);
    total_ += value;
    open_ = false;
  }

  const TargetSource& source_;
  Role role_;
  const Calendar& calendar_;
  const Share& share_;
  Derivation* trace_;
  Term term_;
  bool open_ = false;
  double total_ = 0;
};

std::optional<double> rate_target(const TargetSource& source, Role role, Date day, Derivation* trace) {
  const auto force = in_force(source, role, day);
  if (!force) return std::nullopt;
  if (trace != nullptr) {
    trace->args = {exact_text(force->value), to_string(day)};
    record_source(*trace, *force);
  }
  return force->value.to_double();
}

}  // namespace

std::optional<ValueInForce> in_force(const TargetSource& source, Role role, Date day) {
  for (const auto& rows : source.rows) {
    if (const facts::TargetRow* row = row_on(rows, role, day)) return ValueInForce{**cell_of(*row, role), row, nullptr};
  }
  const model::DatedValues& values = dated_values(*source.entry, role);
  const model::DatedValue* found = nullptr;
  for (const model::DatedValue& v : values) {
    if (v.from <= day) found = &v;
  }
  if (found == nullptr) return std::nullopt;
  return ValueInForce{found->value, nullptr, found};
}

std::optional<Decimal> weight_on(const TargetSource& source, Date day) {
  for (const auto& rows : source.rows) {
    for (size_t i = rows.size(); i-- > 0;) {
      if (rows[i].weight && rows[i].range.contains(day)) return rows[i].weight;
    }
  }
  return source.entry->weight;
}

Goal make_goal(const TargetSource& source, uint8_t needs, const Calendar& calendar, const Share& share,
               Derivation* trace) {
  Goal goal;
  for (size_t r = 0; r < kRoles; ++r) {
    const Role role = static_cast<Role>(r);
    if ((needs & bit(role)) == 0) continue;
    Derivation* node = add_part(trace, kRoleNames[r], source.additive ? "target-sum" : "target-rate");
    const std::optional<double> value = source.additive ? Prorating(source, role, calendar, share, node).sum()
                                                        : rate_target(source, role, share.last_day, node);
    if (value) {
      goal.value[r] = *value;
      goal.present |= bit(role);
    }
    if (node == nullptr) continue;
    node->value = exact_text(value);
    if (value) continue;
    node->rule = "target-none";
    node->status = "no_target";
    node->args.clear();
    node->parts.clear();
  }
  return goal;
}

}  // namespace hr::scoring
