#include "engine/expected_findings.h"

#include <algorithm>
#include <functional>

#include "base/listed.h"

namespace hr::engine {

using analytics::NamedFinding;
using defs::ExpectedFinding;

namespace {

// In the order in which NamedFinding::key() has them.
std::string written(const ExpectedFinding& e) {
  std::string text = e.rule;
  for (const std::string& part : {e.kpi, e.period, e.subject}) text += ":" + (part.empty() ? "*" : part);
  return text;
}

bool agrees(const ExpectedFinding& expected, const NamedFinding& found) {
  const analytics::Finding& f = found.finding;
  const auto is = [](const std::string& wanted, const std::string& actual) {
    return wanted.empty() || wanted == actual;
  };
  return expected.rule == model::kCheckRuleNames[static_cast<size_t>(f.rule)] && is(expected.kpi, f.kpi) &&
         is(expected.period, f.period ? to_string(*f.period) : std::string()) && is(expected.subject, found.subject);
}

int parts_given(const ExpectedFinding& e) {
  return int{!e.kpi.empty()} + int{!e.period.empty()} + int{!e.subject.empty()};
}

}  // namespace

void compare_findings(const defs::PolicyTest& test, const std::vector<NamedFinding>& found, PolicyTestResult& result) {
  std::vector<const ExpectedFinding*> expected;  // those that say most first: they have the least choice
  for (const ExpectedFinding& e : test.expected_findings) expected.push_back(&e);
  std::ranges::stable_sort(expected, std::greater<>(), [](const ExpectedFinding* e) { return parts_given(*e); });
  std::vector<uint8_t> used(found.size(), 0);
  std::vector<const ExpectedFinding*> unmet;
  for (const ExpectedFinding* e : expected) {
    size_t i = 0;
    while (i < found.size() && (used[i] || !agrees(*e, found[i]))) ++i;
    if (i == found.size())
      unmet.push_back(e);
    else
      used[i] = 1;
  }
  std::vector<std::string> others;
  for (size_t i = 0; i < found.size(); ++i) {
    if (!used[i]) others.push_back(found[i].key());
  }
  if (unmet.empty() && !others.empty())
    result.mismatches.push_back({"", "finding", "", listed(others), *test.expects_findings});
  for (const ExpectedFinding* e : unmet)
    result.mismatches.push_back({"", "finding", written(*e), listed(others), e->span});
}

}  // namespace hr::engine
