// Runs policy tests: each in a store of its own in memory, through the same import and scoring as everything else.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "defs/policy_test.h"
#include "engine/run/score.h"
#include "recheck/recheck.h"

namespace hr::engine {

struct Mismatch {
  std::string employee;  // empty: about diagnostics or the whole test
  std::string column;
  std::string expected;
  std::string actual;
  SourceSpan span;
};

struct PolicyTestResult {
  std::string file;
  std::string name;
  bool passed = false;
  std::vector<Mismatch> mismatches;
  std::vector<recheck::Fault> faults;  // derivations of the scores that do not follow
  Diagnostics diagnostics;             // errors that kept it from running
  // What diagnostics and mismatches point into: the test, files that it uses, tables as PATH:TABLE.
  std::vector<defs::DefinitionFile> sources;
};

// All tests of one file. `path` is read; `use:` paths are relative to it. `see`, where given, is shown what each of
// them scored.
using SeeScores = std::function<void(const ScoreOutcome&)>;
std::vector<PolicyTestResult> run_policy_tests(const std::string& path, const SeeScores& see = {});

}  // namespace hr::engine
