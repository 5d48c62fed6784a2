// Checks a command line against the command tree before it is parsed: unknown commands and options (with the nearest
// name), options without their value or given twice, words too many. So that messages are ours, in both languages. And
// says what may stand at the end of a command line under way, for completion.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace hr::cmd {

// Throws Error(usage).
void check_arguments(const CLI::App& app, const std::vector<std::string>& args);

// The last of `words`, as far as the command tree knows it.
struct WordUnderWay {
  std::string command;             // the command that it belongs to; of `report NAME`, the report
  std::string noun;                // the one that the command stands below: of `run show`, run
  size_t place = 0;                // how many words of the command, options apart, stand before it
  std::string option;              // "--cycle" when the word is that option's value
  std::vector<std::string> names;  // the commands or options that may stand there; empty: ask for values
};
WordUnderWay word_under_way(const CLI::App& app, const std::vector<std::string>& words);

}  // namespace hr::cmd
