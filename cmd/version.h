// The program's version, as --version prints it and runs record it.
#pragma once

namespace hr::cmd {

extern const char* const kVersion;

}  // namespace hr::cmd
