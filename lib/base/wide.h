// Whole numbers of 128 bits, for sums and products that do not fit in 64.
#pragma once

namespace hr {

__extension__ using Wide = __int128;

}  // namespace hr
