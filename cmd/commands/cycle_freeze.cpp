// hrctl cycle freeze ID: what it measures by stays as it is.
#include "command.h"
#include "cycle_step.h"

namespace hr::cmd {

void add_cycle_freeze(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "freeze", session);
  const auto cycle = std::make_shared<std::string>();
  const auto reason = std::make_shared<std::string>();
  add_word(leaf, session, "ID", *cycle, true);
  add_value(leaf, session, "--reason TEXT", *reason);
  set_action(leaf, session, Prints::nothing, [&session, cycle, reason] {
    return take_cycle_step(session, store::CycleAction::freeze, *cycle, *reason);
  });
}

}  // namespace hr::cmd
