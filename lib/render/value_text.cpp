#include "render/value_text.h"

#include <array>
#include <cassert>
#include <cstdint>
#include <cstring>

#include "base/date.h"

namespace hr::render {

namespace {

constexpr int kMostPlaces = 18;

constexpr std::array<uint64_t, 20> kPow10 = [] {
  std::array<uint64_t, 20> p{1};
  for (size_t i = 1; i < p.size(); ++i) p[i] = p[i - 1] * 10;
  return p;
}();

// "00" "01" … "99"
constexpr std::array<char, 200> kPairs = [] {
  std::array<char, 200> pairs{};
  for (size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

int digits_of(uint64_t value) {
  int n = 1;
  while (n < 20 && value >= kPow10[static_cast<size_t>(n)]) ++n;
  return n;
}

// The last `digits` digits of `value`, with zeros before it.
char* write_digits(char* to, uint64_t value, int digits) {
  char* const end = to + digits;
  for (char* at = end; at - to >= 2; value /= 100) {
    at -= 2;
    std::memcpy(at, &kPairs[2 * (value % 100)], 2);
  }
  if (digits % 2 != 0) *to = static_cast<char>('0' + value % 10);
  return end;
}

// The digits of a number below 1,000.
struct Digits {
  std::array<char, 3> digits{};
  char size = 0;
};

// By number; with zeros before it, or without.
constexpr std::array<Digits, 1'000> all_digits(bool padded) {
  std::array<Digits, 1'000> all{};
  for (size_t i = 0; i < all.size(); ++i) {
    for (size_t unit = padded || i >= 100 ? 100 : i >= 10 ? 10 : 1; unit > 0; unit /= 10)
      all[i].digits[static_cast<size_t>(all[i].size++)] = static_cast<char>('0' + i / unit % 10);
  }
  return all;
}
constexpr auto kThree = all_digits(true);
constexpr auto kFirst = all_digits(false);

// What almost all figures are: below 1,000, of at most nine places.
constexpr int kShortPlaces = 9;
constexpr uint64_t kShortWhole = 1'000;

bool is_short(uint64_t magnitude, int scale, int places) {
  return places <= kShortPlaces && magnitude < kShortWhole * kPow10[static_cast<size_t>(scale)];
}

// Without a loop: how many digits come next, no processor foresees. All nine places are written, whatever counts.
char* write_short(char* to, uint64_t magnitude, int scale, int places) {
  constexpr uint64_t kNano = 1'000'000'000;
  const uint64_t nano = magnitude * kPow10[static_cast<size_t>(kShortPlaces - scale)];
  const uint64_t whole = nano / kNano;
  const auto rest = static_cast<uint32_t>(nano - whole * kNano);
  std::memcpy(to, &kFirst[whole], sizeof(Digits));
  to += kFirst[whole].size;
  const uint32_t thousands = rest / 1'000;
  const uint32_t millions = rest / 1'000'000;
  *to = '.';
  std::memcpy(to + 1, &kThree[millions], sizeof(Digits));
  std::memcpy(to + 4, &kThree[thousands - 1'000 * millions], sizeof(Digits));
  std::memcpy(to + 7, &kThree[rest - 1'000 * thousands], sizeof(Digits));
  return to + (places == 0 ? 0 : 1 + places);
}

}  // namespace

char* write_number(char* to, Decimal value, int decimals) {
  assert(decimals <= kMostPlaces);
  if (decimals >= 0 && value.scale > decimals) value = round_half_away(value, decimals);
  const bool negative = value.unscaled < 0;
  const auto bits = static_cast<uint64_t>(value.unscaled);
  const uint64_t magnitude = negative ? ~bits + 1 : bits;
  const int places = decimals >= 0 ? decimals : value.scale;
  *to = '-';
  to += negative ? 1 : 0;
  if (is_short(magnitude, value.scale, places)) return write_short(to, magnitude, value.scale, places);
  const uint64_t unit = kPow10[static_cast<size_t>(value.scale)];
  const uint64_t whole = value.scale == 0 ? magnitude : magnitude / unit;
  to = write_digits(to, whole, digits_of(whole));
  if (places == 0) return to;
  *to++ = '.';
  to = write_digits(to, magnitude - whole * unit, value.scale);
  for (int left = places - value.scale; left > 0; --left) *to++ = '0';
  return to;
}

char* write_date(char* to, int32_t days) {
  const CivilDate c = civil(Date{days});
  to = write_digits(to, static_cast<uint64_t>(c.year), 4);
  *to++ = '-';
  to = write_digits(to, static_cast<uint64_t>(c.month), 2);
  *to++ = '-';
  return write_digits(to, static_cast<uint64_t>(c.day), 2);
}

}  // namespace hr::render
