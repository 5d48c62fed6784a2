#include "engine/review/decide.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "analytics/finding.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "engine/import/decided_rows.h"
#include "engine/review/imported_places.h"
#include "ingest/row_text.h"

namespace hr::engine {

using store::Decision;
using store::ItemKind;
using store::Verdict;

namespace {

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

// A correction must not make a row a record that another row is: in the store it would overwrite that one, and when the
// file comes again, with both rows, neither of the two would be taken.
void refuse_other_record(store::Store& store, const model::Definitions* definitions, const std::vector<Item>& items,
                         const Item& item, const Decision& decision) {
  const ingest::RowFields row = ingest::read_row_text(item.row.fields);
  const auto keys_as = [&](const Decision* d) {
    const bool corrects = d != nullptr && d->verdict == Verdict::correct;
    return record_keys(item, corrects ? corrected(row.headings, row.fields, *d) : row.fields, definitions);
  };
  std::vector<std::string> keys = keys_as(&decision);
  std::vector<std::string> own = keys_as(nullptr);
  if (item.taken) std::ranges::move(keys_as(item.decision()), std::back_inserter(own));
  std::erase_if(keys, [&](const std::string& key) { return std::ranges::find(own, key) != own.end(); });
  const auto refuse = [&](const std::string& key, const std::string& other) {
    throw Error(ErrorKind::rejected, "review-other-record", {item.name(), key, other});
  };
  for (const auto& [key, record] : stored_records(store, item.table, keys))
    refuse(readable_key(key), ImportedPlaces(store).place(record.source, record.row));
  for (const std::string& key : keys) {
    for (const Item& other : items) {
      const bool waits = other.decision() == nullptr || other.decision()->verdict != Verdict::drop;
      if (&other != &item && other.kind == ItemKind::row && other.table == item.table &&
          other.source.file == item.source.file && other.key == readable_key(key) && waits)
        refuse(readable_key(key), other.name());
    }
  }
}

bool says_the_same(const Decision* earlier, const Decision& decision) {
  return earlier != nullptr && earlier->verdict == decision.verdict && earlier->changes == decision.changes &&
         earlier->by == decision.by && earlier->reason == decision.reason;
}

constexpr const char* kFile = "review";  // the source of facts as they were decided; a line is a decision

FactPlace fact_of(const Item& item) {
  const store::Finding& f = item.finding;
  const auto period = parse_period(f.period);
  const auto rule = std::ranges::find(model::kCheckRuleNames, f.rule) - model::kCheckRuleNames.begin();
  const bool one = analytics::is_about_one_value(static_cast<model::CheckRule>(rule));
  if (!one || f.value.empty() || f.kpi.empty() || !period)
    throw Error(ErrorKind::rejected, "review-no-fact", {item.name()});
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
  rows.as_decided = true;
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
  store.review().append_row_uses(uses);
}

}  // namespace

// So that another item of the same request cannot become the same record.
static void take_key(Item& item, const Decision& decision, const model::Definitions* definitions) {
  if (item.kind != ItemKind::row || decision.verdict != Verdict::correct) return;
  const ingest::RowFields row = ingest::read_row_text(item.row.fields);
  const auto keys = record_keys(item, corrected(row.headings, row.fields, decision), definitions);
  if (!keys.empty()) item.key = readable_key(keys.back());
}

static void refuse_unusable(store::Store& store, const model::Definitions* definitions, const std::vector<Item>& items,
                            const Item& item, const Decision& decision) {
  if (item.kind == ItemKind::row) {
    if (decision.verdict == Verdict::correct) refuse_other_record(store, definitions, items, item, decision);
  } else if (decision.verdict != Verdict::accept && item.superseded) {
    throw Error(ErrorKind::rejected, "review-fact-moved", {item.name(), item.key});
  }
}

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
    Item& item = find_item(items, name);
    if (!names.insert(item.name()).second) continue;
    Decision decision{0, item.kind, item.ids.front(), request.verdict, {}, at, request.who_when.who, request.reason};
    if (request.verdict == Verdict::correct) decision.changes = changes_of(item, request.changes);
    refuse_unusable(store, definitions, items, item, decision);
    const bool is_news = !says_the_same(item.decision(), decision);
    if (is_news) decision.id = store.review().append_decision(decision);
    if (is_news && item.kind == ItemKind::finding) {
      findings.push_back(item);
      of_findings.push_back(decision);
    }
    news = news || is_news;
    out.items.push_back({item, is_news});
    take_key(item, decision, definitions);
  }
  use_on_facts(store, definitions, findings, of_findings, request.who_when, out.import);
  if (news && out.import.rejected_rows() == 0) transaction->commit();
  return out;
}

}  // namespace hr::engine
