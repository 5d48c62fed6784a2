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
  const ingest::RowFields row = ingest::read_row_text(item.row.fields);
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

}  // namespace

std::vector<DecidedItem> decide(store::Store& store, const model::Definitions* definitions,
                                const DecisionRequest& request) {
  const std::unique_ptr<store::Transaction> transaction = store.begin();
  const store::Timestamp at = store.next_timestamp(request.who_when.now);
  std::vector<Item> items = review_items(store, definitions);
  std::vector<DecidedItem> decided;
  std::set<std::string> names;
  bool news = false;
  for (const std::string& name : request.items) {
    const Item& item = find_item(items, name);
    if (!names.insert(item.name()).second) continue;
    Decision decision{0, item.kind, item.ids.front(), request.verdict, {}, at, request.who_when.who, request.reason};
    if (request.verdict == Verdict::correct) decision.changes = changes_of(item, request.changes);
    const bool is_news = !says_the_same(item.decision(), decision);
    if (is_news) store.append_decision(decision);
    news = news || is_news;
    decided.push_back({item, is_news});
  }
  if (news) transaction->commit();
  return decided;
}

}  // namespace hr::engine
