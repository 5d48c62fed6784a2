// Checks a command line against the command tree before it is parsed: unknown commands and options (with the nearest
// name), options without their value or given twice, words too many. So that messages are ours, in both languages.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace hr::cmd {

// Throws Error(usage).
void check_arguments(const CLI::App& app, const std::vector<std::string>& args);

}  // namespace hr::cmd
