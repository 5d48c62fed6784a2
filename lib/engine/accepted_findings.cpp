#include "engine/accepted_findings.h"

#include <map>

namespace hr::engine {

using store::Decision;
using store::ItemKind;
using store::Verdict;

std::string finding_key(const store::Finding& f) {
  return f.rule + '\x1f' + f.subject + '\x1f' + f.kpi + '\x1f' + f.period + '\x1f' + f.value;
}

std::vector<std::string> accepted_findings(store::Store& store, store::Timestamp known) {
  std::map<uint32_t, Verdict> newest;  // by finding
  for (const Decision& decision : store.review().decisions(known)) {
    if (decision.kind == ItemKind::finding) newest[decision.item] = decision.verdict;
  }
  std::vector<std::string> keys;
  if (newest.empty()) return keys;
  for (const store::Finding& finding : store.review().findings(known)) {
    const auto verdict = newest.find(finding.id);
    if (verdict != newest.end() && verdict->second == Verdict::accept) keys.push_back(finding_key(finding));
  }
  return keys;
}

}  // namespace hr::engine
