// Imports of facts. Expected cells and counts are worked out by hand from the rules in store.h.
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "store_fixture.h"

namespace hr::store {

using Told = std::tuple<uint64_t, uint64_t, uint64_t, uint64_t>;
static Told told(const FactsAppended& r) {
  return {r.added, r.changed, r.unchanged, r.withdrawn};
}

TEST_CASE("facts new changed and unchanged are told apart and the later value wins") {
  const auto store = open_store(":memory:");
  CHECK(told(import_facts(*store, 10,
                          {{"E1", "revenue", "2026-01", "10"},
                           {"E2", "revenue", "2026-01", "20.5"},
                           {"E1", "revenue", "2026-02", "-3"}})) == Told{3, 0, 0, 0});
  CHECK(told(import_facts(*store, 20,
                          {{"E1", "revenue", "2026-01", "10.0"},
                           {"E2", "revenue", "2026-01", "21"},
                           {"E3", "revenue", "2026-01", "0"}})) == Told{1, 1, 1, 0});
  CHECK(all_facts_of(*store) ==
        Lines{"revenue|2026-01|E1|10", "revenue|2026-01|E2|21", "revenue|2026-01|E3|0", "revenue|2026-02|E1|-3"});
  CHECK(all_facts_of(*store, 19) == Lines{"revenue|2026-01|E1|10", "revenue|2026-01|E2|20.5", "revenue|2026-02|E1|-3"});
  CHECK(all_facts_of(*store, 9).empty());
}

TEST_CASE("the same facts again change nothing") {
  const auto store = open_store(":memory:");
  const std::vector<std::vector<std::string>> rows{{"E1", "a", "2026-01", "0.1"},
                                                   {"E1", "b", "2026Q1", "999999999999999999"},
                                                   {"E2", "a", "2026-01", "0.000000000000000001"}};
  import_facts(*store, 10, rows);
  CHECK(told(import_facts(*store, 20, rows)) == Told{0, 0, 3, 0});
  CHECK(store->restatements().empty());
}

TEST_CASE("replace withdraws what the frame no longer has of its KPIs and periods") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10,
               {{"E1", "a", "2026-01", "1"},
                {"E2", "a", "2026-01", "2"},
                {"E2", "a", "2026-02", "3"},
                {"E2", "b", "2026-01", "4"}});
  const auto result =
      import_facts(*store, 20, {{"E1", "a", "2026-01", "1"}, {"E3", "a", "2026-01", "5"}}, {period("2026-01")});
  CHECK(told(result) == Told{1, 0, 1, 1});
  CHECK(all_facts_of(*store) == Lines{"a|2026-01|E1|1", "a|2026-01|E3|5", "a|2026-02|E2|3", "b|2026-01|E2|4"});
  CHECK(all_facts_of(*store, 19).size() == 4);
  CHECK(store->facts_of("E2", {*make_date(2026, 1, 1), *make_date(2026, 2, 1)}, kNow).size() == 1);  // b only
  CHECK(blocks(*store, {*make_date(2026, 1, 1), *make_date(2026, 2, 1)})[0] == "a 2026-01: 0=1.00 2=5.00");
  const auto restated = store->restatements();
  REQUIRE(restated.size() == 1);
  CHECK(restated[0].key == "E2 · a · 2026-01");
  CHECK(restated[0].old_value == "2");
  CHECK(restated[0].new_value.empty());
  CHECK(restated[0].new_row == 0);
  // withdrawn, then back: new again
  CHECK(told(import_facts(*store, 30, {{"E2", "a", "2026-01", "2"}})) == Told{1, 0, 0, 0});
  CHECK(all_facts_of(*store)[1] == "a|2026-01|E2|2");
}

TEST_CASE("replace reaches periods of which the frame has nothing when it has the KPI") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026-01", "1"}, {"E1", "a", "2026-02", "2"}});
  CHECK(told(import_facts(*store, 20, {{"E1", "a", "2026-02", "2"}}, {period("2026-01"), period("2026-02")})) ==
        Told{0, 0, 1, 1});
  CHECK(all_facts_of(*store) == Lines{"a|2026-02|E1|2"});
}

TEST_CASE("two spellings of one period are one period") {
  const auto store = open_store(":memory:");
  const auto result = import_facts(*store, 10, {{"E1", "a", "2026Q1", "1"}, {"E1", "a", "2026-Q1", "1.0"}});
  CHECK(result.overlapping.empty());
  CHECK(result.duplicates.size() == 1);
  CHECK(all_facts_of(*store) == Lines{"a|2026Q1|E1|1"});
}

TEST_CASE("of facts that stand twice equal ones are stored once and different ones not at all") {
  const auto store = open_store(":memory:");
  const auto result = import_facts(*store, 10,
                                   {{"E1", "a", "2026-01", "1"},
                                    {"E2", "a", "2026-01", "5"},
                                    {"E1", "a", "2026-01", "1"},
                                    {"E2", "a", "2026-01", "6"},
                                    {"E2", "a", "2026-01", "5"},
                                    {"E3", "a", "2026-01", "7"}});
  std::vector<std::tuple<uint32_t, uint32_t, bool>> found;
  for (const DuplicateFact& d : result.duplicates) found.emplace_back(d.line, d.other, d.differs);
  CHECK(found == std::vector<std::tuple<uint32_t, uint32_t, bool>>{
                     {3, 5, true}, {4, 2, false}, {5, 3, true}, {6, 3, true}});  // the first row is line 2
  CHECK(result.added == 2);
  CHECK(all_facts_of(*store) == Lines{"a|2026-01|E1|1", "a|2026-01|E3|7"});
}

