// One key result: its progress, whether a guardrail holds, and its state against elapsed time.
#pragma once

#include <optional>

#include "base/figure.h"
#include "facts/dataset.h"
#include "model/objective.h"
#include "scoring/calendar.h"
#include "scoring/fault.h"
#include "scoring/score.h"
#include "scoring/trace.h"

namespace hr::scoring {

struct KeyResultFigures {
  std::optional<Figure> progress;  // clamped to [0, cap]
  std::optional<double> current;
  Fault fault = Fault::none;
  OkrState state = OkrState::unknown;
};

// The KPI's value where the key result is measured by one, else none.
struct Measure {
  bool by_kpi = false;
  model::Direction direction = model::Direction::lower;  // the KPI's, for guardrails that say none
  std::optional<double> value;
  Fault fault = Fault::none;
};

// The place of its definition in `trace` is the caller's.
KeyResultFigures measure_key_result(const facts::KeyResult& kr, const facts::Okrs& okrs, const Measure& measure,
                                    const Calendar& calendar, Derivation* trace);

constexpr bool is_scored(model::KeyResultType type) {
  return type != model::KeyResultType::learning && type != model::KeyResultType::guardrail;
}

// on_track, at_risk or off_track by the gap between progress and elapsed time.
OkrState state_by_gap(Figure progress, const Calendar& calendar);

}  // namespace hr::scoring
