// Objectives, key results and check-ins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "base/diagnostic.h"
#include "model/kpi.h"
#include "model/text.h"

namespace hr::model {

enum class OwnerKind : uint8_t { company, unit, employee };
struct Owner {
  OwnerKind kind = OwnerKind::company;
  std::string id;  // unit or employee id
  SourceSpan span;
};

enum class RollUp { weighted, mean, min };
enum class KeyResultType : uint8_t { committed, aspirational, learning, guardrail };

struct Milestone {
  std::string id;
  Text title;
  std::optional<Decimal> weight;
  SourceSpan span;
};

struct KeyResult {
  std::string id;
  KeyResultType type = KeyResultType::committed;
  Text title;
  std::optional<Decimal> weight;
  Decimal start;  // default 0
  std::optional<Decimal> target;
  std::optional<Decimal> cap;          // of progress; default 1
  std::optional<Decimal> limit;        // guardrails
  std::optional<Direction> direction;  // which way is better; empty: of a guardrail its KPI says, else `lower`
  std::string unit;
  std::string kpi;  // measured by this KPI; empty = by check-ins
  bool binary = false;
  std::vector<Milestone> milestones;
  int cadence_days = 14;
  int grace_days = 7;
  SourceSpan span;
};

struct Objective {
  std::string id;
  std::string cycle;
  Owner owner;
  Text title;
  std::string supports;  // a parent objective or key result; empty = none
  std::optional<Decimal> weight;
  RollUp roll_up = RollUp::weighted;
  std::vector<KeyResult> key_results;
  SourceSpan span;  // file = the imported table's file for objectives that came by import
};

}  // namespace hr::model
