// A calendar period as facts and cycles name it: 2026-03, 2026Q1, 2026H1, 2026, or a day.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"

namespace hr {

enum class PeriodKind : uint8_t { day, week, month, quarter, half, year };  // week: ISO, 2026-W05

struct Period {
  PeriodKind kind = PeriodKind::month;
  Date from;  // first day; with the kind it says everything

  auto operator<=>(const Period& o) const {
    if (auto c = from <=> o.from; c != 0) return c;
    return kind <=> o.kind;
  }
  bool operator==(const Period&) const = default;
  DateRange range() const;
};

// 2026-03 | 2026Q1 2026-Q1 | 2026H1 2026-H1 | 2026 | 2026-03-05 | 2026-W05; nothing else.
std::optional<Period> parse_period(std::string_view text);
std::string to_string(const Period& period);
// The periods of one kind that meet `range`, in order.
std::vector<Period> periods_of(DateRange range, PeriodKind kind);
Period period_containing(Date day, PeriodKind kind);

}  // namespace hr
