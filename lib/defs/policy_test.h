// Policy tests: YAML files that say what a policy must give. Read here, run by engine. docs/formats/policy-tests.md.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "defs/calibration_file.h"
#include "defs/load.h"
#include "defs/table_texts.h"
#include "model/access.h"

namespace hr::defs {

struct ExpectedCell {
  std::string column;
  bool is_null = false;             // expected empty
  bool is_number = false;           // compared at the decimals written
  std::vector<std::string> values;  // one, or those that a list must contain
  bool is_list = false;
  SourceSpan span;
  SourceSpan key_span;  // of the column's name
};
struct ExpectedScore {
  std::string employee;
  std::vector<ExpectedCell> cells;
  SourceSpan span;
};
struct ExpectedDiagnostic {
  std::string code;
  int line = 0;  // 0 = any line; else of the policy test file itself
  SourceSpan span;
};

// What is empty is not compared.
struct ExpectedFinding {
  std::string rule;
  std::string kpi;
  std::string period;
  std::string subject;
  SourceSpan span;
};

// Of whom a viewer sees all of `fields`, or anything where there are none.
struct ExpectedAccess {
  std::string viewer;
  std::vector<std::string> sees;  // these people and nobody else
  model::AccessFields fields;
  SourceSpan span;
};

struct UsedFile {
  std::string path;  // as written, relative to the test file
  SourceSpan span;
};

struct NamedCycle {
  std::string id;
  SourceSpan span;
};

struct PolicyTest {
  std::string name;  // `case:`
  std::vector<DefinitionFile>
      definitions;  // inline ones as one file: the same path, blank lines before, so that lines agree
  std::vector<UsedFile> use;
  TableTexts tables;
  std::string cycle;
  SourceSpan cycle_span;
  std::vector<NamedCycle> closed_cycles;  // scored and closed before `cycle` is scored, in order
  std::optional<std::string> as_of;       // ISO day
  std::vector<BandMove> calibration;      // laid on what was scored
  std::vector<ExpectedScore> scores;
  std::vector<ExpectedDiagnostic> expected_diagnostics;
  bool expects_diagnostics = false;
  std::vector<ExpectedFinding> expected_findings;
  std::optional<SourceSpan> expects_findings;  // where it says which, if only that there are none
  std::vector<ExpectedAccess> expected_access;
  SourceSpan span;  // of `case:`, or of the whole test
};

// A file may hold several tests as a list under `cases:`, or one at top level.
struct LoadedTests {
  std::vector<PolicyTest> tests;
  Diagnostics diagnostics;
};
LoadedTests load_policy_tests(const DefinitionFile& file);

}  // namespace hr::defs
