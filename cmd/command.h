// The commands: each `add_…` puts one leaf command below `parent`, its options and what it runs; one file each in
// commands/. The texts stand in lib/i18n/messages/cmd.def under "command/PATH" and "option/NAME".
#pragma once

#include "command_line.h"

namespace hr::cmd {

using AddCommand = void (*)(CLI::App& parent, Session& session);

void add_init(CLI::App& parent, Session& session);
void add_check(CLI::App& parent, Session& session);
void add_apply(CLI::App& parent, Session& session);
void add_import(CLI::App& parent, Session& session);
void add_score(CLI::App& parent, Session& session);
void add_report(CLI::App& parent, Session& session);
void add_explain(CLI::App& parent, Session& session);
void add_diff(CLI::App& parent, Session& session);
void add_test(CLI::App& parent, Session& session);
void add_calibrate_plan(CLI::App& parent, Session& session);
void add_calibrate_apply(CLI::App& parent, Session& session);
void add_run_list(CLI::App& parent, Session& session);
void add_run_show(CLI::App& parent, Session& session);
void add_cycle_list(CLI::App& parent, Session& session);
void add_cycle_open(CLI::App& parent, Session& session);
void add_cycle_freeze(CLI::App& parent, Session& session);
void add_cycle_close(CLI::App& parent, Session& session);
void add_cycle_reopen(CLI::App& parent, Session& session);
void add_facts_check(CLI::App& parent, Session& session);
void add_review_list(CLI::App& parent, Session& session);
void add_review_show(CLI::App& parent, Session& session);
void add_review_resolve(CLI::App& parent, Session& session);
void add_review_retry(CLI::App& parent, Session& session);
void add_template(CLI::App& parent, Session& session);
void add_export(CLI::App& parent, Session& session);
void add_doctor(CLI::App& parent, Session& session);
void add_schema(CLI::App& parent, Session& session);
void add_completion(CLI::App& parent, Session& session);
void add_complete(CLI::App& parent, Session& session);  // hidden: what the completion scripts ask

// What completion offers beside ids: the examples of init, the schemas of schema.
std::vector<std::string> example_names();
std::vector<std::string> schema_names();

// The whole command tree.
void add_commands(CLI::App& app, Session& session);

}  // namespace hr::cmd
