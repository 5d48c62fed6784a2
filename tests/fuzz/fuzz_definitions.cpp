// One text as each kind of YAML file there is: whatever it holds, it is read or its faults are told, and plain YAML is
// read by the short cut as by the reader of all of YAML.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "defs/calibration_file.h"
#include "defs/custom_report.h"
#include "defs/load.h"
#include "defs/policy_test.h"
#include "defs/settings.h"
#include "defs/what_if.h"
#include "defs/yaml_tree.h"

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
  Diagnostics faults, all_faults;
  const defs::Tree tree = defs::read_yaml(file.path, file.text, faults);
  const defs::Tree all = defs::read_all_of_yaml(file.path, file.text, all_faults);
  if (tree.nodes != all.nodes || tree.root != all.root || faults.size() != all_faults.size()) std::abort();
  return 0;
}
