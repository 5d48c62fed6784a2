// Codes of a dictionary in the order of their texts.
#pragma once

#include <cstdint>
#include <vector>

#include "facts/frame.h"

namespace hr::facts {

// Sorts distinct codes ascending by the bytes of their texts. Codes already in order cost one pass.
void sort_by_text(std::vector<uint32_t>& codes, const Dictionary& texts);

}  // namespace hr::facts
