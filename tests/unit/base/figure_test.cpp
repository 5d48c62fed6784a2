#include "base/figure.h"

#include <doctest/doctest.h>

#include <limits>

using hr::Figure;

TEST_CASE("snapping brings what arithmetic means to be at the line to the line") {
  const double progress = (4.1 - 2.0) / (5.0 - 2.0);  // 0.6999999999999998 in doubles
  CHECK(progress < 0.7);
  CHECK(hr::snap(progress) == Figure{700'000'000});
  CHECK(hr::snap(progress)->decimal() == hr::Decimal{7, 1});
}

TEST_CASE("a mean of two figures that is a tie goes away from zero, as exact arithmetic has it") {
  // (36.087953305 + 72.222222222) / 2 = 54.1550877635; in doubles it falls short by 7e-15
  const double mean = (50 * 36.087953305 + 50 * 72.222222222) / (50 + 50);
  CHECK(hr::snap(mean) == Figure{54'155'087'764});
  CHECK(hr::snap(-mean) == Figure{-54'155'087'764});
  CHECK(hr::snap(54.1550877634) == Figure{54'155'087'763});
  CHECK(hr::snap(54.1550877636) == Figure{54'155'087'764});
}

TEST_CASE("a figure rounds half away from zero") {
  CHECK(hr::round_half_away(*hr::snap(2.345), 2) == Figure{2'350'000'000});
  CHECK(hr::round_half_away(*hr::snap(-2.345), 2) == Figure{-2'350'000'000});
  CHECK(hr::round_half_away(*hr::snap(89.995), 2) == hr::make_figure(90));
  CHECK(hr::round_half_away(Figure{-500'000'000}, 0) == hr::make_figure(-1));
  CHECK(hr::round_half_away(Figure{499'999'999}, 0) == hr::make_figure(0));
  CHECK(hr::round_half_away(Figure{-499'999'999}, 0) == hr::make_figure(0));
  CHECK(hr::round_half_away(Figure{123'456'789}, 9) == Figure{123'456'789});
  CHECK(hr::round_half_away(Figure{9'199'999'999'500'000'000}, 0) == hr::make_figure(9'200'000'000));
}

TEST_CASE("what is no figure is none") {
  CHECK_FALSE(hr::snap(std::numeric_limits<double>::quiet_NaN()));
  CHECK_FALSE(hr::snap(std::numeric_limits<double>::infinity()));
  CHECK_FALSE(hr::snap(9.2e9));
  CHECK_FALSE(hr::snap(-9.2e9));
  CHECK(hr::snap(9.19e9) == hr::make_figure(9'190'000'000));
  CHECK(hr::snap(-0.0) == Figure{0});
  CHECK(hr::snap(4e-10) == Figure{0});
  CHECK(hr::snap(6e-10) == Figure{1});
}

TEST_CASE("a figure is the canonical decimal of its nine places") {
  for (int64_t nano = 1; nano <= 1'000'000'000'000; nano *= 10) {
    for (const int64_t n : {nano, -nano, 7 * nano, nano + 1, nano - 1, nano + 1'000'000'000})
      CHECK(hr::Figure{n}.decimal() == hr::make_decimal(n, 9));
  }
}
