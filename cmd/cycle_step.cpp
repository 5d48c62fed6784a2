#include "cycle_step.h"

#include "command.h"

namespace hr::cmd {

using store::CycleAction;

std::string goalpost_label(const Session& session, const std::string& subject, const std::string& kpi) {
  const size_t colon = subject.find(':');
  const std::string key = "kind/" + subject.substr(0, colon) + "s";
  std::string label = subject;
  if (colon != std::string::npos && i18n::has_message(key))
    label = i18n::text(session.language, key) + " " + subject.substr(colon + 1);
  return kpi.empty() ? label : i18n::text(session.language, "goalpost-of-kpi", {label, kpi});
}

void say_moved(const Session& session, const engine::MovedGoalpost& moved) {
  const auto written = [](const std::string& value) { return value.empty() ? std::string("–") : value; };
  session.warn("goalpost-moved", {goalpost_label(session, moved.subject, moved.kpi), moved.field, moved.cycle,
                                  written(moved.before), written(moved.after)});
}

int take_cycle_step(const Session& session, CycleAction action, const std::string& cycle, const std::string& reason,
                    const std::string& run) {
  engine::CycleStep step;
  step.cycle = cycle;
  step.action = action;
  if (!run.empty()) step.run = parse_count(run, "--run", 1, 1'000'000'000);
  step.reason = reason;
  step.who_when = session.who_when();
  const std::unique_ptr<store::Store> store = session.open_store(false);
  const engine::CycleStepOutcome outcome = engine::step_cycle(*store, step);
  const std::string official = std::to_string(outcome.event.run);
  if (outcome.later_definitions) session.warn("cycle-later/definitions", {official});
  if (outcome.later_imports > 0) session.warn("cycle-later/imports", {official, std::to_string(outcome.later_imports)});
  for (const engine::MovedGoalpost& moved : outcome.moved) say_moved(session, moved);
  static constexpr const char* kDone[] = {"cycle-done/open", "cycle-done/freeze", "cycle-done/close",
                                          "cycle-done/reopen"};  // by CycleAction
  session.note(kDone[static_cast<size_t>(action)], {cycle, official});
  return 0;
}

}  // namespace hr::cmd
