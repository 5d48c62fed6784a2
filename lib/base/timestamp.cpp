#include "base/timestamp.h"

namespace hr {

static constexpr int64_t kSecond = 1'000'000;
static constexpr int64_t kDay = 86'400 * kSecond;

static int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

Date date_of(int64_t microseconds) {
  return Date{static_cast<int32_t>(floor_div(microseconds, kDay))};
}

static std::string digits(int64_t value, int width) {
  std::string text = std::to_string(value);
  return std::string(static_cast<size_t>(width) - text.size(), '0') + text;
}

std::string to_iso_timestamp(int64_t microseconds) {
  const Date day = date_of(microseconds);
  const int64_t rest = microseconds - day.days * kDay;
  const int64_t second = rest / kSecond;
  return to_string(day) + "T" + digits(second / 3600, 2) + ":" + digits(second / 60 % 60, 2) + ":" +
         digits(second % 60, 2) + "." + digits(rest % kSecond, 6) + "Z";
}

// A number of exactly two digits below `limit` at `pos`.
static std::optional<int64_t> two_digits(std::string_view text, size_t pos, int limit) {
  const auto digit = [&](size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
  if (!digit(pos) || !digit(pos + 1)) return std::nullopt;
  const int value = (text[pos] - '0') * 10 + (text[pos + 1] - '0');
  return value < limit ? std::optional<int64_t>(value) : std::nullopt;
}

std::optional<int64_t> parse_timestamp(std::string_view text) {
  const auto day = parse_date(text.substr(0, 10));
  if (!day) return std::nullopt;
  if (text.size() == 10) return (day->days + int64_t{1}) * kDay - 1;
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z')
    return std::nullopt;
  const auto hour = two_digits(text, 11, 24);
  const auto minute = two_digits(text, 14, 60);
  const auto second = two_digits(text, 17, 60);
  if (!hour || !minute || !second) return std::nullopt;
  int64_t micro = 0;
  if (text.size() > 20) {
    const std::string_view fraction = text.substr(20, text.size() - 21);
    if (text[19] != '.' || fraction.empty() || fraction.size() > 6) return std::nullopt;
    for (size_t i = 0; i < 6; ++i) {
      const char c = i < fraction.size() ? fraction[i] : '0';
      if (c < '0' || c > '9') return std::nullopt;
      micro = micro * 10 + (c - '0');
    }
  }
  return day->days * kDay + ((*hour * 60 + *minute) * 60 + *second) * kSecond + micro;
}

}  // namespace hr
