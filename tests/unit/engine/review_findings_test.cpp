// Decisions about suspicious facts: accepted ones are silent, corrected ones are restated, dropped ones withdrawn, and
// what was known before stays.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/error.h"
#include "engine/accepted_findings.h"
#include "engine/review/decide.h"
#include "engine/review/imported_places.h"
#include "support/imported_text.h"

using namespace hr;
using namespace hr::engine;
using tests::import_text;

namespace {

store::Finding finding(const std::string& subject, const std::string& value, store::Timestamp at) {
  return {0, "jump", subject, "sales", "2026-01", value, "warning", "jump", at};
}

store::Finding pattern(store::Timestamp at) {
  return {0, "stuck", "E2", "sales", "2026-01", "7", "warning", "stuck", at};
}

std::unique_ptr<store::Store> store_with_findings() {
  auto store = store::open_store(":memory:");
  import_text(*store, model::TableId::employees, "employee_id\nE1\nE2\n");
  import_text(*store, model::TableId::facts, "subject,kpi,period,value\nE1,sales,2026-01,5\nE2,sales,2026-01,7\n");
  const auto transaction = store->begin();
  const store::Timestamp at = store->next_timestamp(10);
  store->review().append_findings({finding("E1", "5", at), finding("E2", "7", at), pattern(at)});
  transaction->commit();
  return store;
}

Decisions decide_so(store::Store& store, const std::string& item, store::Verdict verdict,
                    const std::string& value = "") {
  DecisionRequest request;
  request.items = {item};
  request.verdict = verdict;
  if (!value.empty()) request.changes = {{"value", value}};
  request.reason = "asked";
  request.who_when = {"bo", 10};
  return decide(store, nullptr, request);
}

std::vector<std::string> facts_of(store::Store& store, store::Timestamp known = store::kNow) {
  const facts::Frame all = store.all_facts(known);
  std::vector<std::string> lines;
  for (size_t row = 0; row < all.size(); ++row)
    lines.push_back(facts::cell_text(*all.find("subject"), row) + "=" + facts::cell_text(*all.find("value"), row));
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("an accepted finding is known by its value, and a later decision takes that back") {
  const auto store = store_with_findings();
  CHECK(accepted_findings(*store, store::kNow).empty());
  CHECK(decide_so(*store, "f1", store::Verdict::accept).items[0].is_news);
  CHECK_FALSE(decide_so(*store, "f1", store::Verdict::accept).items[0].is_news);
  CHECK(accepted_findings(*store, store::kNow) == Lines{finding_key(finding("E1", "5", 0))});
  CHECK(finding_key(finding("E1", "6", 0)) != finding_key(finding("E1", "5", 0)));
  CHECK(facts_of(*store) == Lines{"E1=5", "E2=7"});
  CHECK(accepted_findings(*store, 10).empty());  // by then nobody had
  decide_so(*store, "f1", store::Verdict::drop);
  CHECK(accepted_findings(*store, store::kNow).empty());
}

TEST_CASE("to correct a finding restates its fact and says whose decision it was") {
  const auto store = store_with_findings();
  const store::Timestamp before = store->next_timestamp(0) - 1;
  CHECK(decide_so(*store, "f1", store::Verdict::correct, "50").import.files[0].source.rows_changed == 1);
  CHECK(facts_of(*store) == Lines{"E1=50", "E2=7"});
  CHECK(facts_of(*store, before) == Lines{"E1=5", "E2=7"});
  const auto cell = store->facts_of("E1", {kFarPast, kFarFuture}, store::kNow).at(0);
  const ImportedPlaces places(*store);
  CHECK(places.place(cell.source, cell.row) == "review:1");
  REQUIRE(places.decision(cell.source, cell.row) != nullptr);
  CHECK(places.decision(cell.source, cell.row)->by == "bo");
  CHECK(store->health().integrity_ok);
}

TEST_CASE("to drop a finding withdraws its fact, once") {
  const auto store = store_with_findings();
  const store::Timestamp before = store->next_timestamp(0) - 1;
  CHECK(decide_so(*store, "f2", store::Verdict::drop).import.files[0].withdrawn == 1);
  CHECK(facts_of(*store) == Lines{"E1=5"});
  CHECK(facts_of(*store, before) == Lines{"E1=5", "E2=7"});
  CHECK(decide_so(*store, "f2", store::Verdict::drop).import.files.empty());
  CHECK(store->health().integrity_ok);
  const std::vector<store::Restatement> said = store->restatements();
  REQUIRE(said.size() == 1);
  CHECK(said[0].old_value == "7");
  CHECK(said[0].new_value.empty());
}

TEST_CASE("a correction that is no number is refused, and nothing is recorded") {
  const auto store = store_with_findings();
  CHECK(decide_so(*store, "f1", store::Verdict::correct, "many").import.rejected_rows() == 1);
  CHECK(store->review().decisions(store::kNow).empty());
  CHECK(facts_of(*store) == Lines{"E1=5", "E2=7"});
}

TEST_CASE("a pattern of facts can only be accepted") {
  const auto store = store_with_findings();
  CHECK_THROWS_AS(decide_so(*store, "f3", store::Verdict::drop), Error);
  CHECK_THROWS_AS(decide_so(*store, "f3", store::Verdict::correct, "1"), Error);
  CHECK(store->review().decisions(store::kNow).empty());
  CHECK(decide_so(*store, "f3", store::Verdict::accept).items.size() == 1);
}

TEST_CASE("a finding is settled when its fact says something else by now") {
  const auto store = store_with_findings();
  const auto state = [&](size_t i) { return review_items(*store, nullptr).at(i).state(); };
  CHECK(state(0) == ItemState::open);
  import_text(*store, model::TableId::facts, "subject,kpi,period,value\nE1,sales,2026-01,6\n");
  CHECK(state(0) == ItemState::settled);
  CHECK(state(1) == ItemState::open);
}

TEST_CASE("what was decided is used again when the fact comes again, and only on that value") {
  const auto store = store_with_findings();
  decide_so(*store, "f1", store::Verdict::correct, "50");
  decide_so(*store, "f2", store::Verdict::drop);
  import_text(*store, model::TableId::facts, "subject,kpi,period,value\nE1,sales,2026-01,5.0\nE2,sales,2026-01,7\n");
  CHECK(facts_of(*store) == Lines{"E1=50"});
  import_text(*store, model::TableId::facts, "subject,kpi,period,value\nE1,sales,2026-01,6\nE2,sales,2026-01,8\n");
  CHECK(facts_of(*store) == Lines{"E1=6", "E2=8"});
  import_text(*store, model::TableId::facts, "subject,kpi,period,value\nE2,sales,2026-02,7\nE1,sales,2026-01,5\n");
  CHECK(facts_of(*store) == Lines{"E1=50", "E2=8", "E2=7"});
  const auto cell = store->facts_of("E1", {kFarPast, kFarFuture}, store::kNow).at(0);
  const ImportedPlaces places(*store);
  CHECK(places.place(cell.source, cell.row) == "f.csv:3");
  REQUIRE(places.decision(cell.source, cell.row) != nullptr);
  CHECK(places.decision(cell.source, cell.row)->id == 1);
}

TEST_CASE("what was corrected to a value that somebody decided about later goes in as that was decided") {
  const auto store = store_with_findings();
  decide_so(*store, "f1", store::Verdict::correct, "50");
  {
    const auto transaction = store->begin();
    store->review().append_findings({finding("E1", "50", store->next_timestamp(10))});
    transaction->commit();
  }
  decide_so(*store, "f4", store::Verdict::correct, "55");
  CHECK(facts_of(*store) == Lines{"E1=55", "E2=7"});
  import_text(*store, model::TableId::facts, "subject,kpi,period,value\nE1,sales,2026-01,5\nE2,sales,2026-01,7\n");
  CHECK(facts_of(*store) == Lines{"E1=55", "E2=7"});
}

TEST_CASE("of a fact that says something else by now only what was found can be accepted") {
  const auto store = store_with_findings();
  decide_so(*store, "f1", store::Verdict::correct, "50");
  CHECK(decide_so(*store, "f1", store::Verdict::correct, "51").import.files[0].source.rows_changed == 1);
  CHECK(review_items(*store, nullptr).at(0).taken);
  import_text(*store, model::TableId::facts, "subject,kpi,period,value\nE1,sales,2026-01,6\n");
  CHECK_THROWS_AS(decide_so(*store, "f1", store::Verdict::correct, "52"), Error);
  CHECK_THROWS_AS(decide_so(*store, "f1", store::Verdict::drop), Error);
  CHECK(facts_of(*store) == Lines{"E1=6", "E2=7"});
  decide_so(*store, "f1", store::Verdict::accept);
}
