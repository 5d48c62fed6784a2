// A program of somebody else's over the installed library: KPI 90 with weight 60 and OKR 50 with weight 40 are 74.
#include <array>
#include <cstdio>

#include "base/decimal.h"
#include "model/definitions.h"

int main() {
  const std::array<hr::Decimal, 2> parts{*hr::multiply(hr::make_decimal(90), hr::Decimal{6, 1}),
                                         *hr::multiply(hr::make_decimal(50), hr::Decimal{4, 1})};
  const hr::model::Definitions none;
  std::puts(none.find_kpi("revenue") ? "?" : hr::to_fixed(*hr::sum(parts), 2).c_str());
}
