// A mapping for a file that nobody has mapped yet: what its columns probably mean, how their values are written, and
// what a person must still decide. Pure; a guess that could be wrong is marked, never made silently.
#pragma once

#include <string>
#include <vector>

#include "ingest/sheet_survey.h"
#include "model/imported_table.h"
#include "model/mapping.h"

namespace hr::ingest {

struct KnownKpi {
  std::string id;
  std::vector<std::string> names;
};

struct SuggestOptions {
  model::TableId table = model::TableId::employees;
  std::string file;            // its name, and the sheet's: a period may stand there
  std::string kpi = "kpi";     // what the only KPI of a file is called that does not say
  std::vector<KnownKpi> kpis;  // of the workspace
};

// Something to say to people: a key of the message table.
struct Remark {
  std::string message;
  std::vector<std::string> args;
};

struct SuggestedColumn {
  model::ColumnMapping mapping;
  bool active = true;           // else it is written as a comment, for a person to decide
  std::vector<Remark> remarks;  // above it
};

struct Suggestion {
  model::Mapping mapping;      // without id and columns
  bool unpivot_waits = false;  // `unpivot` is written as a comment: its columns need something that nobody has said
  std::vector<Remark> remarks;
  std::vector<SuggestedColumn> columns;  // in the order of the table
  std::vector<std::string> left;         // headings that no column takes
  size_t recognised = 0;                 // columns taken
  size_t unsure = 0;                     // for a person to look at
};

Suggestion suggest(const SheetSurvey& survey, const SuggestOptions& options);

}  // namespace hr::ingest
