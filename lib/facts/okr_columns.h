// The objectives of a cycle in columns, with their key results and check-ins: a company's key results are millions, so
// nobody of them owns a text. What only definition files can say stays in the model's own records beside the columns.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "facts/columns.h"
#include "facts/decimal_column.h"
#include "facts/names.h"
#include "model/objective.h"

namespace hr::facts {

struct CheckIn {
  Date date;
  std::optional<double> value;
  std::optional<double> confidence;
  Origin origin;
};

// Views of one objective and one key result; they live as long as the columns stay as they are.
struct Objective {
  std::string_view id;
  model::OwnerKind owner_kind = model::OwnerKind::company;
  std::string_view owner;         // unit or employee id
  uint32_t owner_person = kNone;  // where it is an employee of the dataset
  std::optional<Decimal> weight;
  model::RollUp roll_up = model::RollUp::weighted;
  uint32_t begin = 0, end = 0;  // its key results
};

struct KeyResult {
  std::string_view id;
  uint32_t checkins = 0;  // number of its list
  model::KeyResultType type = model::KeyResultType::committed;
  std::optional<Decimal> weight;
  Decimal start;
  std::optional<Decimal> target;
  std::optional<Decimal> limit;             // guardrails
  std::string_view kpi;                     // measured by this KPI; empty = by check-ins
  const model::KeyResult* rules = nullptr;  // what only definition files say: milestones, cap, direction, cadence …;
                                            // of an imported one the defaults
};

struct Okrs {
  // By objective. Those of definition files come first, as many as `defined`; key results of objective o are
  // [key_results[o], key_results[o + 1]), those of its definition first.
  std::vector<uint32_t> id;  // in objective_names
  std::vector<model::OwnerKind> owner_kind;
  std::vector<uint32_t> owner;         // in owners: as an imported table writes it: unit:ID, an employee id, company
  std::vector<uint32_t> owner_person;  // kNone: no employee of the dataset
  DecimalColumn weight;
  OriginColumn origin;  // {0, 0} when it stands in a definition file
  std::vector<uint32_t> key_results;
  TextColumn title, supports;  // of imported ones
  std::vector<model::Objective> defined;

  // By key result.
  std::vector<uint32_t> key_result_id;  // in key_result_names
  std::vector<model::KeyResultType> type;
  DecimalColumn key_result_weight, start, target;  // target: of a guardrail its limit
  OriginColumn key_result_origin;
  TextColumn key_result_title, kpi;  // of imported ones

  // Check-ins by name of the key result, or KEY_RESULT/MILESTONE: those of name n are [checkins[n], checkins[n + 1]),
  // ascending by day; key results of one id share theirs. Only up to as-of.
  std::vector<uint32_t> checkins;
  std::vector<Date> date;
  DecimalColumn value, confidence;  // confidence: empty when no file carries it
  OriginColumn checkin_origin;
  // A check-in that is tried out, by name: goes before all others.
  std::vector<std::pair<uint32_t, CheckIn>> tried;

  Names objective_names, key_result_names, owners;

  size_t size() const { return id.size(); }
  Objective objective(uint32_t o) const;
  KeyResult key_result(uint32_t o, uint32_t k) const;  // of objective o
  model::Text title_of(uint32_t o) const;
  model::Text title_of(uint32_t o, uint32_t k) const;
  std::string_view supports_of(uint32_t o) const;  // a parent objective or key result; empty = none
  SourceSpan span_of(uint32_t o) const;            // "source:N" of imported ones
  SourceSpan span_of(uint32_t o, uint32_t k) const;
  // The last check-in of a list on or before `day`; with a value when `with_value`.
  std::optional<CheckIn> last_checkin(uint32_t list, Date day, bool with_value) const;
  // The value of that one with a value alone; not of those that are tried out.
  std::optional<double> last_value(uint32_t list, Date day) const {
    if (list + 1 >= checkins.size()) return std::nullopt;
    for (uint32_t i = checkins[list + 1]; i-- > checkins[list];) {
      if (date[i] <= day && value.has(i)) return value.number(i);
    }
    return std::nullopt;
  }
  std::optional<uint32_t> milestone_checkins(std::string_view key_result, std::string_view milestone) const;

 private:
  const model::KeyResult* definition_of(uint32_t o, uint32_t k) const;  // nullptr: it is imported
};

}  // namespace hr::facts
