// hrctl run list: the runs of the store, oldest first.
#include "command.h"
#include "engine/cycle/data.h"
#include "run_table.h"

namespace hr::cmd {

void add_run_list(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "list", session);
  const auto cycle = std::make_shared<std::string>();
  add_value(leaf, session, "--cycle ID", *cycle);
  set_action(leaf, session, Prints::table, [&session, cycle] {
    const std::unique_ptr<store::Store> store = session.open_store(false);
    std::vector<store::Run> runs;
    for (store::Run& run : store->runs()) {
      if (cycle->empty() || run.cycle == *cycle) runs.push_back(std::move(run));
    }
    if (runs.empty() && !cycle->empty()) engine::require_cycle(*store, *cycle);
    session.print(run_table("hrctl.run-list/v1", *store, runs));
    return 0;
  });
}

}  // namespace hr::cmd
