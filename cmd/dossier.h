// What `report dossier` and the pages of `report site` are made of, read from the store.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "options.h"
#include "session.h"
#include "viewing.h"

namespace hr::cmd {

// All that dossiers have in common, loaded once.
class Dossiers {
 public:
  // `min_shown`: fewer peers are not shown. Keeps references to session and store. Throws Error(rejected) for a run
  // that is meant and not there.
  Dossiers(const Session& session, store::Store& store, const RunOptions& options, uint32_t min_shown);
  ~Dossiers();

  // For many people: scores every run that is shown in detail as a whole, once. of() may then run in several threads.
  void load_runs();
  // Throws Error(rejected) for somebody whom neither records nor runs know (with the nearest id). With a sight: of what
  // its viewer may see.
  table::Report of(const std::string& employee, SightOrNone sight = nullptr) const;

 private:
  struct Source;
  std::unique_ptr<Source> source_;
};

}  // namespace hr::cmd
