// hrctl cycle reopen ID --reason TEXT: back to open, and listed ever after.
#include "base/error.h"
#include "base/text.h"
#include "command.h"
#include "cycle_step.h"

namespace hr::cmd {

void add_cycle_reopen(CLI::App& parent, Session& session) {
  CLI::App* leaf = add_leaf(parent, "reopen", session);
  const auto cycle = std::make_shared<std::string>();
  const auto reason = std::make_shared<std::string>();
  add_word(leaf, session, "ID", *cycle, true);
  add_value(leaf, session, "--reason TEXT", *reason);
  set_action(leaf, session, Prints::nothing, [&session, cycle, reason] {
    if (trim(*reason).empty()) throw Error(ErrorKind::usage, "usage/needs-option", {"--reason"});
    return take_cycle_step(session, store::CycleAction::reopen, *cycle, *reason);
  });
}

}  // namespace hr::cmd
