// The value of a KPI for one subject over some periods: facts aggregated, or a formula over aggregated parts.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "expr/expr.h"
#include "facts/dataset.h"
#include "model/definitions.h"
#include "scoring/calendar.h"
#include "scoring/fault.h"
#include "scoring/spell.h"
#include "scoring/trace.h"

namespace hr::scoring {

// A column of facts and the periods of the cycle that it speaks for.
struct FactUse {
  const facts::FactColumn* column = nullptr;
  DateRange range;     // of the fact
  uint32_t first = 0;  // periods of the cycle, inclusive
  uint32_t last = 0;
  bool spread = false;  // does not lie in one period: spread over them (additive) or stands for each (rate)
  bool part = false;    // shorter than its period
};

// Facts of people or of units, ascending by period, and which of them speak for each period of the cycle.
struct FactUses {
  std::vector<FactUse> all;
  std::vector<std::vector<FactUse>> by_period;
};

struct KpiUses {
  FactUses people;
  FactUses units;
};

// The facts that a batch is scored from: everybody's, or those of some people, in columns of their own numbering.
struct FactView {
  std::vector<KpiUses> uses;        // by index of Definitions::kpis
  std::span<const uint32_t> place;  // in the columns, by person; empty: the person's own number

  uint32_t place_of(uint32_t person) const { return place.empty() ? person : place[person]; }
};
FactView view_facts(const model::Definitions& definitions, std::span<const facts::KpiFacts> people,
                    std::span<const facts::KpiFacts> units, const Calendar& calendar);

// Running aggregate of a KPI's facts in order of their periods.
struct Accumulator {
  double sum = 0;
  double last = 0;
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  uint32_t n = 0;

  void add(double v) {
    sum += v;
    last = v;
    least = std::min(least, v);
    most = std::max(most, v);
    ++n;
  }
  double result(model::Aggregate aggregate) const;  // of one value at least
};

struct KpiRules {
  const model::Kpi* kpi = nullptr;
  std::optional<expr::Program> formula;
  std::vector<uint32_t> parts;  // KPIs that the formula reads, in the order of its fields
};

// By index of Definitions::kpis. Formulas that do not compile go to `diagnostics`.
std::vector<KpiRules> make_kpi_rules(const model::Definitions& definitions, Diagnostics& diagnostics);

// Whose facts: a person's, of the periods in service, or a unit's.
struct Subject {
  bool is_unit = false;
  uint32_t index = 0;
};

struct ValueRequest {
  const facts::Dataset* dataset = nullptr;
  const Calendar* calendar = nullptr;
  std::span<const KpiRules> kpis;
  const FactView* facts = nullptr;
  Subject subject;
  std::span<const uint8_t> in;       // by period: 1 = its facts count; only counted periods may be in
  const PersonTime* time = nullptr;  // of the person; may be nullptr for a unit
  std::optional<uint32_t> only;      // the one period that is in, where there is just one: saves looking at the others
};

struct KpiValue {
  std::optional<double> value;
  Fault fault = Fault::no_fact;
  uint32_t covered = 0;         // periods that are in, have an eligible day, and have a fact
  bool out_of_service = false;  // a fact of a period without a day in service was left out
};

KpiValue value_of(const ValueRequest& request, uint32_t kpi, Derivation* trace);

// Whether the subject has any fact of the KPI, or of the parts of its formula, in the counted periods.
bool has_facts(const ValueRequest& request, uint32_t kpi);

}  // namespace hr::scoring
