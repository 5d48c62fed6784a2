#include "scoring/plain_progress.h"

#include <algorithm>
#include <limits>

#include "scoring/ways.h"

namespace hr::scoring {

void plain_progress(const facts::Okrs& okrs, Date as_of, size_t begin, size_t end, uint32_t* out) {
  constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
  Ways ways;
  for (; begin < end; begin += Ways::kMost) {
    const size_t n = std::min(Ways::kMost, end - begin);
    for (size_t i = 0; i < n; ++i) {
      const auto k = static_cast<uint32_t>(begin + i);
      ways.set(i, okrs.start.has(k) ? okrs.start.number(k) : 0, okrs.target.has(k) ? okrs.target.number(k) : kMissing,
               okrs.last_value(okrs.key_result_id[k], as_of).value_or(kMissing));
    }
    ways.progress(n, out + begin);
  }
}

}  // namespace hr::scoring
