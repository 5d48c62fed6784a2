#include "facts/id_shape.h"

#include <algorithm>

namespace hr::facts {

IdShape::IdShape(std::string_view id) {
  size_t digits = 0;
  while (digits < std::min(kWord, id.size()) && id[id.size() - 1 - digits] >= '0' && id[id.size() - 1 - digits] <= '9')
    ++digits;
  if (digits == 0) return;
  size_ = id.size();
  digits_ = ~uint64_t{0} << (8 * (kWord - digits));
  front_ = last_bytes(id) & ~digits_;
  if (id.size() > kWord) head_ = id.substr(0, id.size() - kWord);
}

}  // namespace hr::facts
