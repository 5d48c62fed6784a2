// Who may see which figures of whom: the list `access` of the definitions. Docs: docs/spec/access.md.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "base/diagnostic.h"
#include "model/expression.h"

namespace hr::model {

// What figures are named by; each column of a report belongs to one, or to nobody's secrets: who somebody is and where.
enum class AccessField : uint8_t { score, band, kpi, okr, feedback, coverage, reasons, recognitions, pay };
inline constexpr size_t kAccessFields = 9;
inline constexpr std::array<std::string_view, kAccessFields> kAccessFieldNames = {
    "score", "band", "kpi", "okr", "feedback", "coverage", "reasons", "recognitions", "pay"};

// Some of them; none at all: the person is not seen.
struct AccessFields {
  uint16_t bits = 0;

  bool has(AccessField field) const { return ((bits >> static_cast<unsigned>(field)) & 1U) != 0; }
  bool has_all(AccessFields other) const { return (bits & other.bits) == other.bits; }
  bool any() const { return bits != 0; }
  constexpr void add(AccessField field) { bits = static_cast<uint16_t>(bits | 1U << static_cast<unsigned>(field)); }
  void add(AccessFields other) { bits = static_cast<uint16_t>(bits | other.bits); }
  bool operator==(const AccessFields&) const = default;
};
constexpr AccessFields fields_of(std::initializer_list<AccessField> list) {
  AccessFields fields;
  for (const AccessField f : list) fields.add(f);
  return fields;
}
inline constexpr AccessFields kEveryField{(1U << kAccessFields) - 1};
inline constexpr AccessFields kAllButPay{(1U << static_cast<unsigned>(AccessField::pay)) - 1};

// own: the viewer; reports: who reports to the viewer, directly or not; unit: whose unit is the viewer's or lies below
// it; all: everybody.
enum class Sees : uint8_t { own, reports, unit, all };
inline constexpr std::array<std::string_view, 4> kSeesNames = {"own", "reports", "unit", "all"};

// An entry of the list. What several entries allow of somebody adds up.
struct AccessRule {
  Expression viewer;  // over the viewer's spell in force, as `applies_to`
  Sees sees = Sees::own;
  AccessFields fields = kAllButPay;
  SourceSpan span;
};

}  // namespace hr::model
