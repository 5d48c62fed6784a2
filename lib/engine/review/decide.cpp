#include "engine/review/decide.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "ingest/row_text.h"

namespace hr::engine {

using store::Decision;
using store::ItemKind;
using store::Verdict;

namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) (list += list.empty() ? "" : ", ") += name;
  return list;
}

// The heading of the row that is meant: as written, else by what it folds to.
std::string heading_of(const Item& item, const std::vector<std::string>& headings, const std::string& given) {
  for (const std::string& heading : headings) {
    if (heading == given) return heading;
  }
  for (const std::string& heading : headings) {
    if (fold_for_match(heading) == fold_for_match(given)) return heading;
  }
  throw Error(ErrorKind::rejected, "review-no-column", {item.name(), escape_controls(given), listed(headings)});
}

// The changes as the store keeps them, in the order of the row's headings.
std::string changes_of(const Item& item, const std::vector<std::pair<std::string, std::string>>& changes) {
  ingest::RowFields row = ingest::read_row_text(item.row.fields);
  if (item.kind == ItemKind::finding) row = {{"value"}, {item.finding.value}};
  if (!row.is_whole()) throw Error(ErrorKind::rejected, "review-broken", {item.name()});
  const std::vector<std::string>& all = row.headings;
  std::vector<std::string> headings, texts;
  for (const std::string& heading : all) {
    for (const auto& [name, text] : changes) {
      if (heading_of(item, all, name) != heading) continue;
      headings.push_back(heading);
      texts.push_back(text);
    }
  }
  return ingest::row_text(headings, texts);
}

bool says_the_same(const Decision* earlier, const Decision& decision) {
  return earlier != nullptr && earlier->verdict == decision.verdict && earlier->changes == decision.changes &&
         earlier->by == decision.by && earlier->reason == decision.reason;
}

constexpr const char* kFile = "review";  // the source of facts as they were decided; a line is a decision

FactPlace fact_of(const Item& item) {
  const store::Finding& f = item.finding;
  const auto period = parse_period(f.period);
  if (f.value.empty() || f.kpi.empty() || !period) throw Error(ErrorKind::rejected, "review-no-fact", {item.name()});
  return {f.subject, f.kpi, *period};
}

// Decisions about findings are used at once: the facts are restated, by the rules of every import, or withdrawn.
void use_on_facts(store::Store& store, const model::Definitions* definitions, const std::vector<Item>& findings,
                  const std::vector<Decision>& decisions, const WhoWhen& who_when, ImportOutcome& outcome) {
  if (findings.empty() || decisions.front().verdict == Verdict::accept) return;
  std::vector<FactPlace> facts;
  RowsAgain rows;
  rows.source.table = model::TableId::facts;
  rows.source.file = kFile;
  rows.rows.headings = {"subject", "kpi", "period", "value"};
  for (size_t i = 0; i < findings.size(); ++i) {
    const FactPlace& fact = facts.emplace_back(fact_of(findings[i]));
    if (decisions[i].verdict == Verdict::drop) continue;
    const std::string value = ingest::read_row_text(decisions[i].changes).fields.front();
    rows.rows.rows.push_back({decisions[i].id, {fact.subject, fact.kpi, to_string(fact.period), value}});
  }
  const store::Timestamp at = decisions.front().at;
  const bool drops = decisions.front().verdict == Verdict::drop;
  outcome.files.push_back(drops ? withdraw_facts(store, kFile, facts, definitions, who_when, at)
                                : import_rows(store, rows, definitions, who_when, at, {}));
  std::vector<store::RowUse> uses;
  for (size_t i = 0; i < findings.size(); ++i)
    uses.push_back({outcome.files.back().source.id, decisions[i].id, findings[i].ids.front(), decisions[i].id});
  store.append_row_uses(uses);
}

}  // namespace

Decisions decide(store::Store& store, const model::Definitions* definitions, const DecisionRequest& request) {
  const std::unique_ptr<store::Transaction> transaction = store.begin();
  const store::Timestamp at = store.next_timestamp(request.who_when.now);
  std::vector<Item> items = review_items(store, definitions);
  Decisions out;
  std::set<std::string> names;
  std::vector<Item> findings;
  std::vector<Decision> of_findings;
  bool news = false;
  for (const std::string& name : request.items) {
    const Item& item = find_item(items, name);
    if (!names.insert(item.name()).second) continue;
    Decision decision{0, item.kind, item.ids.front(), request.verdict, {}, at, request.who_when.who, request.reason};
    if (request.verdict == Verdict::correct) decision.changes = changes_of(item, request.changes);
    const bool is_news = !says_the_same(item.decision(), decision);
    if (is_news) decision.id = store.append_decision(decision);
    if (is_news && item.kind == ItemKind::finding) {
      findings.push_back(item);
      of_findings.push_back(decision);
    }
    news = news || is_news;
    out.items.push_back({item, is_news});
  }
  use_on_facts(store, definitions, findings, of_findings, request.who_when, out.import);
  if (news && out.import.rejected_rows() == 0) transaction->commit();
  return out;
}

}  // namespace hr::engine
