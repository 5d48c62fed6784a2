// The program's version, as --version prints it and runs record it.
#pragma once

namespace hr::cmd {

inline constexpr const char* kVersion = HRCTL_VERSION;

}  // namespace hr::cmd
