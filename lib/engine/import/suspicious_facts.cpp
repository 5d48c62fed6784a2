#include "engine/import/suspicious_facts.h"

#include <algorithm>
#include <set>

#include "engine/check/queued_findings.h"

namespace hr::engine {

namespace {

// Up to here a look at them takes a few hundredths of a second: facts that came in, and all that are stored, since they
// are compared with those.
constexpr uint64_t kMostNew = 100'000;
constexpr uint64_t kMostStored = 1'000'000;

uint64_t stored_facts(store::Store& store) {
  uint64_t facts = 0;
  for (const store::Source& source : store.sources(store::kNow)) {
    if (source.table == model::TableId::facts) facts += source.rows_new;
  }
  return facts;
}

}  // namespace

void find_suspicious_facts(const Import& import, ImportOutcome& outcome) {
  if (import.request.check_facts == CheckFacts::never) return;
  uint64_t news = 0;
  std::set<uint32_t> sources;
  FactsCheckRequest request;
  request.told = {kFarFuture, kFarPast};
  for (const ImportedFile& file : outcome.files) {
    if (!file.days) continue;
    news += file.source.rows_new + file.source.rows_changed;
    sources.insert(file.source.id);
    request.told = {std::min(request.told.from, file.days->from), std::max(request.told.to, file.days->to)};
  }
  if (news == 0) return;
  const bool many = news > kMostNew || stored_facts(import.store) > kMostStored;
  outcome.not_checked = many && import.request.check_facts == CheckFacts::automatic;
  if (outcome.not_checked) return;
  for (size_t rule = 0; rule < model::kCheckRules; ++rule) {
    if (static_cast<model::CheckRule>(rule) != model::CheckRule::rater)
      request.rules.push_back(static_cast<model::CheckRule>(rule));
  }
  request.threads = import.request.threads;
  request.most_places = SIZE_MAX;
  outcome.suspicious = check_facts(import.store, request, import.definitions, import.progress).findings;
  std::erase_if(outcome.suspicious, [&](const analytics::NamedFinding& f) {
    return f.finding.subject != facts::kNone && sources.count(f.source) == 0;
  });
  queue_findings(import.store, outcome.suspicious, import.time);
}

}  // namespace hr::engine
