// A run's results as the store keeps them and reports read them: one row a listed person, ascending by employee_id.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/definitions.h"
#include "model/result.h"

namespace hr::facts {

// Columns, all carried: employee_id, name, org_unit, manager_id, job, grade, region (of the last spell in the cycle;
// text) · plan, scale, status, reasons, flags (text; lists joined by ';') · kpi, okr, feedback, kpi_coverage,
// okr_coverage, feedback_coverage, coverage, raw_score, score_exact, score (decimal) · band (text) · coefficient
// (decimal) · rank (decimal) · percentile (decimal) · decimals (decimal: the plan's) · rank_group (text: what the plan
// ranks within; missing = the whole run). Rows are numbered 1, 2, 3 …; nothing has a source. Columns have the
// dictionaries of the dataset's.
Frame make_run_scores(const Dataset& dataset, const model::Definitions& definitions,
                      std::span<const model::PersonResult> results, int threads = 1);

}  // namespace hr::facts
