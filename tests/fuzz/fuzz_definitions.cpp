// One text as each kind of YAML file there is: whatever it holds, it is read or its faults are told.
#include <cstdint>
#include <string>

#include "defs/calibration_file.h"
#include "defs/custom_report.h"
#include "defs/load.h"
#include "defs/policy_test.h"
#include "defs/settings.h"
#include "defs/what_if.h"

using namespace hr;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const defs::DefinitionFile file{"x.yaml", {reinterpret_cast<const char*>(data), size}};
  defs::load_definitions({file});
  defs::load_policy_tests(file);
  defs::load_calibration(file);
  defs::read_what_if(file);
  defs::load_custom_report(file);
  Diagnostics diagnostics;
  defs::load_settings(file, diagnostics);
  return 0;
}
