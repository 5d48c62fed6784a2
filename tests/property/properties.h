// Properties: what holds for every input, not only for the cases somebody thought of. rapidcheck makes the inputs and
// looks for the smallest that fails. Only properties.cpp includes it: its headers cost more time than all properties.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.h"
#include "base/figure.h"

namespace property {

// Runs `body` `cases` times. What it draws with the functions below is the input. A failure prints the smallest input
// found and the RC_PARAMS that make it again. The inputs are the same every time, unless RC_PARAMS says otherwise
// ("seed=7", "seed=7 max_success=10000").
void for_all(int cases, const std::function<void()>& body);

// Every name is printed with what was drawn.
int64_t whole(const char* name, int64_t least, int64_t most);  // inclusive; shrinks to `least`
bool coin(const char* name);
// Of any size and sign, and those that break things: 0, ties, a step of 1e-9 beside round numbers, 1e-18, 1e17.
hr::Decimal number(const char* name);
hr::Decimal positive(const char* name);
// ± most, with at most `decimals` decimals; often round, often a step of 1e-9 beside (where decimals is 9).
hr::Decimal moderate(const char* name, int64_t most, int decimals);
// Weights as people write them: they add up to 100, to 1 or to neither, some are 0, not all.
std::vector<hr::Decimal> weights(const char* name, size_t n);
// Figures from 0 to 150 with ties and near ties.
std::vector<hr::Figure> figures(const char* name, size_t n);
// 0 … n − 1 in any order.
std::vector<size_t> order(const char* name, size_t n);

template <class T>
T one_of(const char* name, std::initializer_list<T> values) {
  return values.begin()[whole(name, 0, static_cast<int64_t>(values.size()) - 1)];
}
template <class T>
std::vector<T> in_order(const std::vector<T>& values, const std::vector<size_t>& order) {
  std::vector<T> out;
  for (const size_t i : order) out.push_back(values[i]);
  return out;
}

inline std::string text(const std::string& s) {
  return s;
}
inline std::string text(hr::Decimal d) {
  return to_string(d);
}
inline std::string text(hr::Figure f) {
  return to_string(f.decimal());
}
inline std::string text(const hr::OptionalFigure& f) {
  return f ? text(*f) : "none";
}
std::string text(double x);  // all 17 digits
template <class T>
requires std::is_integral_v<T> std::string text(T n) {
  return std::to_string(n);
}
template <class T>
std::string text(const std::optional<T>& x) {
  return x ? text(*x) : "none";
}

// Ends the case that runs.
[[noreturn]] void fail(const char* file, int line, const std::string& what);

}  // namespace property

#define HOLDS(expression) ((expression) ? void() : property::fail(__FILE__, __LINE__, #expression))
#define SAME(a, b) \
  ((a) == (b)      \
       ? void()    \
       : property::fail(__FILE__, __LINE__, #a " == " #b ": " + property::text(a) + " and " + property::text(b)))
#define AT_MOST(a, b) \
  ((a) <= (b)         \
       ? void()       \
       : property::fail(__FILE__, __LINE__, #a " <= " #b ": " + property::text(a) + " and " + property::text(b)))
