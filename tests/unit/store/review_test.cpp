// The review queue in the store: what is recorded comes back, newest last, and is known from its time on.
#include <SQLiteCpp/SQLiteCpp.h>

#include "store/review.h"
#include "store_fixture.h"

namespace hr::store {

namespace {

Finding finding(const std::string& rule, const std::string& value, Timestamp at) {
  Finding f;
  f.rule = rule;
  f.subject = "E1";
  f.kpi = "sales";
  f.period = "2026-01";
  f.value = value;
  f.severity = "warning";
  f.message =
      "jump\x1f"
      "12";
  f.found_at = at;
  return f;
}

uint32_t quarantine_one(Store& store, Timestamp at) {
  const auto transaction = store.begin();
  const uint32_t source = store.append_source(source_of(model::TableId::facts, at));
  store.append_quarantine({{source, 2, "value", "x", "bad-number", "bad-number",
                            "value\x1e"
                            "x"}});
  transaction->commit();
  return source;
}

}  // namespace

TEST_CASE("decisions come back as they were made and count from their time on") {
  const auto store = open_store(":memory:");
  quarantine_one(*store, 10);
  {
    const auto transaction = store->begin();
    CHECK(store->review().append_decision({0, ItemKind::row, 1, Verdict::correct,
                                           "value\x1e"
                                           "12",
                                           20, "李娜", "typo"}) == 1);
    transaction->commit();
  }
  {
    const auto transaction = store->begin();
    CHECK(store->review().append_decision({0, ItemKind::row, 1, Verdict::drop, "", 30, "bo", "not ours"}) == 2);
    CHECK(store->review().append_decision({0, ItemKind::finding, 4, Verdict::accept, "", 30, "bo", "fine"}) == 3);
    transaction->commit();
  }
  CHECK(store->review().decisions(19).empty());
  CHECK(store->review().decisions(20).size() == 1);
  const std::vector<Decision> all = store->review().decisions(kNow);
  REQUIRE(all.size() == 3);
  CHECK(all[0].id == 1);
  CHECK(all[0].kind == ItemKind::row);
  CHECK(all[0].item == 1);
  CHECK(all[0].verdict == Verdict::correct);
  CHECK(all[0].changes ==
        "value\x1e"
        "12");
  CHECK(all[0].at == 20);
  CHECK(all[0].by == "李娜");
  CHECK(all[0].reason == "typo");
  CHECK(all[1].verdict == Verdict::drop);
  CHECK(all[2].kind == ItemKind::finding);
  CHECK(all[2].verdict == Verdict::accept);
}

TEST_CASE("a decision has a time after all that was recorded before") {
  const auto store = open_store(":memory:");
  quarantine_one(*store, 10);
  const auto transaction = store->begin();
  CHECK_THROWS(store->review().append_decision({0, ItemKind::row, 1, Verdict::drop, "", 10, "bo", "late"}));
}

TEST_CASE("rows set aside have numbers, and where decisions were used is kept") {
  const auto store = open_store(":memory:");
  const uint32_t source = quarantine_one(*store, 10);
  quarantine_one(*store, 20);
  const auto rows = store->quarantine();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].id == 1);
  CHECK(rows[1].id == 2);
  {
    const auto transaction = store->begin();
    store->review().append_row_uses({{source, 2, 1, 7}, {source, 3, 2, 0}});
    transaction->commit();
  }
  const auto uses = store->review().row_uses();
  REQUIRE(uses.size() == 2);
  CHECK(uses[0].source == source);
  CHECK(uses[0].line == 2);
  CHECK(uses[0].item == 1);
  CHECK(uses[0].decision == 7);
  CHECK(uses[1].decision == 0);
}

