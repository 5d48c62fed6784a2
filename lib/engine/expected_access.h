// Who may see what, against what a policy test expects.
#pragma once

#include "base/date.h"
#include "defs/policy_test.h"
#include "engine/policy_tests.h"
#include "store/store.h"

namespace hr::engine {

// On `day`: of each entry exactly the people of whom its viewer sees all its fields, or anything where it names none.
void compare_access(const defs::PolicyTest& test, store::Store& store, Date day, PolicyTestResult& result);

}  // namespace hr::engine
