// hrctl cycle list: the cycles, their days and their stages.
#include "base/timestamp.h"
#include "command.h"
#include "cycle_table.h"
#include "engine/cycle/cycles.h"

namespace hr::cmd {

void add_cycle_list(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "list", session);
  set_action(leaf, session, Prints::table, [&session] {
    const std::unique_ptr<store::Store> store = session.open_store(false);
    session.print(cycle_table(engine::list_cycles(*store, date_of(session.who_when().now))));
    return 0;
  });
}

}  // namespace hr::cmd
