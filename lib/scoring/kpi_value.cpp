#include "scoring/kpi_value.h"

#include <algorithm>
#include <limits>

namespace hr::scoring {

namespace {

FactUses make_uses(const std::vector<facts::FactColumn>& columns, const Calendar& calendar) {
  FactUses uses;
  uses.by_period.resize(calendar.periods.size());
  for (const facts::FactColumn& column : columns) {
    FactUse use;
    use.column = &column;
    use.range = column.period.range();
    bool found = false;
    for (uint32_t p = 0; p < calendar.periods.size(); ++p) {
      if (!use.range.overlaps(calendar.periods[p].range)) continue;
      if (!found) use.first = p;
      use.last = p;
      found = true;
    }
    if (!found) continue;
    const DateRange whole = calendar.periods[use.first].range;  // cut by the cycle: the rest belongs to another one
    use.spread = use.range.from < whole.from || use.range.to > whole.to;
    use.part = !use.spread && use.range != whole;
    uses.all.push_back(use);
    for (uint32_t p = use.first; p <= use.last; ++p) uses.by_period[p].push_back(use);
  }
  return uses;
}

const char* rule_of(model::Aggregate aggregate) {
  switch (aggregate) {
    case model::Aggregate::sum:
      return "value-sum";
    case model::Aggregate::mean:
      return "value-mean";
    case model::Aggregate::min:
      return "value-min";
    case model::Aggregate::max:
      return "value-max";
    case model::Aggregate::last:
      break;
  }
  return "value-last";
}

// Days that a stretch weighs when a fact is spread: eligible ones of a person (all in service where none is eligible),
// all of a unit.
int32_t spreading_days(const ValueRequest& q, DateRange range, bool by_service) {
  if (q.subject.is_unit) return range.days();
  const Days days = days_in(*q.dataset, *q.time, range);
  return by_service ? days.service : days.eligible;
}

uint32_t place_of(const ValueRequest& q) {
  return q.subject.is_unit ? q.subject.index : q.facts->place_of(q.subject.index);
}

class Collector {
 public:
  Collector(const ValueRequest& q, uint32_t kpi, Derivation* node, KpiValue& out)
      : q_(q), rules_(q.kpis[kpi]), uses_(q.facts->uses[kpi]), node_(node), out_(out) {}

  void collect() {
    const uint32_t place = place_of(q_);
    for (const FactUse& use : uses()) {
      if (!use.column->has(place)) continue;
      const double value = use.column->value(place);
      if (!use.spread) {
        take_one(use, value);
      } else if (rules_.kpi->nature == model::Nature::additive) {
        take_share(use, value);
      } else {
        take_each(use, value);
      }
    }
    if (sum_.n == 0) return;
    out_.value = sum_.result(rules_.kpi->aggregate);
    out_.fault = Fault::none;
  }

 private:
  // Facts of periods without service are looked for among all.
  const std::vector<FactUse>& uses() const {
    const FactUses& uses = q_.subject.is_unit ? uses_.units : uses_.people;
    const bool all_serve = q_.subject.is_unit || q_.time->always_there;
    return q_.only && all_serve && *q_.only < uses.by_period.size() ? uses.by_period[*q_.only] : uses.all;
  }

  bool is_in_service(const FactUse& use) const {
    if (q_.subject.is_unit || q_.time->always_there) return true;
    if (q_.time->service[use.first] == 0) return false;
    return !use.part || days_in(*q_.dataset, *q_.time, use.range).service > 0;
  }

  void take_one(const FactUse& use, double value) {
    if (use.first >= q_.calendar->counted) return;
    if (!is_in_service(use)) {
      out_.out_of_service = true;
      record(use, value, "fact-out-of-service", {});
      return;
    }
    if (q_.in[use.first] == 0) return;
    cover(use.first);
    sum_.add(value);
    record(use, value, "fact", exact_text_if(value));
  }

  // Additive: the part of the fact that falls to the periods that are in, by days.
  void take_share(const FactUse& use, double value) {
    const bool by_service = spreading_days(q_, use.range, false) == 0;
    const int32_t whole = spreading_days(q_, use.range, by_service);
    if (whole == 0) {
      out_.out_of_service = true;
      return record(use, value, "fact-out-of-service", {});
    }
    if (rules_.kpi->aggregate == model::Aggregate::sum) return take_sum(use, value, whole, by_service);
    for (uint32_t p = use.first; p <= std::min(use.last, q_.calendar->counted - 1); ++p) {
      if (q_.in[p] == 0) continue;
      const int32_t days = spreading_days(q_, use.range.intersect(q_.calendar->periods[p].range), by_service);
      if (days == 0) continue;
      cover(p);
      sum_.add(value * days / whole);
      record_share(use, value, days, whole);
    }
  }

