// Definitions, sources and what happened to cycles, each known from its time on; times and transactions. Expected
// values are what was put in.
#include <stdexcept>

#include "store_fixture.h"

namespace hr::store {

using model::TableId;

namespace {

DefinitionsVersion version_at(Timestamp at) {
  DefinitionsVersion version;
  version.hash = "h" + std::to_string(at);
  version.applied_at = at;
  version.applied_by = "王芳";
  version.reason = "new target";
  return version;
}

DefinitionsVersion apply(Store& store, Timestamp at, const std::vector<DefinitionFile>& files) {
  const auto transaction = store.begin();
  DefinitionsVersion version = store.append_definitions(files, version_at(at));
  transaction->commit();
  return version;
}

}  // namespace

TEST_CASE("definitions come back as applied and as known at a time") {
  const auto store = open_store(":memory:");
  CHECK_FALSE(store->latest_definitions(kNow).has_value());
  const std::vector<DefinitionFile> first{
      {"b.yaml", "version: 1\n"}, {"a.yaml", std::string("x\0y", 3)}, {"empty.yaml", ""}};
  CHECK(apply(*store, 10, first).id == 1);
  CHECK(apply(*store, 20, {{"a.yaml", "changed"}, {"b.yaml", "version: 1\n"}}).id == 2);
  const auto files = store->definition_files(1);
  REQUIRE(files.size() == 3);
  for (size_t i = 0; i < 3; ++i) {
    CHECK(files[i].path == first[i].path);
    CHECK(files[i].text == first[i].text);
  }
  CHECK(store->definition_files(2)[0].text == "changed");
  CHECK(store->definition_files(3).empty());
  const auto latest = store->latest_definitions(kNow);
  REQUIRE(latest.has_value());
  CHECK(latest->id == 2);
  CHECK(latest->hash == "h20");
  CHECK(latest->applied_at == 20);
  CHECK(latest->applied_by == "王芳");
  CHECK(latest->reason == "new target");
  CHECK(store->latest_definitions(19)->id == 1);
  CHECK_FALSE(store->latest_definitions(9).has_value());
  CHECK(store->definitions_version(1)->hash == "h10");
  CHECK_FALSE(store->definitions_version(7).has_value());
}

TEST_CASE("sources keep their counts and are known from their time on") {
  const auto store = open_store(":memory:");
  {
    const auto transaction = store->begin();
    Source source = source_of(TableId::leaves, 10, "休假 (1).csv");
    source.mapping = "m1";
    source.id = store->append_source(source);
    CHECK(source.id == 1);
    store->append_records(TableId::leaves, source.id,
                          frame_of(TableId::leaves, {"employee_id", "from", "kind"}, {{"E1", "2026-01-01", "sick"}}));
    source.rows_read = 9;
    source.rows_new = 4;
    source.rows_changed = 3;
    source.rows_unchanged = 1;
    source.rows_quarantined = 1;
    store->append_quarantine({{source.id, 5, "from", "\xff bad", "bad-value",
                               "bad-value/date\x1f"
                               "x",
                               "employee_id\x1e"
                               "E2"}});
    store->finish_source(source);
    transaction->commit();
  }
  import_records(*store, 20, frame_of(TableId::employees, {"employee_id"}, {{"E1"}}), TableId::employees);
  const auto all = store->sources(kNow);
  REQUIRE(all.size() == 2);
  CHECK(all[0].table == TableId::leaves);
  CHECK(all[0].file == "休假 (1).csv");
  CHECK(all[0].sha256 == "00");
  CHECK(all[0].mapping == "m1");
  CHECK(all[0].imported_at == 10);
  CHECK(all[0].imported_by == "li.na");
  CHECK(all[0].rows_read == 9);
  CHECK(all[0].rows_new == 4);
  CHECK(all[0].rows_changed == 3);
  CHECK(all[0].rows_unchanged == 1);
  CHECK(all[0].rows_quarantined == 1);
  CHECK(store->sources(19).size() == 1);
  CHECK(store->sources(9).empty());
  const auto quarantine = store->quarantine();
  REQUIRE(quarantine.size() == 1);
  CHECK(quarantine[0].source == 1);
  CHECK(quarantine[0].line == 5);
  CHECK(quarantine[0].column == "from");
  CHECK(quarantine[0].value == "\xff bad");
  CHECK(quarantine[0].code == "bad-value");
  CHECK(quarantine[0].message ==
        "bad-value/date\x1f"
        "x");
  CHECK(quarantine[0].fields ==
        "employee_id\x1e"
        "E2");
}

TEST_CASE("what happened to cycles and their targets is known from its time on") {
  const auto store = open_store(":memory:");
  const auto transaction = store->begin();
  store->append_cycle_event({"2026H1", CycleAction::freeze, 0, 10, "li.na", "agreed"});
  store->append_cycle_event({"2026H1", CycleAction::close, 3, 20, "王芳", ""});
  TargetChange change;
  change.at = 20;
  change.by = "li.na";
  change.reason = "market fell";
  change.cycle = "2026H1";
  change.stage = "open";
  change.subject = "job:Rep";
  change.kpi = "revenue";
  change.field = "target";
  change.before = "100";
  change.after = "90.5";
  change.source = 7;
  change.row = 12;
  store->append_target_changes({change});
  transaction->commit();
  CHECK(store->cycle_events(9).empty());
  REQUIRE(store->cycle_events(19).size() == 1);
  const auto events = store->cycle_events(kNow);
  REQUIRE(events.size() == 2);
  CHECK(events[0].action == CycleAction::freeze);
  CHECK(events[0].reason == "agreed");
  CHECK(events[1].cycle == "2026H1");
  CHECK(events[1].action == CycleAction::close);
  CHECK(events[1].run == 3);
  CHECK(events[1].at == 20);
  CHECK(events[1].by == "王芳");
  CHECK(store->target_changes(19).empty());
  const auto changes = store->target_changes(20);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].by == "li.na");
  CHECK(changes[0].reason == "market fell");
  CHECK(changes[0].cycle == "2026H1");
  CHECK(changes[0].stage == "open");
  CHECK(changes[0].subject == "job:Rep");
  CHECK(changes[0].kpi == "revenue");
  CHECK(changes[0].field == "target");
  CHECK(changes[0].before == "100");
  CHECK(changes[0].after == "90.5");
  CHECK(changes[0].definitions_version == 0);
  CHECK(changes[0].source == 7);
  CHECK(changes[0].row == 12);
}

