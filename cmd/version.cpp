#include "version.h"

namespace hr::cmd {

const char* const kVersion = HRCTL_VERSION;  // of CMakeLists.txt

}  // namespace hr::cmd
