// hrctl import TABLE FILE --suggest: a mapping for a file that nobody has mapped yet. Stores nothing, needs no store.
#pragma once

#include <string>

#include "ingest/read.h"
#include "session.h"

namespace hr::cmd {

struct SuggestRequest {
  std::string file;
  std::string id;               // of the mapping; empty = from the table and the file's name
  ingest::ReadOptions options;  // table, format, delimiter, encoding, sheet, as given on the command line
};

int suggest_mapping(const Session& session, const SuggestRequest& request);

}  // namespace hr::cmd
