// The target of one KPI for one person: which value is in force on a day, and what of it falls to the days in service.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "base/date.h"
#include "base/decimal.h"
#include "facts/dataset.h"
#include "model/scorecard.h"
#include "scoring/calendar.h"
#include "scoring/trace.h"

namespace hr::scoring {

enum class Role : uint8_t { target, threshold, stretch, baseline };
inline constexpr size_t kRoles = 4;
inline constexpr const char* kRoleNames[kRoles] = {"target", "threshold", "stretch", "baseline"};
constexpr uint8_t bit(Role role) {
  return static_cast<uint8_t>(1U << static_cast<unsigned>(role));
}

// What a curve compares the value with; only the roles in `present` count.
struct Goal {
  std::array<double, kRoles> value{};
  uint8_t present = 0;

  bool operator==(const Goal&) const = default;
  bool has(Role role) const { return (present & bit(role)) != 0; }
  double operator[](Role role) const { return value[static_cast<size_t>(role)]; }
};

// Where targets come from, the most specific first: bulk rows of the employee, the job, the unit; then the scorecard.
struct TargetSource {
  const model::ScorecardKpi* entry = nullptr;
  std::array<std::span<const facts::TargetRow>, 3> rows;
  bool additive = false;

  bool has_rows() const { return !rows[0].empty() || !rows[1].empty() || !rows[2].empty(); }
};

struct ValueInForce {
  Decimal value;
  const facts::TargetRow* row = nullptr;     // either this …
  const model::DatedValue* dated = nullptr;  // … or that says so
};
std::optional<ValueInForce> in_force(const TargetSource& source, Role role, Date day);
// A weight given in bulk goes before the scorecard's.
std::optional<Decimal> weight_on(const TargetSource& source, Date day);

inline constexpr int64_t kNano = 1'000'000'000;

// The periods that a target is for, with the days that count in each.
struct Share {
  std::span<const uint8_t> in;       // by period: 1 = belongs to it
  std::span<const int64_t> counted;  // by period: days that count, in 1e-9 of a day (FTE may make them parts of a day)
  Date last_day;                     // of the spell: a rate takes the value in force then
  bool by_fte = false;               // the days are weighed by FTE; only for the record
};

// An additive KPI: the sum over the periods of (value in force on the period's last day) × share × days that count /
// days of the period. A rate: the value in force on the last day. Only roles of `needs`; a role without a value in
// force in some period that counts is missing.
Goal make_goal(const TargetSource& source, uint8_t needs, const Calendar& calendar, const Share& share,
               Derivation* trace);

}  // namespace hr::scoring
