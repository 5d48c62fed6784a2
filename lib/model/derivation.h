// How a figure came about, as a tree: every operation with its inputs, weights and sources. Filled by scoring while it
// computes (the same code that makes the score, not a second one); turned into words by report.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace hr::model {

struct Derivation {
  // Path: "score", "kpi", "kpi/revenue", "kpi/revenue/target", "okr/o-east/kr-nps", "feedback/peer". A person with
  // several spells has "kpi@1/revenue", "kpi@2/revenue"; a plan that scores periods "kpi/2026-01/revenue". A fact's
  // path ends in KPI/fact/PERIOD, and its args are subject, KPI, period, value. docs/spec/scoring.md lists the nodes.
  std::string node;
  std::string
      rule;  // what was done, a key of the message table under "explain/": "weighted-mean", "ratio", "curve-points"
  std::vector<std::string> args;  // numbers and ids that fill the message, already in their exact shortest text
  std::string value;              // the figure that came out, shortest exact text; empty = missing
  std::string weight;             // as declared; empty = none
  std::string effective_weight;   // after reweighting, percent
  std::string status;     // empty = has a value; else a reason: no_fact, no_target, not_applicable, suppressed …
                          // (docs/spec/scoring.md)
  SourceSpan definition;  // the YAML (or imported row) that says so; line 0 = none
  uint32_t source = 0;    // of a fact: the store's source id and line
  uint32_t row = 0;
  std::vector<Derivation> parts;
};

}  // namespace hr::model
