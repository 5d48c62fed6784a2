#include "ingest/quick_values.h"

namespace hr::ingest {

// Whether the month has a 29th, 30th or 31st.
static bool has_day(unsigned year, unsigned month, unsigned day) {
  if (month != 2) return day <= 30U + ((month ^ month >> 3U) & 1U);
  return day == 29 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool quick_day(std::string_view text, int32_t& days) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  unsigned wrong = 0;
  const auto digits = [&](size_t from, size_t n) {
    unsigned value = 0;
    for (size_t i = from; i < from + n; ++i) {
      const auto d = static_cast<unsigned>(static_cast<unsigned char>(text[i])) - '0';
      wrong |= d > 9 ? 1U : 0U;
      value = value * 10 + d;
    }
    return value;
  };
  const unsigned year = digits(0, 4);
  const unsigned month = digits(5, 2);
  const unsigned day = digits(8, 2);
  if (wrong != 0 || year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1) return false;
  if (day > 28 && !has_day(year, month, day)) return false;
  // Days of the civil calendar, years beginning in March.
  const unsigned y = month <= 2 ? year - 1 : year;
  const unsigned m = month <= 2 ? month + 9 : month - 3;
  const unsigned of_year = (153 * m + 2) / 5 + day - 1;
  days = static_cast<int32_t>(y * 365 + y / 4 - y / 100 + y / 400 + of_year) - 719468;
  return true;
}

bool quick_decimal(std::string_view text, Decimal& out) {
  const char* p = text.data();
  const char* const end = p + text.size();
  if (text.size() > 16) return false;
  const bool negative = p != end && *p == '-';
  if (negative) ++p;
  const char* const begin = p;
  int64_t value = 0;
  const char* point = nullptr;
  for (; p != end; ++p) {
    const auto d = static_cast<unsigned>(static_cast<unsigned char>(*p)) - '0';
    if (d <= 9)
      value = value * 10 + static_cast<int64_t>(d);
    else if (*p == '.' && point == nullptr)
      point = p;
    else
      return false;
  }
  const auto digits = end - begin - (point != nullptr ? 1 : 0);
  if (digits == 0 || digits > 15) return false;
  auto scale = static_cast<int32_t>(point != nullptr ? end - point - 1 : 0);
  for (; scale > 0 && value % 10 == 0; --scale) value /= 10;
  out = {negative ? -value : value, scale};
  return true;
}

}  // namespace hr::ingest