  // All its periods together, so that a fact that is wholly in counts as it stands.
  void take_sum(const FactUse& use, double value, int32_t whole, bool by_service) {
    int32_t days = 0;
    for (uint32_t p = use.first; p <= use.last && p < q_.calendar->counted; ++p) {
      if (q_.in[p] == 0) continue;
      const int32_t part = spreading_days(q_, use.range.intersect(q_.calendar->periods[p].range), by_service);
      days += part;
      if (part > 0) cover(p);
    }
    if (days == 0) return;
    sum_.add(days == whole ? value : value * days / whole);
    record_share(use, value, days, whole);
  }

  // A rate stands for each of its periods.
  void take_each(const FactUse& use, double value) {
    uint32_t periods = 0;
    for (uint32_t p = use.first; p <= use.last && p < q_.calendar->counted; ++p) {
      if (q_.in[p] == 0) continue;
      cover(p);
      sum_.add(value);
      ++periods;
    }
    if (periods == 0) return;
    record(use, value, periods > 1 ? "fact-each" : "fact", exact_text_if(value));
    if (node_ != nullptr && periods > 1) node_->parts.back().args.push_back(std::to_string(periods));
  }

  void cover(uint32_t p) {
    if (covered_ && covered_last_ >= p) return;
    covered_ = true;
    covered_last_ = p;
    if (q_.subject.is_unit || q_.time->eligible[p] > 0) ++out_.covered;
  }

  std::string exact_text_if(double value) const { return node_ != nullptr ? exact_text(value) : std::string(); }

  void record(const FactUse& use, double value, const char* rule, std::string counted) {
    if (node_ == nullptr) return;
    const std::string period = to_string(use.column->period);
    Derivation* d = add_node(node_, fact_path(period), rule);
    d->args = {subject_text(), rules_.kpi->id, period, exact_text(value)};
    d->value = std::move(counted);
    if (d->value.empty()) d->status = "out_of_service";
  }

  void record_share(const FactUse& use, double value, int32_t days, int32_t whole) {
    if (node_ == nullptr) return;
    if (days == whole) return record(use, value, "fact", exact_text(value));
    record(use, value, "fact-share", exact_text(value * days / whole));
    node_->parts.back().args.push_back(std::to_string(days));
    node_->parts.back().args.push_back(std::to_string(whole));
  }

  // "kpi/revenue/value" → "kpi/revenue/fact/2026-03": the engine finds the row by the last three names.
  std::string fact_path(const std::string& period) const {
    std::string path = node_->node;
    constexpr std::string_view kTail = "/value";
    if (path.size() > kTail.size() && path.compare(path.size() - kTail.size(), kTail.size(), kTail) == 0) {
      path.resize(path.size() - kTail.size());
    }
    return path + "/fact/" + period;
  }

  std::string subject_text() const {
    if (q_.subject.is_unit) return std::string("unit:").append(q_.dataset->units.id[q_.subject.index]);
    return std::string(q_.dataset->people.id[q_.subject.index]);
  }

