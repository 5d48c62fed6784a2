// Numbers: figures and decimals, how they round, read and print; and the number
// texts of explanations and expressions.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "expr/expr.h"
#include "property/properties.h"
#include "scoring/difference.h"
#include "scoring/trace.h"

using namespace hr;
using namespace property;

namespace {

__extension__ using Wide = __int128;

// Any of at most 18 digits.
Decimal any_decimal(const char* name) {
  if (coin(name)) return number(name);
  constexpr int64_t kMost = 999'999'999'999'999'999;
  const int64_t unscaled = whole(name, 0, kMost);
  return make_decimal(coin(name) ? -unscaled : unscaled, static_cast<int32_t>(whole(name, 0, 18)));
}

Decimal negative_of(Decimal d) {
  return {-d.unscaled, d.scale};
}

Wide power_of_ten(int n) {
  Wide p = 1;
  while (n-- > 0) p *= 10;
  return p;
}

// n / d, half away from zero; d > 0.
Wide divided(Wide n, Wide d) {
  const Wide twice = 2 * (n < 0 ? -n : n) + d;
  return n < 0 ? -(twice / (2 * d)) : twice / (2 * d);
}

}  // namespace

TEST_CASE("snap: what is snapped stays, also at the ninth decimal") {
  for_all(500, [] {
    const int64_t nano = whole("nano", 0, 1'000'000'000'000'000);
    const Figure f{coin("negative") ? -nano : nano};
    SAME(snap(f.value()), std::optional(f));
    SAME(snap(f.decimal().to_double()), std::optional(f));
  });
}

namespace {

// The greatest n for which the double nearest to 10^n is not above x.
int plain_exponent(double x) {
  int n = 30;
  while (std::stod("1e" + std::to_string(n)) > x) --n;
  return n;
}

// As it was first written, with the library's rounding.
std::optional<Figure> plain_snap(double x) {
  if (!(x > -kFigureLimit && x < kFigureLimit)) return std::nullopt;
  const double scaled = std::abs(x) * 1e9;
  const double slack = scaled * (4 * std::numeric_limits<double>::epsilon());
  const double short_of_tie = 0.5 - (scaled - std::floor(scaled));
  auto nano = static_cast<int64_t>(std::llround(scaled));
  if (short_of_tie > 0 && short_of_tie <= slack && slack < 0.25) ++nano;
  return Figure{x < 0 ? -nano : nano};
}

}  // namespace

TEST_CASE("snap: without the library's rounding it is the same") {
  for_all(3000, [] {
    double x = number("x").to_double();
    if (coin("tie")) x = (static_cast<double>(whole("nano", 0, 1'000'000'000'000)) + 0.5) / 1e9;
    for (int64_t steps = whole("steps", 0, 5); steps > 0; --steps) x = std::nextafter(x, coin("up") ? 1e300 : -1e300);
    SAME(snap(x), plain_snap(x));
    SAME(snap(-x), plain_snap(-x));
  });
}

TEST_CASE("differences are rounded at the 15th digit of the larger") {
  for_all(3000, [] {
    double x = std::pow(10.0, static_cast<double>(whole("power", 0, 22)) - 8) * moderate("times", 9, 3).to_double();
    for (int64_t steps = whole("steps", 0, 3); steps > 0; --steps) x = std::nextafter(x, coin("up") ? 1e300 : 0);
    if (x > 1e-8 && x < 1e15) SAME(scoring::exponent_of(x), plain_exponent(x));
  });
  // 15 digits hold, whatever is taken away; a logarithm would take the first
  // two for one digit more.
  SAME(scoring::difference(999'999'999'999'999, 0.5), 999'999'999'999'999);
  SAME(scoring::difference(99'999'999'999'999.9, 0), 99'999'999'999'999.9);
  SAME(scoring::difference(100'000'000.1, 100'000'000), 0.1);
  SAME(scoring::difference(-0.3, -0.1), -0.2);
}

TEST_CASE(
    "snap: odd, monotone, never further than half a unit, none beyond "
    "its range") {
  for_all(500, [] {
    const double x = number("x").to_double() / positive("d").to_double();
    const double y =
        coin("near") ? x + 1e-9 * static_cast<double>(whole("steps", 0, 20)) / 10 : number("y").to_double();
    const auto a = snap(x);
    const auto b = snap(y);
    SAME(a.has_value(), std::abs(x) < kFigureLimit);
    if (!a || !b) return;
    SAME(snap(-x)->nano, -a->nano);
    HOLDS(x <= y ? *a <= *b : *a >= *b);
    AT_MOST(std::abs(a->value() - x), 0.5e-9 + std::abs(x) * 1e-15);
  });
  CHECK(!snap(std::nan("")));
  CHECK(!snap(INFINITY));
  CHECK(!snap(-INFINITY));
}

TEST_CASE(
    "snap: a weighted mean of figures has the ninth decimal of exact "
    "arithmetic, also where that is a tie") {
  for_all(1000, [] {
    const auto n = static_cast<size_t>(whole("n", 1, 4));
    const std::vector<Figure> f = figures("figure", n);
    double sum = 0;
    double weight = 0;
    Wide exact = 0;
    int64_t total = 0;
    for (size_t i = 0; i < n; ++i) {
      const int64_t w = whole("weight", 1, 100);
      sum += static_cast<double>(w) * f[i].value();
      weight += static_cast<double>(w);
      exact += Wide{w} * f[i].nano;
      total += w;
    }
    SAME(snap(sum / weight)->nano, static_cast<int64_t>(divided(exact, total)));
  });
}

TEST_CASE(
    "rounding figures and rounding decimals is one thing: odd, "
    "idempotent, monotone, half a unit at most") {
  for_all(500, [] {
    const Figure f = *snap(moderate("f", 1'000'000, 9).to_double());
    const Figure g{f.nano + whole("more", 0, 1'000'000'000)};
    const int places = static_cast<int>(whole("places", 0, 9));
    const Figure r = round_half_away(f, places);
    SAME(r.decimal(), round_half_away(f.decimal(), places));
    SAME(r, round_half_away(r, places));
    SAME(round_half_away(Figure{-f.nano}, places).nano, -r.nano);
    AT_MOST(r, round_half_away(g, places));
    const auto unit = static_cast<int64_t>(power_of_ten(9 - places));
    SAME(r.nano, static_cast<int64_t>(divided(f.nano, unit) * unit));
  });
}

TEST_CASE("decimals: text and back, with zeros, signs and a point more") {
  for_all(500, [] {
    const Decimal d = any_decimal("d");
    const std::string s = to_string(d);
    SAME(parse_decimal(s), std::optional(d));
    const bool minus = s[0] == '-';
    const std::string digits = minus ? s.substr(1) : s;
    const bool point = digits.find('.') != std::string::npos;
    const std::string longer = (minus ? "-" : "+") + std::string("00") + digits + (point ? "000" : ".");
    SAME(parse_decimal(longer), std::optional(d));
    SAME(d.to_double(), std::strtod(s.c_str(), nullptr));
    HOLDS(d.scale == 0 || d.unscaled % 10 != 0);
    HOLDS(!parse_decimal(s + "e1"));
    HOLDS(!parse_decimal(s + " "));
  });
}

TEST_CASE("decimals: order is that of the numbers") {
  for_all(500, [] {
    const Decimal a = any_decimal("a");
    const Decimal b = coin("near") ? make_decimal(a.unscaled + whole("step", 0, 2) - 1, a.scale) : any_decimal("b");
    const Wide x = Wide{a.unscaled} * power_of_ten(18 - a.scale);
    const Wide y = Wide{b.unscaled} * power_of_ten(18 - b.scale);
    HOLDS((a < b) == (x < y));
    HOLDS((a == b) == (x == y));
    HOLDS((a <=> b) == (0 <=> (b <=> a)));
    if (a < b) AT_MOST(a.to_double(), b.to_double());
  });
}

TEST_CASE("decimals: sums and products obey the laws of numbers where they fit") {
  for_all(500, [] {
    const Decimal a = number("a");
    const Decimal b = number("b");
    const Decimal c = number("c");
    const auto sum_of = add(a, b);
    SAME(sum_of, add(b, a));
    SAME(multiply(a, b), multiply(b, a));
    SAME(multiply(a, make_decimal(1)), std::optional(a));
    if (sum_of) SAME(add(*sum_of, negative_of(b)), std::optional(a));
    const auto ab = multiply(a, b);
    const auto ac = multiply(a, c);
    const auto together = add(b, c);
    const auto product = together ? multiply(a, *together) : std::nullopt;
    const auto parts = ab && ac ? add(*ab, *ac) : std::nullopt;
    if (product && parts) SAME(*product, *parts);
    const std::vector<Decimal> all{a, b, c};
    const auto total = sum(all);
    const auto other = sum(in_order(all, order("order", 3)));
    if (total && other) SAME(*total, *other);  // a part sum may not fit
  });
}

TEST_CASE(
    "decimals: rounding is half away from zero and prints as many places "
    "as asked") {
  for_all(500, [] {
    const Decimal d = any_decimal("d");
    const int places = static_cast<int>(whole("places", 0, 18));
    const Decimal r = round_half_away(d, places);
    SAME(r, round_half_away(r, places));
    SAME(round_half_away(negative_of(d), places), negative_of(r));
    const std::string fixed = to_fixed(d, places);
    SAME(parse_decimal(fixed), std::optional(r));
    const size_t point = fixed.find('.');
    SAME(point == std::string::npos ? 0 : fixed.size() - point - 1, static_cast<size_t>(places));
    const Wide unit = power_of_ten(18 - places);
    HOLDS(r.unscaled * power_of_ten(18 - r.scale) / unit == divided(d.unscaled * power_of_ten(18 - d.scale), unit));
  });
}

TEST_CASE("explanations print numbers of up to 15 digits as they were written") {
  for_all(500, [] {
    const int64_t unscaled = whole("unscaled", 0, 999'999'999'999'999);
    const Decimal d =
        make_decimal(coin("negative") ? -unscaled : unscaled, static_cast<int32_t>(whole("scale", 0, 18)));
    SAME(scoring::exact_text(d.to_double()), to_string(d));
    const double any = number("n").to_double() / positive("by").to_double();
    const double read = std::strtod(scoring::exact_text(any).c_str(), nullptr);
    AT_MOST(std::abs(read - any), std::abs(any) * 1e-14);
  });
}

TEST_CASE("expressions read the numbers that decimals print") {
  for_all(200, [] {
    const Decimal d = number("d");
    const std::string s = to_string(d);
    Diagnostics diagnostics;
    expr::Schema schema;
    schema.fields.push_back({"x", expr::Type::number});
    const auto program = expr::compile(s, schema, expr::Type::number, SourceSpan{}, diagnostics);
    SAME(program.has_value(), d.scale > 0 || std::abs(d.unscaled) <= int64_t{1} << 53);  // beyond, refused
    if (!program) return;
    SAME(program->evaluate({}, 1).numbers[0], d.to_double());
    const auto equal = expr::compile("x == " + s, schema, expr::Type::boolean, SourceSpan{}, diagnostics);
    HOLDS(equal && diagnostics.empty());
    const double x = d.to_double();
    expr::ColumnView column;
    column.type = expr::Type::number;
    column.numbers = {&x, 1};
    HOLDS(equal->evaluate({&column, 1}, 1).booleans[0] == 1);
  });
}
