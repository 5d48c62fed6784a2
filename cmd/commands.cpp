// The command tree: which commands there are, in the order that --help shows them.
#include "command.h"

namespace hr::cmd {

void add_commands(CLI::App& app, Session& session) {
  for (const AddCommand add :
       {add_init, add_check, add_apply, add_import, add_score, add_report, add_explain, add_diff, add_test}) {
    add(app, session);
  }
  CLI::App& facts = add_noun(app, "facts", session);
  add_facts_check(facts, session);
  CLI::App& calibrate = add_noun(app, "calibrate", session);
  add_calibrate_plan(calibrate, session);
  add_calibrate_apply(calibrate, session);
  CLI::App& run = add_noun(app, "run", session);
  add_run_list(run, session);
  add_run_show(run, session);
  CLI::App& cycle = add_noun(app, "cycle", session);
  for (const AddCommand add : {add_cycle_list, add_cycle_open, add_cycle_freeze, add_cycle_close, add_cycle_reopen})
    add(cycle, session);
  CLI::App& review = add_noun(app, "review", session);
  for (const AddCommand add : {add_review_list, add_review_show, add_review_resolve, add_review_retry})
    add(review, session);
  for (const AddCommand add : {add_template, add_export, add_schema, add_doctor, add_completion, add_complete})
    add(app, session);
}

}  // namespace hr::cmd
