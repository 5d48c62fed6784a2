// Facts read back: in blocks, of one subject, as known at a time. Expected cells are worked out by hand.
#include <map>
#include <mutex>
#include <tuple>

#include "store_fixture.h"

namespace hr::store {

TEST_CASE("facts are read by KPI then period with ascending subjects") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10,
               {{"E2", "revenue", "2026-02", "1.5"},
                {"E1", "cost", "2026-01", "2"},
                {"E2", "cost", "2026-01", "3"},
                {"E1", "revenue", "2026-02", "4"},
                {"E1", "revenue", "2025-12", "5"}});
  CHECK(store->subjects()[0] == "E2");
  CHECK(store->subjects()[1] == "E1");
  CHECK(blocks(*store, {kFarPast, kFarFuture}) ==
        Lines{"cost 2026-01: 0=3.00 1=2.00", "revenue 2025-12: 1=5.00", "revenue 2026-02: 0=1.50 1=4.00"});
  CHECK(blocks(*store, {*make_date(2026, 2, 1), *make_date(2026, 3, 1)}) == Lines{"revenue 2026-02: 0=1.50 1=4.00"});
}

TEST_CASE("doubles of facts are the nearest to their decimals") {
  const auto store = open_store(":memory:");
  // 2^53 + 1 has no double; the next to 0.1 is the literal's. Mixed scales whose common one does not fit 64 bits.
  import_facts(*store, 10,
               {{"A", "k", "2026-01", "9007199254740993"},
                {"B", "k", "2026-01", "0.000000000000000001"},
                {"C", "k", "2026-01", "0.1"},
                {"A", "l", "2026-01", "0.1"},
                {"B", "l", "2026-01", "1234567.89"},
                {"C", "l", "2026-01", "-7"}});
  std::vector<double> values;
  store->facts({kFarPast, kFarFuture}, kNow)->read([&](const FactBlock& b) {
    values.insert(values.end(), b.values.begin(), b.values.end());
  });
  CHECK(values == std::vector<double>{9007199254740992.0, 1e-18, 0.1, 0.1, 1234567.89, -7.0});
  CHECK(all_facts_of(*store)[0] == "k|2026-01|A|9007199254740993");
  CHECK(all_facts_of(*store)[1] == "k|2026-01|B|0.000000000000000001");
}

TEST_CASE("the facts of one subject are exact with source and line") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "revenue", "2026-01", "10"}, {"E2", "revenue", "2026-01", "20.5"}});
  import_facts(
      *store, 20,
      {{"E9", "revenue", "2026-01", "1"}, {"E2", "revenue", "2026-01", "21.25"}, {"E2", "cost", "2026-03", "7"}});
  const auto cells = store->facts_of("E2", {kFarPast, kFarFuture}, kNow);
  REQUIRE(cells.size() == 2);
  CHECK(cells[0].kpi == "cost");
  CHECK(cells[1].kpi == "revenue");
  CHECK(cells[1].value == *parse_decimal("21.25"));
  CHECK(cells[1].source == 2);
  CHECK(cells[1].row == 3);
  const auto before = store->facts_of("E2", {kFarPast, kFarFuture}, 15);
  REQUIRE(before.size() == 1);
  CHECK(before[0].value == *parse_decimal("20.5"));
  CHECK(before[0].source == 1);
  CHECK(store->facts_of("E2", {*make_date(2026, 2, 1), *make_date(2026, 3, 1)}, kNow).empty());
  CHECK(store->facts_of("nobody", {kFarPast, kFarFuture}, kNow).empty());
}

