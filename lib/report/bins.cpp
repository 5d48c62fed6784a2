#include "report/bins.h"

#include "base/wide.h"

namespace hr::report {

int64_t bin_width(Figure least, Figure most) {
  constexpr int64_t kMostBins = 12;
  for (int64_t power = 1;; power *= 10) {
    for (const int64_t step : {1, 2, 5}) {
      const int64_t width = step * power;
      if (Wide{most.nano / width} - least.nano / width < kMostBins - 1) return width;
    }
  }
}

int64_t bin_of(Figure figure, int64_t width) {
  return figure.nano / width - (figure.nano % width < 0 ? 1 : 0);
}

std::optional<Decimal> bin_edge(int64_t bin, int64_t width) {
  return multiply(make_decimal(bin), Figure{width}.decimal());
}

}  // namespace hr::report
