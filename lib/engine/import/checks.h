// Checks of incoming rows against each other and against what is known: unknown people, KPIs, key results; the same key
// twice; managers. Finds; does not store.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "engine/import/known_ids.h"
#include "facts/frame.h"
#include "model/definitions.h"
#include "model/imported_table.h"

namespace hr::engine {

// A row that cannot be taken, found after reading.
struct RowFault {
  size_t row = 0;      // of the frame
  std::string column;  // what is wrong; empty: the row as a whole
  Diagnostic reason;   // its place is the line; the caller knows where the field stands
};

// Whether a subject is a unit, a job or the company.
bool is_no_person(std::string_view subject);

// Faults of rows of any table but facts, ascending; a row has at most one.
std::vector<RowFault> check_rows(const facts::Frame& frame, model::TableId table, const std::string& file,
                                 const References& references, const model::Definitions* definitions);

// What is doubtful about rows that are taken all the same: a cycle, a KPI, a goal to support that nobody knows.
std::vector<RowFault> doubtful_rows(const facts::Frame& frame, model::TableId table, const std::string& file,
                                    const References& references, const model::Definitions* definitions);

}  // namespace hr::engine
