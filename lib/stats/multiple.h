// Several tests at once.
#pragma once

#include <vector>

namespace hr::stats {

// For each p the least rate of false discoveries at which it would still count as one (Benjamini and Hochberg 1995):
// the least of p·m / rank over it and all larger ones, 1 at most. In the order given.
std::vector<double> benjamini_hochberg(const std::vector<double>& p);

}  // namespace hr::stats