TEST_CASE("a line of several facts of which one stands twice gives none") {
  const auto store = open_store(":memory:");
  facts::Frame frame = facts_of_rows({{"E1", "a", "2026-01", "1"},
                                      {"E1", "b", "2026-01", "2"},
                                      {"E1", "a", "2026-01", "3"},
                                      {"E1", "c", "2026-01", "4"},
                                      {"E2", "a", "2026-01", "5"}});
  frame.rows = {2, 2, 3, 3, 4};
  const auto transaction = store->begin();
  const auto intake = store->import_facts(1);
  intake->add(0, frame);
  const FactsAppended result = intake->finish(store->append_source(source_of(model::TableId::facts, 10)), {});
  CHECK(result.duplicates.size() == 2);
  CHECK(all_facts_of(*store) == Lines{"a|2026-01|E2|5"});
}

TEST_CASE("rows that differ in a column that is not kept differ") {
  const auto store = open_store(":memory:");
  facts::Frame frame = facts_of_rows({{"E1", "a", "2026-01", "1"}, {"E1", "a", "2026-01", "1"}});
  facts::Column note;
  note.name = "attr.note";
  note.append("x");
  note.append("y");
  frame.columns.push_back(note);
  const auto transaction = store->begin();
  const auto intake = store->import_facts(1);
  intake->add(0, frame);
  const FactsAppended result = intake->finish(store->append_source(source_of(model::TableId::facts, 10)), {});
  REQUIRE(result.duplicates.size() == 2);
  CHECK(result.duplicates[0].differs);
  CHECK(result.added == 0);
}

TEST_CASE("what is stored does not depend on pieces and workers") {
  // Values of all sizes, subjects in several blocks, in an order without order; some keys twice.
  std::mt19937 random(11);
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 6000; ++i) {
    std::string value = std::to_string(random() % 1000) + "." + std::to_string(random() % 100 + 1);
    if (random() % 20 == 0)
      value = std::to_string(random() % 1000) + "98765" + std::to_string(random() % 100000) + ".5";
    if (random() % 30 == 0) value = "-0.00000000000000" + std::to_string(random() % 90 + 1);
    rows.push_back({"S" + std::to_string(random() % 3000), random() % 2 ? "k" : "l",
                    "2026-0" + std::to_string(random() % 3 + 1), value});
  }
  facts::Frame frame = facts_of_rows(rows);
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<std::string>> expected;  // the plain twin
  for (const auto& r : rows) expected[{r[1], r[2], r[0]}].push_back(to_string(parse_decimal(r[3]).value()));
  Lines first;
  for (const int threads : {1, 2, 3}) {
    for (const size_t piece : {size_t{1}, size_t{7}, size_t{1000}, size_t{9999}}) {
      const auto store = open_store(":memory:");
      const auto transaction = store->begin();
      const uint32_t source = store->append_source(source_of(model::TableId::facts, 10));
      const FactsAppended result = import_in_pieces(*store, source, frame, threads, piece);
      transaction->commit();
      size_t single = 0;
      bool right = true;
      const facts::Frame all = store->all_facts(kNow);
      for (const auto& [key, values] : expected) single += std::set(values.begin(), values.end()).size() == 1;
      for (size_t row = 0; row < all.size(); ++row) {
        const auto& values =
            expected[{std::string(all.find("kpi")->text(row)), std::string(all.find("period")->text(row)),
                      std::string(all.find("subject")->text(row))}];
        right &= !values.empty() && values[0] == to_string(all.find("value")->decimals[row]);
      }
      CHECK(right);
      CHECK(all.size() == single);
      CHECK(result.added == single);
      CHECK(result.duplicates.size() + result.added == rows.size());
      Lines now = hr::store::lines_of(all, {"kpi", "period", "subject", "value"});
      for (size_t i = 0; i < all.size(); ++i) now[i] += "|" + std::to_string(all.rows[i]);
      for (uint32_t i = 0; i < store->subjects().size(); i += 100) now.emplace_back(store->subjects()[i]);
      if (first.empty()) first = now;
      CHECK(now == first);
    }
  }
}

TEST_CASE("an import of facts that is rolled back leaves nothing behind") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026-01", "1"}});
  {
    const auto transaction = store->begin();
    const uint32_t id = store->append_source(source_of(model::TableId::facts, 20));
    const auto intake = store->import_facts(1);
    intake->add(0, facts_of_rows({{"E7", "z", "2026-01", "1"}, {"E1", "a", "2026-01", "2"}}));
    intake->finish(id, {});
    CHECK(store->subjects().size() == 2);
  }
  CHECK(store->subjects().size() == 1);
  CHECK(store->sources(kNow).size() == 1);
  import_facts(*store, 20, {{"E8", "a", "2026-01", "1"}});
  CHECK(store->subjects()[1] == "E8");
  CHECK(all_facts_of(*store) == Lines{"a|2026-01|E1|1", "a|2026-01|E8|1"});
}

}  // namespace hr::store
