// Civil days and half-open ranges of them. No clock, no time zone: now() exists only in cmd.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hr {

// A day of the proleptic Gregorian calendar, as days since 1970-01-01. Years 1 to 9999.
struct Date {
  int32_t days = 0;

  auto operator<=>(const Date&) const = default;
  Date operator+(int32_t n) const { return {days + n}; }
  Date operator-(int32_t n) const { return {days - n}; }
  int32_t operator-(Date other) const { return days - other.days; }
};

inline constexpr Date kFarPast{-719162};    // 0001-01-01
inline constexpr Date kFarFuture{2932896};  // 9999-12-31; as the end of a range: "still in force"

struct CivilDate {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

std::optional<Date> make_date(int year, int month, int day);  // none when there is no such day
CivilDate civil(Date date);
std::optional<Date> parse_date(std::string_view iso);  // YYYY-MM-DD and nothing else

// What a pattern leaves open.
struct PatternDefaults {
  int century = 1969;  // %y is the year of the hundred from this one on that ends in these two digits
  int year = 0;        // where the pattern has none; 0 = it must have one
  int month = 1;       // where it has none

  bool operator==(const PatternDefaults&) const = default;
};

// How days of a column are written.
struct DateFormats {
  std::vector<std::string> formats;  // patterns; the first that fits; empty = ISO
  PatternDefaults defaults;
};

// By a pattern of %Y %y %m %d %b %H %M %S (a one-digit month or day is taken; %H %M %S, with a fraction, are read and
// dropped) and literal text.
std::optional<Date> parse_date(std::string_view text, std::string_view pattern, const PatternDefaults& defaults = {});
// The day by such a pattern, midnight.
std::string format_date(Date day, std::string_view pattern);
std::string to_string(Date date);  // YYYY-MM-DD
bool is_leap_year(int year);

// Days in [from, to). Files write the last day; `to` here is the day after it.
struct DateRange {
  Date from = kFarPast;
  Date to = kFarFuture;

  bool operator==(const DateRange&) const = default;
  bool empty() const { return to <= from; }
  int32_t days() const { return empty() ? 0 : to - from; }
  bool contains(Date d) const { return from <= d && d < to; }
  Date last() const { return to - 1; }
  DateRange intersect(DateRange o) const { return {from > o.from ? from : o.from, to < o.to ? to : o.to}; }
  bool overlaps(DateRange o) const { return !intersect(o).empty(); }
};

}  // namespace hr
