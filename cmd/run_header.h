// What reports say of the run that they show.
#pragma once

#include "model/plan.h"
#include "report/reports.h"
#include "store/store.h"

namespace hr::cmd {

report::RunHeader run_header(const store::Run& run, const model::Cycle& cycle);

}  // namespace hr::cmd
