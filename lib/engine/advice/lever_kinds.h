// How a lever is made of its part of a derivation, a kind at a time. For levers.cpp, which walks the derivation.
#pragma once

#include <string>
#include <vector>

#include "engine/advice/levers.h"

namespace hr::engine {

// What a walk through the derivation has passed.
struct LeverContext {
  const model::Derivation* item = nullptr;  // KPI, key result, adjustment or veto
  model::LeverKind kind = model::LeverKind::kpi;
  std::string of;     // its id
  std::string spell;  // node of the spell, where there are several
  std::string from, to;
  std::string period;
  model::Text of_name;
  bool of_unit = false;  // measured for a unit
  std::string owner;     // of a key result measured by a KPI: "unit:ID" or an employee; empty = the person
};

// A lever under way.
struct DraftLever {
  Handle handle;
  std::string spell;           // node of the spell that its facts lie in, where there are several
  std::vector<Decimal> goals;  // that its item's figures look at
  bool by_period = false;      // scored by period
};

// Of a key result with check-ins of its own, or milestones. `shared`: of more people than one.
Handle key_result_lever(const model::Derivation& d, const facts::KeyResult& kr, const model::Text& title, bool shared);

// Levers that facts carry: KPIs and their parts, of the person or of a unit, whatever item they are a figure of.
class FactLevers {
 public:
  FactLevers(const model::Definitions& definitions, const facts::Dataset& dataset, const scoring::Calendar& calendar,
             uint32_t person, const model::Derivation& tree, std::vector<DraftLever>& levers)
      : definitions_(definitions),
        dataset_(dataset),
        calendar_(calendar),
        person_(person),
        tree_(tree),
        levers_(levers) {}

  // `d` is a fact, `parent` the value that it counts in.
  void add_fact(const model::Derivation& d, const model::Derivation& parent, const LeverContext& context);
  // A KPI, or a part of one, without a fact: one in the last period that could have one would be it.
  void add_missing(const model::Derivation& d, const LeverContext& context);
  // Once all facts are known: units, natural steps and hints; one lever for one fact.
  void finish();

 private:
  DraftLever& lever_of(const std::string& kpi, bool of_unit, uint32_t subject, const std::string& value_node,
                       const LeverContext& context);
  void name_handle(Handle& h, const std::string& kpi, const LeverContext& context) const;
  void add_cell(Handle& h, const Period& period) const;
  const facts::FactColumn* column_of(const Handle& h, const Period& period) const;
  std::optional<uint32_t> subject_of(const LeverContext& context, const std::string& kpi) const;
  uint32_t last_spell() const;
  std::optional<Period> last_period(const LeverContext& context) const;
  void set_steps(DraftLever& lever) const;
  void drop_twins();

  const model::Definitions& definitions_;
  const facts::Dataset& dataset_;
  const scoring::Calendar& calendar_;
  uint32_t person_;
  const model::Derivation& tree_;
  std::vector<DraftLever>& levers_;
};

// ---- steps of a lever

void set_unit(Handle& h, const std::vector<Decimal>& told);
// How far down there is to go: to 0 where nothing is negative.
void set_least(Handle& h, bool positive, const std::vector<Decimal>& bases);
// 1, 2 or 5 times a power of ten of units, at most 1 % of the target, at least one unit.
void set_natural(Handle& h, Decimal target, Decimal now);
// At `goal`, and a step beside it, something may happen.
void add_hint(Handle& h, Decimal goal, Decimal now);

}  // namespace hr::engine
