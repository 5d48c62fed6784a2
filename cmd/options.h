// Options that more than one command takes, each defined once.
#pragma once

#include <string>

#include "session.h"

namespace CLI {
class App;
}

namespace hr::cmd {

// A table of `import` by its name. Throws Error(usage), with the nearest name.
model::TableId table_named(const std::string& name);

void add_shared_options(CLI::App& app, Session& session);

// Which run, as of when, known when: of commands that read results.
struct RunOptions {
  std::string run;
  std::string cycle;
  std::string as_of;
  std::string known;
  const char* run_name = "--run";  // what a message calls it
};
void add_run_options(CLI::App* leaf, const Session& session, RunOptions& options);
// The run that is meant: --run, else the last of --cycle, else the last of all; of those as of --as-of and made by
// --known, where given. Throws Error(rejected) when it is not there.
store::Run find_run(store::Store& store, const RunOptions& options);

}  // namespace hr::cmd
