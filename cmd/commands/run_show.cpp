// hrctl run show [RUN]: everything that a run records of itself.
#include "command.h"
#include "options.h"
#include "run_table.h"

namespace hr::cmd {

void add_run_show(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "show", session);
  const auto options = std::make_shared<RunOptions>();
  options->run_name = "RUN";
  add_word(leaf, session, "RUN", options->run, false);
  set_action(leaf, session, Prints::table, [&session, options] {
    const std::unique_ptr<store::Store> store = session.open_store(false);
    session.print(run_sheet(*store, find_run(*store, *options)));
    return 0;
  });
}

}  // namespace hr::cmd
