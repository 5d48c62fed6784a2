// A figure of a scoring stage: snapped to nine decimals, half away from zero, held as an integer of 1e-9, so that the
// next stage, and anyone with a pocket calculator, starts from exactly what is printed. See docs/spec/scoring.md.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <optional>

#include "base/decimal.h"
#include "base/decimal_scale.h"

namespace hr {

struct Figure {
  int64_t nano = 0;  // units of 1e-9; range ±9.2e9

  auto operator<=>(const Figure&) const = default;
  double value() const { return static_cast<double>(nano) / 1e9; }
  Decimal decimal() const;
};

// Most figures have eight or nine places, or two at most: those take no search for zeros. How many there are to lose
// nobody foresees: no branch asks.
inline Decimal Figure::decimal() const {
  const auto shorter = [](int64_t n, int32_t scale) -> Decimal {  // by two places at most
    const int64_t tenth = n / 10;
    const int64_t hundredth = n / 100;
    const bool by_one = n == 10 * tenth;
    const bool by_two = n == 100 * hundredth;
    return {by_two ? hundredth : by_one ? tenth : n, scale - int{by_one} - int{by_two}};
  };
  constexpr int64_t kHundredth = 10'000'000;
  if (nano % 100 != 0) return shorter(nano, 9);
  return nano % kHundredth == 0 ? shorter(nano / kHundredth, 2) : make_decimal(nano, 9);
}

inline constexpr double kFigureLimit = 9.2e9;

// None when x is not finite or beyond ±kFigureLimit: the caller states that as a reason, never as a number. A mean of
// two figures is a tie half of the time, and computed in doubles it falls a few units in the last place short of it;
// what is that near to a tie is taken as one. Of weights that come to about 1,000 units at most (100.0 in tenths) the
// ninth decimal is then that of exact arithmetic: their other means lie farther from ties. Of finer weights it may be
// one more.
inline std::optional<Figure> snap(double x) {
  if (!(x > -kFigureLimit && x < kFigureLimit)) return std::nullopt;
  const double scaled = (x < 0 ? -x : x) * 1e9;
  const double slack = scaled * (4 * std::numeric_limits<double>::epsilon());
  auto nano = static_cast<int64_t>(scaled);  // below 2^63; the rest is exact
  const double rest = scaled - static_cast<double>(nano);
  const bool near = slack < 0.25;  // beyond, doubles have no such decimals
  nano += int{rest >= 0.5} | (int{0.5 - rest <= slack} & int{near});
  return Figure{x < 0 ? -nano : nano};
}

// A figure or none, in eight bytes: for what is kept once a person. Otherwise as std::optional<Figure>; none is least.
class OptionalFigure {
 public:
  OptionalFigure() = default;
  OptionalFigure(std::nullopt_t) {}
  OptionalFigure(Figure figure) : figure_(figure) {}
  OptionalFigure(const std::optional<Figure>& figure) : figure_(figure.value_or(kNone)) {}
  operator std::optional<Figure>() const { return has_value() ? std::optional(figure_) : std::nullopt; }

  bool has_value() const { return figure_ != kNone; }
  explicit operator bool() const { return has_value(); }
  const Figure& operator*() const { return figure_; }
  const Figure* operator->() const { return &figure_; }
  Figure value_or(Figure other) const { return has_value() ? figure_ : other; }
  void reset() { figure_ = kNone; }

  auto operator<=>(const OptionalFigure&) const = default;
  bool operator==(const OptionalFigure&) const = default;
  bool operator==(const std::optional<Figure>& other) const { return figure_ == other.value_or(kNone); }
  bool operator==(Figure other) const { return figure_ == other; }

 private:
  static constexpr Figure kNone{std::numeric_limits<int64_t>::min()};  // no figure: beyond kFigureLimit
  Figure figure_ = kNone;
};

inline constexpr Figure make_figure(int64_t whole) {
  return {whole * 1'000'000'000};
}

// Half away from zero at `decimals` (0..9) places.
inline Figure round_half_away(Figure f, int decimals) {
  const int64_t unit = pow10(9 - decimals);
  const int64_t rest = f.nano % unit;
  int64_t nano = f.nano - rest;
  if (2 * rest >= unit) nano += unit;
  if (2 * rest <= -unit) nano -= unit;
  return {rest == 0 ? f.nano : nano};
}

}  // namespace hr
