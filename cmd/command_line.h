// The command line by CLI11, which only command_line.cpp and arguments.cpp include: it takes ten seconds to compile.
// What commands need of it: leaves, options by name, what to run.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "session.h"

namespace CLI {
class App;
}

namespace hr::cmd {

// A leaf command with its help text, "command/PATH" of the messages; options are added to what comes back.
CLI::App* add_leaf(CLI::App& parent, const std::string& name, const Session& session);
// A noun with commands below it; alone it prints its help.
CLI::App& add_noun(CLI::App& parent, const std::string& name, const Session& session);
// A command that --help does not list and whose words, options too, are handed over as they are.
void add_hidden(CLI::App& parent, const std::string& name, std::function<void(const std::vector<std::string>&)> run);

// The command's action: settles the session, looks whether `prints` can be written as --format and --output ask, runs,
// keeps the exit code.
void set_action(CLI::App* leaf, Session& session, Prints prints, std::function<int()> run);
// `prints`: by the options that are given.
void set_action(CLI::App* leaf, Session& session, std::function<Prints()> prints, std::function<int()> run);
// The same for commands that need no workspace or store, and must work beside a faulty one.
void set_action_anywhere(CLI::App* leaf, Session& session, std::function<int()> run);

// A word of the command: "EMPLOYEE", or several: "FILE". The text is "option/NAME" of the messages, in lower case. A
// needed one that is not given is wrong usage.
void add_word(CLI::App* leaf, const Session& session, const std::string& name, std::string& value, bool needed);
void add_words(CLI::App* leaf, const Session& session, const std::string& name, std::vector<std::string>& values,
               bool needed);
// "--name VALUE" or "-n,--name VALUE". The text is "option/NAME" of the messages.
void add_value(CLI::App* leaf, const Session& session, const std::string& names, std::string& value);
// The same for an option that may stand several times.
void add_values(CLI::App* leaf, const Session& session, const std::string& names, std::vector<std::string>& values);
void add_flag(CLI::App* leaf, const Session& session, const std::string& names, bool& value);

// Reads the command line and runs the one command that it names; the exit code. Throws Error(usage).
int run_command_line(Session& session, const std::vector<std::string>& args);

}  // namespace hr::cmd
