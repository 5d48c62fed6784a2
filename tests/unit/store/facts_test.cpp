// Facts in the store. Expected cells and counts are worked out by hand from the rules in store.h.
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <tuple>

#include "store_fixture.h"

namespace hr::store {

namespace {

using Told = std::tuple<uint64_t, uint64_t, uint64_t, uint64_t>;
Told told(const FactsAppended& r) {
  return {r.added, r.changed, r.unchanged, r.withdrawn};
}

Period period(const char* text) {
  return parse_period(text).value();
}

std::vector<uint32_t> lines_of(const std::vector<OverlappingFact>& facts) {
  std::vector<uint32_t> lines;
  for (const OverlappingFact& f : facts) lines.push_back(f.line);
  return lines;
}

// One import, its rows dealt out in pieces to `threads` workers.
FactsAppended import_in_pieces(Store& store, uint32_t source, const facts::Frame& frame, int threads, size_t piece) {
  const auto intake = store.import_facts(threads);
  std::vector<facts::Frame> parts;  // a worker's dictionaries grow from piece to piece
  for (int i = 0; i < threads; ++i) parts.push_back(facts::make_frame(model::TableId::facts));
  for (size_t begin = 0, worker = 0; begin < frame.size(); begin += piece, worker = (worker + 1) % parts.size()) {
    facts::Frame& part = parts[worker];
    part.rows.clear();
    for (facts::Column& c : part.columns) {
      c.codes.clear();
      c.decimals.clear();
    }
    for (size_t row = begin; row < std::min(begin + piece, frame.size()); ++row) {
      for (size_t c = 0; c < 3; ++c) part.columns[c].append(frame.columns[c].text(row));
      part.columns[3].append(frame.columns[3].decimals[row]);
      part.rows.push_back(frame.rows[row]);
    }
    intake->add(worker, part);
  }
  return intake->finish(source, {});
}

Lines blocks(Store& store, DateRange range, Timestamp known = kNow) {
  Lines lines;
  store.read_facts(range, known, [&](const FactBlock& b) {
    std::string line = std::string(b.kpi) + " " + to_string(b.period) + ":";
    for (size_t i = 0; i < b.subjects.size(); ++i)
      line += " " + std::to_string(b.subjects[i]) + "=" + std::to_string(b.values[i]).substr(0, 4);
    lines.push_back(line);
  });
  return lines;
}

}  // namespace

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
  store->read_facts({kFarPast, kFarFuture}, kNow,
                    [&](const FactBlock& b) { values.insert(values.end(), b.values.begin(), b.values.end()); });
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

TEST_CASE("facts whose periods overlap stored ones of the same subject and KPI are handed back") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026Q1", "1"}, {"E2", "a", "2026Q2", "2"}, {"E3", "b", "2026Q1", "3"}});
  const auto result = import_facts(*store, 20,
                                   {{"E1", "a", "2026-01", "9"},
                                    {"E2", "a", "2026-01", "9"},
                                    {"E3", "a", "2026-01", "9"},
                                    {"E1", "a", "2026-04", "9"}});
  CHECK(lines_of(result.overlapping) == std::vector<uint32_t>{2});
  CHECK(result.added == 3);
  CHECK(all_facts_of(*store) ==
        Lines{"a|2026-01|E2|9", "a|2026-01|E3|9", "a|2026Q1|E1|1", "a|2026-04|E1|9", "a|2026Q2|E2|2", "b|2026Q1|E3|3"});
}

TEST_CASE("incoming facts that overlap one another are all handed back") {
  const auto store = open_store(":memory:");
  const auto result = import_facts(*store, 10,
                                   {{"E1", "a", "2026", "1"},
                                    {"E2", "a", "2026-01", "2"},
                                    {"E1", "a", "2026-W05", "3"},
                                    {"E1", "a", "2026-03-05", "4"},
                                    {"E1", "b", "2026-01", "5"}});
  CHECK(lines_of(result.overlapping) == std::vector<uint32_t>{2, 4, 5});
  CHECK(all_facts_of(*store) == Lines{"a|2026-01|E2|2", "b|2026-01|E1|5"});
}

TEST_CASE("a week overlaps both months it lies in") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026-W05", "1"}});  // 26 January to 1 February
  CHECK(import_facts(*store, 20, {{"E1", "a", "2026-01", "1"}}).overlapping.size() == 1);
  CHECK(import_facts(*store, 30, {{"E1", "a", "2026-02", "1"}}).overlapping.size() == 1);
  CHECK(import_facts(*store, 40, {{"E1", "a", "2026-03", "1"}}).overlapping.empty());
}

TEST_CASE("a withdrawn fact does not stand in the way of one that overlaps it") {
  const auto store = open_store(":memory:");
  import_facts(*store, 10, {{"E1", "a", "2026Q1", "1"}, {"E2", "a", "2026Q1", "2"}});
  const auto replaced = import_facts(*store, 20, {{"E1", "a", "2026-01", "9"}, {"E2", "a", "2026Q1", "2"}},
                                     {period("2026Q1"), period("2026-01")});
  CHECK(replaced.overlapping.empty());
  CHECK(replaced.withdrawn == 1);
  CHECK(import_facts(*store, 30, {{"E1", "a", "2026-02", "8"}}).overlapping.empty());
  CHECK(all_facts_of(*store) == Lines{"a|2026-01|E1|9", "a|2026Q1|E2|2", "a|2026-02|E1|8"});
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
  const auto read = [&](int threads, uint32_t first, uint32_t end) {
    std::mutex mutex;
    Cells cells;
    const auto each = [&](const FactBlock& b) {
      const std::scoped_lock lock(mutex);
      for (size_t i = 0; i < b.subjects.size(); ++i)
        cells[{std::string(b.kpi), to_string(b.period), b.subjects[i]}] = b.values[i];
    };
    store->read_facts({kFarPast, kFarFuture}, kNow, each, threads, first, end);
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
  store->read_facts({kFarPast, kFarFuture}, kNow, [&](const FactBlock& b) {
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
