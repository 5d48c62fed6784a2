#include "score_parts.h"

#include <algorithm>
#include <vector>

#include "base/parallel.h"

namespace hr::cmd {

std::span<const std::string_view> column_of_decimals() {
  static constexpr std::string_view kColumns[] = {"decimals"};
  return kColumns;
}

render::Parts table_in_parts(const ScoreParts& parts, const report::RunHeader& header,
                             const model::Definitions& definitions, int threads) {
  std::vector<int> of_part(parts.count);
  for_pieces(parts.count, threads,
             [&](size_t part, size_t) { of_part[part] = report::decimals_of_scores(parts.decimals(part)); });
  const int decimals = *std::max_element(of_part.begin(), of_part.end());
  return {parts.count, [&parts, &header, &definitions, decimals](size_t part) {
            return report::some_scores(parts.scores(part), header, definitions, decimals);
          }};
}

}  // namespace hr::cmd