  const ValueRequest& q_;
  const KpiRules& rules_;
  const KpiUses& uses_;
  Derivation* node_;
  KpiValue& out_;
  Accumulator sum_;
  bool covered_ = false;
  uint32_t covered_last_ = 0;
};

// Parts first, each aggregated, then the formula.
KpiValue formula_value(const ValueRequest& q, const KpiRules& rules, Derivation* node) {
  KpiValue out;
  std::vector<double> numbers(rules.parts.size());
  std::vector<uint8_t> present(rules.parts.size());
  uint32_t covered = std::numeric_limits<uint32_t>::max();
  for (size_t i = 0; i < rules.parts.size(); ++i) {
    Derivation* part = add_part(node, q.kpis[rules.parts[i]].kpi->id, "value");
    const KpiValue v = value_of(q, rules.parts[i], part);
    present[i] = v.value.has_value();
    numbers[i] = v.value.value_or(0);
    covered = std::min(covered, v.covered);
    out.out_of_service |= v.out_of_service;
    if (!v.value && v.fault == Fault::not_computable) out.fault = Fault::not_computable;
  }
  std::vector<expr::ColumnView> columns(rules.parts.size());
  for (size_t i = 0; i < columns.size(); ++i) {
    columns[i].type = expr::Type::number;
    columns[i].numbers = {&numbers[i], 1};
    columns[i].present = {&present[i], 1};
  }
  const expr::Values values = rules.formula->evaluate(columns, 1);
  if (!values.failed.empty() && values.failed[0]) {
    out.fault = Fault::not_computable;
  } else if (values.present.empty() || values.present[0]) {
    out.value = values.numbers[0];
    out.fault = Fault::none;
    out.covered = rules.parts.empty() ? 0 : covered;
  }
  return out;
}

void record_value(Derivation* node, const KpiRules& rules, const KpiValue& value) {
  if (node == nullptr) return;
  node->rule = rules.formula ? "value-formula" : value.value ? rule_of(rules.kpi->aggregate) : "value-none";
  node->args = {rules.kpi->id, rules.kpi->formula.text};
  node->value = exact_text(value.value);
  node->status = name_of(value.fault);
  node->definition = rules.formula ? rules.kpi->formula.span : rules.kpi->span;
}

std::optional<uint32_t> index_of(const model::Definitions& definitions, const std::string& kpi) {
  for (uint32_t i = 0; i < definitions.kpis.size(); ++i) {
    if (definitions.kpis[i].id == kpi) return i;
  }
  return std::nullopt;
}

void compile_formula(const model::Definitions& definitions, const expr::Schema& schema, KpiRules& rules,
                     Diagnostics& diagnostics) {
  const model::Expression& e = rules.kpi->formula;
  rules.formula = expr::compile(e.text, schema, expr::Type::number, e.span, diagnostics);
  if (!rules.formula) return;
  for (const std::string& field : rules.formula->fields()) {
    if (const auto part = index_of(definitions, field)) rules.parts.push_back(*part);
  }
}

const facts::KpiFacts* find_facts(std::span<const facts::KpiFacts> facts, std::string_view kpi) {
  const auto it = std::find_if(facts.begin(), facts.end(), [&](const facts::KpiFacts& f) { return f.kpi == kpi; });
  return it == facts.end() ? nullptr : &*it;
}

}  // namespace

double Accumulator::result(model::Aggregate aggregate) const {
  switch (aggregate) {
    case model::Aggregate::sum:
      return sum;
    case model::Aggregate::mean:
      return sum / n;
    case model::Aggregate::min:
      return least;
    case model::Aggregate::max:
      return most;
    case model::Aggregate::last:
      break;
  }
  return last;
}

FactView view_facts(const model::Definitions& definitions, std::span<const facts::KpiFacts> people,
                    std::span<const facts::KpiFacts> units, const Calendar& calendar) {
  FactView view;
  for (const model::Kpi& kpi : definitions.kpis) {
    KpiUses& uses = view.uses.emplace_back();
    if (!kpi.formula.empty()) continue;
    if (const auto* facts = find_facts(people, kpi.id)) uses.people = make_uses(facts->people, calendar);
    if (const auto* facts = find_facts(units, kpi.id)) uses.units = make_uses(facts->units, calendar);
  }
  return view;
}

std::vector<KpiRules> make_kpi_rules(const model::Definitions& definitions, Diagnostics& diagnostics) {
  expr::Schema schema;
  schema.any_attribute = false;
  for (const model::Kpi& kpi : definitions.kpis) schema.fields.push_back({kpi.id, expr::Type::number});
  std::vector<KpiRules> all;
  for (const model::Kpi& kpi : definitions.kpis) {
    KpiRules& rules = all.emplace_back();
    rules.kpi = &kpi;
    if (!kpi.formula.empty()) compile_formula(definitions, schema, rules, diagnostics);
  }
  return all;
}

KpiValue value_of(const ValueRequest& request, uint32_t kpi, Derivation* trace) {
  const KpiRules& rules = request.kpis[kpi];
  KpiValue value;
  if (rules.formula) {
    value = formula_value(request, rules, trace);
  } else if (request.calendar->counted > 0) {
    Collector(request, kpi, trace, value).collect();
  }
  record_value(trace, rules, value);
  return value;
}

bool has_facts(const ValueRequest& request, uint32_t kpi) {
  const KpiRules& rules = request.kpis[kpi];
  if (rules.formula) {
    return std::any_of(rules.parts.begin(), rules.parts.end(), [&](uint32_t part) { return has_facts(request, part); });
  }
  const KpiUses& of = request.facts->uses[kpi];
  const std::vector<FactUse>& uses = request.subject.is_unit ? of.units.all : of.people.all;
  return std::any_of(uses.begin(), uses.end(), [&](const FactUse& use) {
    return use.first < request.calendar->counted && use.column->has(place_of(request));
  });
}

}  // namespace hr::scoring
