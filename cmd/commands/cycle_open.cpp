// hrctl cycle open ID: targets are agreed; from now on moving one needs a reason.
#include "command.h"
#include "cycle_step.h"

namespace hr::cmd {

void add_cycle_open(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "open", session);
  const auto cycle = std::make_shared<std::string>();
  const auto reason = std::make_shared<std::string>();
  add_word(leaf, session, "ID", *cycle, true);
  add_value(leaf, session, "--reason TEXT", *reason);
  set_action(leaf, session, Prints::nothing,
             [&session, cycle, reason] { return take_cycle_step(session, store::CycleAction::open, *cycle, *reason); });
}

}  // namespace hr::cmd
