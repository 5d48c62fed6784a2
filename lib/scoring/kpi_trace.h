// What a derivation says of the KPI component: texts and rules of the nodes that kpi_component.cpp makes, when it makes
// any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scoring/kpi_means.h"
#include "scoring/state.h"

namespace hr::scoring {

// The rule of a component, or of one of its several spells.
const char* spell_rule(const model::Plan& plan, bool one_of_several);

// A KPI. `expected`: so many periods should have a fact; 0 where it is about one period.
void record_kpi(const EntryRules& entry, const KpiValue& value, const CurveOutcome& outcome, uint32_t expected,
                Derivation& node);
// A KPI without a score, under `missing: carry`. `score`: that of the last closed cycle; nullptr: there is none.
void record_carried(const model::Plan& plan, const EntryRules& entry, const facts::CarriedScores& scores,
                    const Figure* score, Derivation& node);
// What each of the last parts of the node came to weigh, after all weights are known. `zero`: without a score it is 0.
void record_weights(Derivation& node, const std::vector<KpiTargets>& targets, Date day, const Mean& mean, bool zero);
// The last argument of the rule: how the mean came about; without anything to take a mean of, the rule says so.
void record_mean(Derivation& node, const std::string& mean);

// A spell that has no score at all, and why: of those without a scorecard the ones that were tried.
void record_skipped(const Scorer::State& state, const ScoredSpell& spell, std::string_view why, bool several,
                    Derivation& node);
// The component of several spells, after all their days are known.
void record_spells(const model::Plan& plan, const ByDays& spells, ComponentFigure& out, Derivation& trace);

}  // namespace hr::scoring
