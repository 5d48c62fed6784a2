// The command tree: which commands there are, in the order that --help shows them.
#include <CLI/CLI.hpp>

#include "command.h"

namespace hr::cmd {

CLI::App* add_leaf(CLI::App& parent, const std::string& name, const Session& session) {
  std::string path = name;
  for (const CLI::App* app = &parent; app->get_parent(); app = app->get_parent()) path = app->get_name() + "-" + path;
  CLI::App* leaf = parent.add_subcommand(name, i18n::text(session.language, "command/" + path));
  leaf->fallthrough();
  return leaf;
}

void set_action(CLI::App* leaf, Session& session, std::function<int()> run) {
  leaf->callback([&session, run = std::move(run)] {
    session.settle();
    session.exit_code = run();
  });
}

// A noun with commands below it; alone it prints its help.
static CLI::App& add_noun(CLI::App& app, const std::string& name, const Session& session) {
  CLI::App* noun = add_leaf(app, name, session);
  noun->require_subcommand(0, 1);
  noun->callback([noun] {
    if (noun->get_subcommands().empty()) throw CLI::CallForHelp();
  });
  return *noun;
}

void add_commands(CLI::App& app, Session& session) {
  for (const AddCommand add :
       {add_init, add_check, add_apply, add_import, add_score, add_report, add_explain, add_test}) {
    add(app, session);
  }
  CLI::App& run = add_noun(app, "run", session);
  add_run_list(run, session);
  add_run_show(run, session);
  for (const AddCommand add : {add_export, add_schema, add_doctor, add_completion, add_complete}) add(app, session);
  app.callback([&app] {
    if (app.get_subcommands().empty()) throw CLI::CallForHelp();
  });
}

}  // namespace hr::cmd
