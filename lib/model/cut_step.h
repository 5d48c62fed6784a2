// The rule of a step of a derivation whose sentence is not for its viewer to read. No scoring makes it.
#pragma once

namespace hr::model {

inline constexpr const char* kCutRule = "cut";

}  // namespace hr::model
