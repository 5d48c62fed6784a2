// `report dossier EMPLOYEE`: one person through all cycles, a table a section. What is pay is not in it: a dossier is
// handed around.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "facts/dataset.h"
#include "facts/frame.h"
#include "model/definitions.h"
#include "model/derivation.h"
#include "report/reports.h"
#include "table/table.h"

namespace hr::report {

// The run that counts of one cycle: the official one, else the last.
struct DossierRun {
  RunHeader header;
  bool official = false;
  std::shared_ptr<const facts::Frame> scores;  // columns_of_dossier(), of everybody in the run; never null
};
std::span<const std::string_view> columns_of_dossier();
// The place of the person among the rows; none when the run does not list them.
std::optional<size_t> row_of(const facts::Frame& scores, std::string_view employee);

// Something outside of the figures that moved a score or its yardstick.
struct DossierMove {
  Date day;
  std::string change;  // target, calibration, adjustment, veto
  std::string cycle;
  std::string item;  // KPI, key result; empty of calibration
  std::string before;
  std::string after;
  std::string by;
  std::string reason;
};

struct Recognition {
  Date day;
  std::string kind;
  std::string note;
};

// The run that is shown in detail.
struct DossierDetail {
  size_t run = 0;  // of Dossier::runs
  model::Derivation tree;
  table::Table scorecard;
  table::Table okr;  // of all objectives that the person's score knows of, or more
  table::Table explanation;
};

struct Dossier {
  std::string employee;
  Date day;  // master data as of
  const facts::Dataset& organisation;
  const model::Definitions& definitions;  // for the names of bands
  std::vector<DossierRun> runs;           // one a cycle, oldest first
  std::optional<DossierDetail> detail;    // none: no run lists the person
  std::vector<DossierMove> moves;
  std::vector<Recognition> recognitions;
  uint32_t min_shown = 0;  // fewer peers are not shown
  bool is_cut = false;     // runs hold only people whom a viewer may see: they do not tell how many there are
};

// Whether the person is known at all: employed once, or in a run.
bool is_known(const Dossier& dossier);
table::Report dossier(Dossier dossier);

}  // namespace hr::report
