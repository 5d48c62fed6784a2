// What would lift one person's score: the figures that it is made of, each with what moving it alone gives. Filled by
// engine (engine/advice/advice.h), which scores the person again for every figure it names; turned into words by
// report.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/figure.h"
#include "model/result.h"
#include "model/text.h"

namespace hr::model {

// unit_kpi: of the person's unit. part: a KPI that the formula of a scored one reads. adjustment, veto: the KPI of one.
enum class LeverKind : uint8_t { kpi, part, unit_kpi, key_result, milestones, adjustment, veto };
inline constexpr std::string_view kLeverKindNames[] = {"kpi",        "part",       "unit_kpi", "key_result",
                                                       "milestones", "adjustment", "veto"};

// One row to import: a fact of `subject`, or the check-in of key result `subject` (kpi is empty then).
struct Change {
  std::string subject;
  std::string kpi;
  std::string when;  // period of the fact, day of the check-in
  Decimal value;
};

// One value of a lever, and what comes of it.
struct Move {
  std::string value;             // of the lever, shortest exact text
  std::optional<Figure> points;  // exact score less the exact score now; none where there is no score now
  std::optional<Figure> score;   // the official one; none: not rated
  std::optional<Figure> exact;
  uint32_t band = kNoBand;  // index into the plan's scale
  std::vector<Change> changes;
};

struct Lever {
  LeverKind kind = LeverKind::kpi;
  std::string node;  // of the derivation: what `explain` takes
  std::string item;  // id of the KPI or key result that moves
  std::string of;    // id of the derived KPI, adjustment or veto that it is for; else empty
  Text name, of_name;
  std::string value;         // now; empty = no data
  std::string unit;          // of a unit's KPI: its id
  std::string from, to;      // of a KPI that counts in one of several spells: its days
  uint32_t each = 1;         // so many facts move together, each by the same; 1 = one fact carries the change
  bool shared = false;       // others are scored by it too
  bool unbounded = false;    // no value gives the most
  bool held = false;         // its own score can move, but the person's does not follow
  std::optional<Move> step;  // the least natural step that gives anything
  std::optional<Move> full;  // the nearest value that gives the most
  std::optional<Move> next;  // the nearest value that reaches the next band (of somebody not rated: a score) by itself
};

struct Advice {
  uint32_t plan = kNoBand;       // index into Definitions::plans
  PersonResult result;           // as it is
  std::optional<Figure> figure;  // the one that bands compare; none: not rated
  bool has_bands = false;
  uint32_t next_band = kNoBand;  // none: already the best, or no bands
  Figure next_from;              // least figure of it
  bool by_position = false;
  uint32_t group = 0;               // by position: rated people in the group
  std::optional<Figure> worst;      // by position: the lowest figure that has the next band now
  bool veto_holds = false;          // only a veto keeps the next band away
  std::vector<std::string> fired;   // vetoes
  std::vector<std::string> broken;  // guardrails: flags that cost nothing
  bool okr_left_out = false;        // OKRs do not count for this person now: informational, or they would not raise it
  std::vector<Lever> levers;        // those that give most first
};

}  // namespace hr::model