TEST_CASE("rows set aside are found again by what they said") {
  const auto store = open_store(":memory:");
  quarantine_one(*store, 10);
  {
    const auto transaction = store->begin();
    store->append_quarantine({{1, 7, "value", "y", "bad-number", "bad-number", "value\x1ey"}});
    transaction->commit();
  }
  quarantine_one(*store, 20);
  const auto ids_of = [&](const std::vector<std::string_view>& fields) {
    std::vector<uint32_t> ids;
    for (const QuarantinedRow& row : store->quarantine_of(fields)) ids.push_back(row.id);
    return ids;
  };
  CHECK(ids_of({"value\x1ex", "value\x1ex", "value"}) == std::vector<uint32_t>{1, 3});
  CHECK(ids_of({"value\x1ey"}) == std::vector<uint32_t>{2});
  CHECK(store->quarantine_of(std::vector<std::string_view>{"value\x1ey"})[0].line == 7);
  CHECK((ids_of({"value"}).empty() && ids_of({}).empty()));
}

TEST_CASE("a finding is kept once, and again when its value is another one") {
  const auto store = open_store(":memory:");
  for (const Timestamp at : {10, 20}) {
    const auto transaction = store->begin();
    store->review().append_findings({finding("jump", "5", at), finding("jump", at == 10 ? "5" : "6", at)});
    transaction->commit();
  }
  const std::vector<Finding> all = store->review().findings(kNow);
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == 1);
  CHECK(all[0].rule == "jump");
  CHECK(all[0].subject == "E1");
  CHECK(all[0].kpi == "sales");
  CHECK(all[0].period == "2026-01");
  CHECK(all[0].value == "5");
  CHECK(all[0].severity == "warning");
  CHECK(all[0].message ==
        "jump\x1f"
        "12");
  CHECK(all[0].found_at == 10);
  CHECK(all[1].value == "6");
  CHECK(store->review().findings(19).size() == 1);
}

TEST_CASE("a finding has a number after all there are") {
  const TemporaryFolder folder;
  const auto find = [&](const std::string& value, Timestamp at) {
    const auto store = open_store(folder / "hr.db");
    const auto transaction = store->begin();
    store->review().append_findings({finding("jump", value, at)});
    transaction->commit();
  };
  find("5", 10);
  find("6", 20);
  SQLite::Database(folder / "hr.db", SQLite::OPEN_READWRITE).exec("DELETE FROM finding WHERE finding_id = 1");
  find("7", 30);
  const std::vector<Finding> all = open_store(folder / "hr.db")->review().findings(kNow);
  REQUIRE(all.size() == 2);
  CHECK(all[0].id == 2);
  CHECK(all[1].id == 3);
}

TEST_CASE("a copy of the store as it was holds no later decision, use or finding") {
  const auto store = open_store(":memory:");
  const uint32_t source = quarantine_one(*store, 10);
  {
    const auto transaction = store->begin();
    store->review().append_decision({0, ItemKind::row, 1, Verdict::drop, "", 20, "bo", "no"});
    store->review().append_findings({finding("jump", "5", 20)});
    Source again = source_of(model::TableId::facts, 20);
    store->review().append_row_uses({{store->append_source(again), 2, 1, 1}});
    transaction->commit();
  }
  const auto before = store->copy(10);
  CHECK(before->review().decisions(kNow).empty());
  CHECK(before->review().findings(kNow).empty());
  CHECK(before->review().row_uses().empty());
  CHECK(before->quarantine().size() == source);
  CHECK(before->health().integrity_ok);
  CHECK(store->copy(kNow)->review().row_uses().size() == 1);
}

TEST_CASE("how a file was read comes back with its source") {
  const auto store = open_store(":memory:");
  const auto transaction = store->begin();
  Source source = source_of(model::TableId::employees, 10);
  source.wide = true;
  source.effective = parse_date("2026-03-01");
  store->append_source(source);
  store->append_source(source_of(model::TableId::employees, 10));
  CHECK(store->sources(kNow)[0].wide);
  CHECK(store->sources(kNow)[0].effective == parse_date("2026-03-01"));
  CHECK_FALSE(store->sources(kNow)[1].wide);
  CHECK_FALSE(store->sources(kNow)[1].effective.has_value());
}

}  // namespace hr::store
