// Policy tests that say which suspicious facts must be found.
#pragma once

#include <vector>

#include "analytics/finding.h"
#include "defs/policy_test.h"
#include "engine/policy_tests.h"

namespace hr::engine {

// Each expected finding must be among those found, each for another one, and all that are found must be expected.
void compare_findings(const defs::PolicyTest& test, const std::vector<analytics::NamedFinding>& found,
                      PolicyTestResult& result);

}  // namespace hr::engine
