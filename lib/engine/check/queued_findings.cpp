#include "engine/check/queued_findings.h"

#include "analytics/sentence.h"
#include "engine/stored_sentence.h"

namespace hr::engine {

store::Finding stored_finding(const analytics::NamedFinding& named, store::Timestamp found_at) {
  const analytics::Finding& f = named.finding;
  const analytics::Sentence why = analytics::sentence_of(named);
  store::Finding stored;
  stored.rule = model::kCheckRuleNames[static_cast<size_t>(f.rule)];
  stored.subject = named.subject;
  stored.kpi = f.kpi;
  if (f.period) stored.period = to_string(*f.period);
  stored.value = named.value;
  stored.severity = f.severity == model::CheckSeverity::error ? "error" : "warning";
  stored.message = sentence_to_store(why.key, why.args);
  stored.found_at = found_at;
  return stored;
}

size_t queue_findings(store::Store& store, const std::vector<analytics::NamedFinding>& findings,
                      store::Timestamp found_at) {
  if (findings.empty()) return 0;
  const size_t before = store.review().findings(store::kNow).size();
  std::vector<store::Finding> stored;
  for (const analytics::NamedFinding& f : findings) stored.push_back(stored_finding(f, found_at));
  store.review().append_findings(stored);
  return store.review().findings(store::kNow).size() - before;
}

}  // namespace hr::engine