TEST_CASE("times only go up whatever the clock says") {
  const auto store = open_store(":memory:");
  CHECK(store->next_timestamp(100) == 100);
  apply(*store, 100, {});
  CHECK(store->next_timestamp(50) == 101);
  CHECK(store->next_timestamp(200) == 200);
  CHECK(error_of([&] { apply(*store, 100, {}); }) == "store-time-order");
  CHECK(error_of([&] { import_records(*store, 99, facts::make_frame(TableId::leaves), TableId::leaves); }) ==
        "store-time-order");
  Run run;
  run.created_at = 100;
  CHECK(error_of([&] {
          const auto transaction = store->begin();
          store->append_run(run, {});
        }) == "store-time-order");
  const auto transaction = store->begin();  // of one time in one transaction there may be many
  store->append_source(source_of(TableId::leaves, 101));
  store->append_source(source_of(TableId::leaves, 101));
  transaction->commit();
  CHECK(store->next_timestamp(0) == 102);
}

TEST_CASE("without commit nothing has happened") {
  const auto store = open_store(":memory:");
  {
    const auto transaction = store->begin();
    store->append_definitions({{"a.yaml", "x"}}, version_at(10));
    store->append_source(source_of(TableId::leaves, 10));
  }
  CHECK_FALSE(store->latest_definitions(kNow).has_value());
  CHECK(store->sources(kNow).empty());
  CHECK(store->next_timestamp(5) == 5);
}

TEST_CASE("to append outside a transaction or to begin twice is a mistake of the program") {
  const auto store = open_store(":memory:");
  CHECK_THROWS_AS(store->append_source(source_of(TableId::leaves, 10)), std::logic_error);
  CHECK_THROWS_AS(store->append_run({}, {}), std::logic_error);
  CHECK_THROWS_AS(store->append_quarantine({}), std::logic_error);
  const auto transaction = store->begin();
  CHECK_THROWS_AS(store->begin(), std::logic_error);
  CHECK_THROWS_AS(store->records(TableId::facts, kNow), std::logic_error);
  transaction->commit();
  CHECK_THROWS_AS(transaction->commit(), std::logic_error);
  CHECK_NOTHROW(store->begin());
}

TEST_CASE("a new store is healthy") {
  const auto store = open_store(":memory:");
  const Store::Health health = store->health();
  CHECK(health.integrity_ok);
  CHECK(health.detail.empty());
  CHECK(health.schema_version == 1);
  CHECK(health.bytes > 0);
}

}  // namespace hr::store
