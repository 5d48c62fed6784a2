#include "run_header.h"

#include "base/timestamp.h"

namespace hr::cmd {

report::RunHeader run_header(const store::Run& run, const model::Cycle& cycle) {
  return {run.id, run.cycle, to_string(run.as_of), to_iso_timestamp(run.known), run.as_of < cycle.range.last()};
}

}  // namespace hr::cmd