TEST_CASE("facts are the same with any number of threads, and in slices of blocks") {
  const auto store = open_store(":memory:");
  facts::Frame frame = facts::make_frame(model::TableId::facts);
  for (uint32_t i = 0; i < 150'000; ++i) {  // three blocks
    frame.columns[0].append("S" + std::to_string(i));
    frame.columns[1].append(i % 7 ? "k" : "l");
    frame.columns[2].append("2026-01");
    frame.columns[3].append(make_decimal(i, 2));
    frame.rows.push_back(i + 2);
  }
  {
    const auto transaction = store->begin();
    import_in_pieces(*store, store->append_source(source_of(model::TableId::facts, 10)), frame, 2, 10'000);
    transaction->commit();
  }
  import_facts(*store, 20, {{"S7", "l", "2026-01", "-1"}, {"S149999", "k", "2026-02", "-1"}});
  using Cells = std::map<std::tuple<std::string, std::string, uint32_t>, double>;
  const std::unique_ptr<StoredFacts> facts_stored = store->facts({kFarPast, kFarFuture}, kNow);
  const auto read = [&](int threads, uint32_t first, uint32_t end) {
    std::mutex mutex;
    Cells cells;
    const auto each = [&](const FactBlock& b) {
      const std::scoped_lock lock(mutex);
      for (size_t i = 0; i < b.subjects.size(); ++i)
        cells[{std::string(b.kpi), to_string(b.period), b.subjects[i]}] = b.values[i];
    };
    facts_stored->read(each, threads, first, end);
    return cells;
  };
  const Cells all = read(1, 0, UINT32_MAX);
  CHECK(all.size() == 150'001);
  CHECK(read(3, 0, UINT32_MAX) == all);
  Cells slices = read(2, 0, 1);
  CHECK(slices.size() == 65'536);
  slices.merge(read(2, 1, 3));
  CHECK(slices == all);
}

TEST_CASE("facts in any order of rows across blocks of subjects come back right") {
  const auto store = open_store(":memory:");
  constexpr uint32_t kSubjects = 140'000;  // three blocks
  facts::Frame frame = facts::make_frame(model::TableId::facts);
  for (uint32_t i = 0; i < kSubjects; ++i) {
    const auto subject = static_cast<uint32_t>(
        uint64_t{i} * 99'991 % kSubjects);  // 99991 is prime and does not divide 140000: every subject once
    frame.columns[0].append("S" + std::to_string(subject));
    frame.columns[1].append("k");
    frame.columns[2].append(subject % 2 ? "2026-01" : "2026-02");
    frame.columns[3].append(make_decimal(subject, 2));
    frame.rows.push_back(i + 2);
  }
  auto transaction = store->begin();
  const uint32_t source = store->append_source(source_of(model::TableId::facts, 10));
  import_in_pieces(*store, source, frame, 1, frame.size());
  transaction->commit();
  transaction.reset();
  import_facts(*store, 20, {{"S131071", "k", "2026-01", "-1"}});
  const facts::SharedDictionary subjects = store->subjects();
  REQUIRE(subjects.size() == kSubjects);
  size_t seen = 0;
  bool right = true;
  store->facts({kFarPast, kFarFuture}, kNow)->read([&](const FactBlock& b) {
    for (size_t i = 0; i < b.subjects.size(); ++i, ++seen) {
      const auto subject = static_cast<uint32_t>(std::stoul(std::string(subjects[b.subjects[i]].substr(1))));
      right &= i == 0 || b.subjects[i - 1] < b.subjects[i];
      right &= (b.period.from.days == make_date(2026, 1, 1)->days) == (subject % 2 == 1);
      right &= b.values[i] == (subject == 131'071 ? -1.0 : subject / 100.0);
    }
  });
  CHECK(right);
  CHECK(seen == kSubjects);
  const auto cells = store->facts_of("S5", {kFarPast, kFarFuture}, kNow);
  REQUIRE(cells.size() == 1);
  CHECK(cells[0].value == *parse_decimal("0.05"));
  CHECK(subjects[cells[0].row - 2] == "S5");  // subjects are numbered as they appear, lines count from 2
}

TEST_CASE("restatements of facts are in order of import") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026-01", "1"}, {"E1", "b", "2026-01", "1"}});
  import_facts(*store, 20, {{"E1", "b", "2026-01", "2"}});
  import_facts(*store, 30, {{"E1", "a", "2026-01", "5"}, {"E1", "b", "2026-01", "1"}});
  Lines lines;
  for (const Restatement& r : store->restatements())
    lines.push_back(r.key + " " + r.old_value + ">" + r.new_value + " " + std::to_string(r.old_source) + ":" +
                    std::to_string(r.old_row) + " " + std::to_string(r.new_source) + ":" + std::to_string(r.new_row) +
                    " " + std::to_string(r.changed_at));
  CHECK(lines ==
        Lines{"E1 · b · 2026-01 1>2 1:3 2:2 20", "E1 · a · 2026-01 1>5 1:2 3:2 30", "E1 · b · 2026-01 2>1 2:2 3:3 30"});
}

TEST_CASE("facts that changed between two times, and a copy of the store as known then") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026-01", "1"}, {"E2", "a", "2026-01", "7"}, {"E1", "b", "2026-08", "1"}});
  import_facts(*store, 20, {{"E1", "a", "2026-01", "2"}, {"E3", "a", "2026-02", "4"}});
  import_facts(*store, 30, {{"E2", "a", "2026-01", "8"}, {"E1", "b", "2026-08", "9"}});
  const auto changes = [&](Timestamp earlier, Timestamp later) {
    Lines lines;
    const auto text = [](const std::optional<Decimal>& v) { return v ? to_string(*v) : std::string("-"); };
    for (const FactChange& c : store->fact_changes({*make_date(2026, 1, 1), *make_date(2026, 7, 1)}, earlier, later))
      lines.push_back(c.subject + " " + c.kpi + " " + to_string(c.period) + " " + text(c.before) + ">" + text(c.after) +
                      " " + std::to_string(c.before_source) + ":" + std::to_string(c.before_row) + " " +
                      std::to_string(c.after_source) + ":" + std::to_string(c.after_row));
    return lines;
  };
  CHECK(changes(10, 20) == Lines{"E1 a 2026-01 1>2 1:2 2:2", "E3 a 2026-02 ->4 0:0 2:3"});
  CHECK(changes(20, kNow) == Lines{"E2 a 2026-01 7>8 1:3 3:2"});
  CHECK(changes(30, kNow).empty());
  CHECK(changes(0, 10) == Lines{"E1 a 2026-01 ->1 0:0 1:2", "E2 a 2026-01 ->7 0:0 1:3"});

  const auto copy = store->copy(20);
  CHECK(all_facts_of(*copy) == all_facts_of(*store, 20));
  CHECK(copy->sources(kNow).size() == 2);
  CHECK(copy->health().integrity_ok);
  CHECK(copy->next_timestamp(5) == 21);
  import_facts(*copy, 40, {{"E9", "a", "2026-01", "5"}});
  CHECK(copy->sources(kNow).size() == 3);
  CHECK(all_facts_of(*store) == all_facts_of(*store, 30));
}

TEST_CASE("of whom new facts came between two times") {
  const auto store = open_store(":memory:");
  const DateRange half{*make_date(2026, 1, 1), *make_date(2026, 7, 1)};
  std::vector<std::vector<std::string>> many;
  for (uint32_t i = 0; i < 70'000; ++i) many.push_back({"E" + std::to_string(100'000 + i), "a", "2026-01", "1"});
  import_facts(*store, 10, many);
  // E100000 is 0 …; one is changed, one is said again, one is new, one is not of these days, one is withdrawn.
  import_facts(*store, 20,
               {{"E100003", "a", "2026-01", "2"}, {"E100004", "a", "2026-01", "1"}, {"E169999", "b", "2026-02", "1"}});
  import_facts(*store, 30, {{"E100009", "a", "2026-08", "1"}});
  import_facts(*store, 40, {{"E100007", "b", "2026-02", "1"}}, {*parse_period("2026-02")});
  const auto subjects = [&](Timestamp earlier, Timestamp later) {
    return store->subjects_of_new_facts(half, earlier, later);
  };
  CHECK(subjects(10, 20) == std::vector<uint32_t>{3, 69'999});
  CHECK(subjects(20, 30).empty());
  CHECK(subjects(30, kNow) == std::vector<uint32_t>{7, 69'999});
  CHECK(subjects(40, kNow).empty());
  CHECK(subjects(0, 10).size() == 70'000);
}

}  // namespace hr::store
