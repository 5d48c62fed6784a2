#include "property/properties.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <rapidcheck/detail/TestListenerAdapter.h>

#include <array>
#include <cstdlib>
#include <numeric>
#include <sstream>

namespace hr {

static void showValue(Decimal value, std::ostream& out) {  // NOLINT: rapidcheck looks for this name
  out << to_string(value);
}

}  // namespace hr

namespace property {

namespace {

using hr::Decimal;
using hr::make_decimal;
using Numbers = rc::Gen<Decimal>;

constexpr const char* kSeed = "seed=20250131";  // any will do, as long as it stays

rc::detail::Configuration configuration(int cases) {
  const char* given = std::getenv("RC_PARAMS");
  rc::detail::Configuration defaults;
  defaults.testParams.maxSuccess = cases;
  return rc::detail::configFromString(given != nullptr ? given : kSeed, defaults);
}

// rapidcheck draws from a part of a range when the size is small: here always from all of it.
rc::Gen<int64_t> range(int64_t least, int64_t most) {
  return rc::gen::resize(rc::kNominalSize, rc::gen::inRange<int64_t>(least, most + 1));
}

// 0, 1, −1, 2, −2 …: shrinks to 0.
int64_t with_sign(int64_t n) {
  return n % 2 != 0 ? -(n / 2) - 1 : n / 2;
}

Numbers decimals(int64_t most_unscaled, int scale) {
  return rc::gen::map(range(0, 2 * most_unscaled), [scale](int64_t n) { return make_decimal(with_sign(n), scale); });
}

// A step or two of 1e-9 beside a whole number.
Numbers beside_whole(int64_t most) {
  return rc::gen::map(range(0, 10 * most + 4),
                      [](int64_t n) { return make_decimal(with_sign(n / 5) * 1'000'000'000 + n % 5 - 2, 9); });
}

Numbers any_number() {
  return rc::gen::weightedOneOf<Decimal>({{1, rc::gen::just(Decimal{})},
                                          {4, decimals(10, 0)},
                                          {3, decimals(100'000, 2)},
                                          {2, beside_whole(200)},
                                          {1, decimals(1'000, 18)},
                                          {2, decimals(1'000'000'000'000, 9)},
                                          {1, decimals(400'000'000'000'000'000, 1)}});
}

}  // namespace

void for_all(int cases, const std::function<void()>& body) {
  const rc::detail::Configuration config = configuration(cases);
  rc::detail::TestMetadata test;
  test.id = doctest::getContextOptions()->currentTest->m_name;
  test.description = test.id;
  rc::detail::TestListenerAdapter listener;
  const auto result =
      rc::detail::checkProperty(rc::detail::toProperty(body), test, config.testParams, listener, config.reproduce);
  rc::detail::SuccessResult success;
  if (result.match(success)) {
    CHECK(success.numSuccess > 0);
    return;
  }
  std::ostringstream out;
  rc::detail::printResultMessage(result, out);
  FAIL_CHECK(out.str() << "\n\nAgain: RC_PARAMS=\"" << rc::detail::configToMinimalString(config) << "\"");
}

int64_t whole(const char* name, int64_t least, int64_t most) {
  return *range(least, most).as(name);
}

bool coin(const char* name) {
  return whole(name, 0, 1) == 1;
}

Decimal number(const char* name) {
  return *any_number().as(name);
}

Decimal positive(const char* name) {
  const Numbers above = rc::gen::map(any_number(), [](Decimal d) {
    return d.unscaled == 0 ? make_decimal(1) : Decimal{std::abs(d.unscaled), d.scale};
  });
  return *above.as(name);
}

Decimal moderate(const char* name, int64_t most, int scale) {
  int64_t unit = 1;
  for (int i = 0; i < scale; ++i) unit *= 10;
  if (scale < 9)
    return *rc::gen::weightedOneOf<Decimal>({{1, decimals(most, 0)}, {2, decimals(most * unit, scale)}}).as(name);
  return *rc::gen::weightedOneOf<Decimal>({{3, decimals(most, 0)},
                                           {2, decimals(most * 100, 2)},
                                           {2, beside_whole(most)},
                                           {2, decimals(most * unit, scale)}})
              .as(name);
}

std::vector<Decimal> weights(const char* name, size_t n) {
  std::vector<int64_t> parts;
  for (size_t i = 0; i < n; ++i) parts.push_back(whole(name, 0, 4) == 0 ? 0 : whole(name, 1, 60));
  const int64_t sum = std::accumulate(parts.begin(), parts.end(), int64_t{0});
  if (sum == 0) parts[0] = 1;
  const int64_t whole_sum = one_of<int64_t>(name, {0, 100, 1'000});  // in finer ones snap() takes a near tie for one
  if (whole_sum != 0 && sum > 0) {                                   // percent, or with two decimals
    int64_t left = whole_sum;
    for (size_t i = 1; i < n; ++i) left -= parts[i] = parts[i] * whole_sum / sum;
    parts[0] = left;
  }
  const int scale = one_of(name, {0, 2, 1, 4});
  std::vector<Decimal> out;
  for (const int64_t p : parts) out.push_back(make_decimal(p, scale));
  return out;
}

std::vector<hr::Figure> figures(const char* name, size_t n) {
  std::vector<hr::Figure> out;
  for (size_t i = 0; i < n; ++i) {
    const int64_t kind = out.empty() ? 2 : whole(name, 0, 3);
    const int64_t before = out.empty() ? 0 : out[static_cast<size_t>(whole(name, 0, static_cast<int64_t>(i) - 1))].nano;
    const int64_t nano = kind == 0   ? before
                         : kind == 1 ? before + whole(name, 0, 2)
                         : kind == 2 ? whole(name, 0, 150) * 1'000'000'000
                                     : whole(name, 0, 150'000'000'000);
    out.push_back({nano});
  }
  return out;
}

std::vector<size_t> order(const char* name, size_t n) {
  std::vector<size_t> out(n);
  std::iota(out.begin(), out.end(), size_t{0});
  for (size_t i = 0; i + 1 < n; ++i) {
    std::swap(out[i], out[i + static_cast<size_t>(whole(name, 0, static_cast<int64_t>(n - i) - 1))]);
  }
  return out;
}

std::string text(double x) {
  std::array<char, 40> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.17g", x);
  return buffer.data();
}

void fail(const char* file, int line, const std::string& what) {
  std::ostringstream out;
  out << file << ':' << line << ":\n" << what;
  throw rc::detail::CaseResult(rc::detail::CaseResult::Type::Failure, out.str());
}

}  // namespace property
