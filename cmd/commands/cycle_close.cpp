// hrctl cycle close ID [--run N]: the result stands; a run becomes the official one.
#include "command.h"
#include "cycle_step.h"

namespace hr::cmd {

void add_cycle_close(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "close", session);
  const auto cycle = std::make_shared<std::string>();
  const auto run = std::make_shared<std::string>();
  const auto reason = std::make_shared<std::string>();
  add_word(leaf, session, "ID", *cycle, true);
  add_value(leaf, session, "--run N", *run);
  add_value(leaf, session, "--reason TEXT", *reason);
  set_action(leaf, session, Prints::nothing, [&session, cycle, run, reason] {
    return take_cycle_step(session, store::CycleAction::close, *cycle, *reason, *run);
  });
}

}  // namespace hr::cmd
