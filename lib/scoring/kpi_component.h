// The KPI component of one person: KPIs of a scorecard → spell → component.
#pragma once

#include "model/result.h"
#include "scoring/state.h"

namespace hr::scoring {

// `scratch.time` is that of the person. Sets flags in `result`.
ComponentFigure kpi_component(const Scorer::State& state, const PlanRules& plan, Scratch& scratch,
                              model::PersonResult& result, Derivation* trace);

// Fills scratch.time for a person under a plan, spells joined.
void fill_person_time(const Scorer::State& state, const PlanRules* plan, uint32_t person, PersonTime& time);

// The value of a KPI over all counted periods of a person, once a person: for adjustments, vetoes and key results.
KpiValue whole_cycle_value(const Scorer::State& state, const PersonTime& time, uint32_t kpi, Scratch& scratch,
                           Derivation* trace);

}  // namespace hr::scoring
