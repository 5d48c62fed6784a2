// Numbers and dates in texts, for literals, for double() and for attributes that are compared with numbers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hr::expr {

inline constexpr double kMaxWhole = 9007199254740992.0;  // 2^53: up to here doubles hold every whole number

// [+-]digits[.digits][e[+-]digits], digits may be missing on one side of the point; the whole text and nothing else.
// None when it is not a number or not finite as a double; what is too small becomes 0.
std::optional<double> parse_number(std::string_view text);
// The shortest text that gives the number back: 3, 0.1, 1e+21.
std::string number_text(double value);
// Half away from zero at `decimals` (0..9) places, of the decimal that the double stands for: 1.005 gives 1.01.
double round_number(double value, int decimals);

}  // namespace hr::expr
