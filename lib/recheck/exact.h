// Exact rational numbers, as large as they get: what a check computes in, so that a tie at the ninth decimal is one.
#pragma once

#include <compare>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct bignum_st;

namespace hr::recheck {

class Exact {
 public:
  Exact(int64_t whole = 0);  // NOLINT(google-explicit-constructor): 100 * x reads as it is meant
  Exact(const Exact& o);
  Exact(Exact&& o) noexcept;
  Exact& operator=(Exact o) noexcept;
  ~Exact();

  // [-]digits[.digits], of any length; else none.
  static std::optional<Exact> parse(std::string_view text);

  Exact operator+(const Exact& o) const;
  Exact operator-(const Exact& o) const;
  Exact operator*(const Exact& o) const;
  Exact operator/(const Exact& o) const;  // o is not zero
  Exact operator-() const;
  Exact& operator+=(const Exact& o) { return *this = *this + o; }
  std::strong_ordering operator<=>(const Exact& o) const;
  bool operator==(const Exact& o) const { return (*this <=> o) == 0; }

  bool is_zero() const;
  double to_double() const;  // near enough to judge an error by
  // Half away from zero at so many decimals, without trailing zeros: "0.7".
  std::string text(int decimals) const;
  Exact rounded(int decimals) const;

 private:
  void reduce();
  struct bignum_st* numerator_;
  struct bignum_st* denominator_;  // above 0
};

inline Exact abs(const Exact& x) {
  return x < Exact() ? -x : x;
}

}  // namespace hr::recheck
