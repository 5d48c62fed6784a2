#include "base/period.h"

namespace hr {

static Date first_of_month(int year, int month) {
  while (month > 12) {
    month -= 12;
    ++year;
  }
  if (year > 9999) return kFarFuture + 1;  // the day after the last there is: ends the periods of 9999
  return *make_date(year, month, 1);
}

static int months_of(PeriodKind kind) {
  switch (kind) {
    case PeriodKind::month:
      return 1;
    case PeriodKind::quarter:
      return 3;
    case PeriodKind::half:
      return 6;
    case PeriodKind::year:
      return 12;
    case PeriodKind::day:
    case PeriodKind::week:
      break;
  }
  return 0;
}

// Monday = 0 … Sunday = 6; 1970-01-01 was a Thursday.
static int weekday(Date d) {
  return ((d.days + 3) % 7 + 7) % 7;
}

DateRange Period::range() const {
  if (kind == PeriodKind::day) return {from, from + 1};
  if (kind == PeriodKind::week) return {from, from + 7};
  const CivilDate c = civil(from);
  return {from, first_of_month(c.year, c.month + months_of(kind))};
}

Period period_containing(Date day, PeriodKind kind) {
  if (kind == PeriodKind::day) return {kind, day};
  if (kind == PeriodKind::week) return {kind, day - weekday(day)};
  const CivilDate c = civil(day);
  const int n = months_of(kind);
  return {kind, first_of_month(c.year, (c.month - 1) / n * n + 1)};
}

std::vector<Period> periods_of(DateRange range, PeriodKind kind) {
  std::vector<Period> out;
  if (range.empty()) return out;
  for (Period p = period_containing(range.from, kind); p.from < range.to; p = period_containing(p.range().to, kind)) {
    out.push_back(p);
  }
  return out;
}

static std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return digits.empty() ? std::nullopt : std::optional<int>{value};
}

std::optional<Period> parse_period(std::string_view text) {
  if (text.size() == 10) {
    const auto day = parse_date(text);
    return day ? std::optional<Period>{{PeriodKind::day, *day}} : std::nullopt;
  }
  if (text.size() < 4 || text.size() > 8) return std::nullopt;
  const auto year = number(text.substr(0, 4));
  if (!year || *year < 1) return std::nullopt;
  std::string_view rest = text.substr(4);
  if (rest.empty()) return Period{PeriodKind::year, first_of_month(*year, 1)};
  if (rest[0] == '-')
    rest.remove_prefix(1);
  else if (rest[0] != 'Q' && rest[0] != 'H')
    return std::nullopt;
  if (rest.size() == 2 && (rest[0] == 'Q' || rest[0] == 'H')) {
    const int n = rest[1] - '0';
    const bool quarter = rest[0] == 'Q';
    if (n < 1 || n > (quarter ? 4 : 2)) return std::nullopt;
    return Period{quarter ? PeriodKind::quarter : PeriodKind::half,
                  first_of_month(*year, (n - 1) * (quarter ? 3 : 6) + 1)};
  }
  if (rest.size() == 3 && rest[0] == 'W') {
    const auto week = number(rest.substr(1));
    if (!week || *week < 1 || *week > 53) return std::nullopt;
    const Date fourth = *make_date(*year, 1, 4);  // ISO 8601: week 1 holds the fourth of January
    const Date monday = fourth - weekday(fourth) + (*week - 1) * 7;
    if (civil(monday + 3).year != *year) return std::nullopt;
    return Period{PeriodKind::week, monday};
  }
  if (rest.size() == 2) {
    const auto month = number(rest);
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    return Period{PeriodKind::month, first_of_month(*year, *month)};
  }
  return std::nullopt;
}

std::string to_string(const Period& period) {
  const CivilDate c = civil(period.from);
  const std::string day = to_string(period.from);
  const std::string year = day.substr(0, 4);
  switch (period.kind) {
    case PeriodKind::day:
      return day;
    case PeriodKind::month:
      return day.substr(0, 7);
    case PeriodKind::quarter:
      return year + "Q" + std::to_string((c.month - 1) / 3 + 1);
    case PeriodKind::half:
      return year + "H" + std::to_string((c.month - 1) / 6 + 1);
    case PeriodKind::year:
      return year;
    case PeriodKind::week:
      break;
  }
  const int iso_year = civil(period.from + 3).year;
  const Date fourth = *make_date(iso_year, 1, 4);
  const int week = (period.from - (fourth - weekday(fourth))) / 7 + 1;
  return to_string(*make_date(iso_year, 1, 1)).substr(0, 4) + "-W" + (week < 10 ? "0" : "") + std::to_string(week);
}

}  // namespace hr
