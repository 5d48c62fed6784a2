// The commands: each `add_…` puts one leaf command below `parent`, its options and what it runs; one file each in
// commands/. The texts stand in lib/i18n/messages/cmd.def under "command/PATH" and "option/NAME".
#pragma once

#include <string>

#include "session.h"

namespace CLI {
class App;
}

namespace hr::cmd {

using AddCommand = void (*)(CLI::App& parent, Session& session);

void add_init(CLI::App& parent, Session& session);
void add_check(CLI::App& parent, Session& session);
void add_apply(CLI::App& parent, Session& session);
void add_import(CLI::App& parent, Session& session);
void add_score(CLI::App& parent, Session& session);
void add_report(CLI::App& parent, Session& session);
void add_explain(CLI::App& parent, Session& session);
void add_test(CLI::App& parent, Session& session);
void add_run_list(CLI::App& parent, Session& session);
void add_run_show(CLI::App& parent, Session& session);
void add_export(CLI::App& parent, Session& session);
void add_doctor(CLI::App& parent, Session& session);
void add_schema(CLI::App& parent, Session& session);
void add_completion(CLI::App& parent, Session& session);
void add_complete(CLI::App& parent, Session& session);  // hidden: what the completion scripts ask

// The whole command tree.
void add_commands(CLI::App& app, Session& session);

// A leaf command with its help text; options are added to what comes back.
CLI::App* add_leaf(CLI::App& parent, const std::string& name, const Session& session);
// Runs `run` as the command's action.
void set_action(CLI::App* leaf, Session& session, std::function<int()> run);
// --name VALUE and --name, with the text "option/NAME".
void add_value(CLI::App* leaf, const Session& session, const std::string& names, std::string& value);
void add_values(CLI::App* leaf, const Session& session, const std::string& names, std::vector<std::string>& values);
void add_flag(CLI::App* leaf, const Session& session, const std::string& names, bool& value);

}  // namespace hr::cmd
