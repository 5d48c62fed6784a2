// Who a scorecard or plan is for: its expression over the columns of the spells.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "facts/dataset.h"
#include "model/expression.h"
#include "scoring/trace.h"

namespace hr::scoring {

// For every spell the first of several expressions that holds, and the second where there is one. An empty expression
// holds for everyone.
struct Match {
  static constexpr uint32_t kNoMatch = 0xFFFFFFFFU;
  uint32_t first = kNoMatch;
  uint32_t second = kNoMatch;  // a conflict

  void add(uint32_t i) { (first == kNoMatch ? first : second == kNoMatch ? second : ignored) = i; }

 private:
  uint32_t ignored = kNoMatch;
};

std::vector<Match> match_spells(const std::vector<const model::Expression*>& expressions, const facts::Spells& spells,
                                Diagnostics& diagnostics);

// One expression, by spell: 1 = holds.
std::vector<uint8_t> evaluate_on_spells(const model::Expression& expression, const facts::Spells& spells,
                                        Diagnostics& diagnostics);

// No guess in silence: an attribute (attr.NAME) that no imported record has is missing for everybody, and most likely
// misspelt. `name`: a name in an expression, or what a plan groups people by.
void warn_of_unknown_attribute(const std::string& name, const SourceSpan& span, const facts::Spells& spells,
                               Diagnostics& diagnostics);

// What the names in an expression stand for in one spell, as people read it: "job = Sales Rep, region = -"; a missing
// one is "-". Empty when it reads none.
std::string fields_text(const model::Expression& expression, const facts::Spells& spells, uint32_t spell);

// Fills a node that says that the definition `id` does not apply in a spell.
void record_applies_not(const facts::Spells& spells, uint32_t spell, const std::string& id,
                        const model::Expression& applies_to, Derivation& node);

}  // namespace hr::scoring
