// What `cycle open`, `freeze`, `close` and `reopen` share: the step is taken, and said.
#pragma once

#include <string>

#include "engine/cycle/cycles.h"
#include "session.h"

namespace hr::cmd {

int take_cycle_step(const Session& session, store::CycleAction action, const std::string& cycle,
                    const std::string& reason, const std::string& run = {});

// "scorecard sales-rep, KPI revenue", for people.
std::string goalpost_label(const Session& session, const std::string& subject, const std::string& kpi);
// Warns of a goalpost that moved.
void say_moved(const Session& session, const engine::MovedGoalpost& moved);

}  // namespace hr::cmd
