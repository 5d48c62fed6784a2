#include "engine/expected_access.h"

#include <algorithm>

#include "access/cut.h"
#include "base/error.h"
#include "base/listed.h"
#include "engine/access/viewers.h"

namespace hr::engine {

namespace {

std::vector<std::string> seen_by(const Viewers& viewers, uint32_t viewer, model::AccessFields fields) {
  const facts::IdColumn& ids = viewers.positions().organisation().people.id;
  const access::Sight sight = viewers.sight_of(viewer);
  std::vector<std::string> seen;
  for (uint32_t person = 0; person < ids.size(); ++person) {
    const model::AccessFields of = sight.of(ids[person]);
    if (of.any() && of.has_all(fields)) seen.emplace_back(ids[person]);
  }
  return seen;
}

// "sees", or "sees score, band".
std::string column_of(const defs::ExpectedAccess& expected) {
  return expected.fields.any() ? "sees " + listed(access::fields_named(expected.fields)) : "sees";
}

}  // namespace

void compare_access(const defs::PolicyTest& test, store::Store& store, Date day, PolicyTestResult& result) {
  try {
    const Viewers viewers(store, day, store::kNow);
    for (const defs::ExpectedAccess& expected : test.expected_access) {
      const auto viewer = viewers.positions().organisation().people.find(expected.viewer);
      if (!viewer) {
        result.mismatches.push_back({expected.viewer, "employee", expected.viewer, "", expected.span});
        continue;
      }
      std::vector<std::string> sees = expected.sees;
      std::sort(sees.begin(), sees.end());
      const std::vector<std::string> actual = seen_by(viewers, *viewer, expected.fields);
      if (sees != actual)
        result.mismatches.push_back(
            {expected.viewer, column_of(expected), listed(sees), listed(actual), expected.span});
    }
  } catch (const Error& e) {
    result.diagnostics.push_back(make_error(e.message(), test.span, e.args()));
  }
}

}  // namespace hr::engine
