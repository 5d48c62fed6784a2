// Who does it and when: handed down from cmd, where the only clock is.
#pragma once

#include <cstdint>
#include <string>

namespace hr::engine {

struct WhoWhen {
  std::string who;
  int64_t now = 0;  // microseconds of UTC since 1970
};

}  // namespace hr::engine
