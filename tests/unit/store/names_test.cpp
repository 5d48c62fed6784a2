// Names and their numbers: one a name, the same in every table; of many, which several threads number and gather, too.
#include <random>

#include "store_fixture.h"

namespace hr::store {

using model::TableId;

namespace {

// With their ids alone.
facts::Frame employees(const std::vector<std::string>& ids) {
  facts::Frame frame = facts::make_frame(TableId::employees);
  for (facts::Column& c : frame.columns) c.carried = c.name == "employee_id";
  std::erase_if(frame.columns, [](const facts::Column& c) { return !c.carried; });
  for (const std::string& id : ids) {
    frame.columns[0].append(id);
    frame.rows.push_back(static_cast<uint32_t>(frame.rows.size() + 2));
  }
  return frame;
}

}  // namespace

TEST_CASE("names of people are codes of the subjects in every table") {
  const auto store = open_store(":memory:");
  import_records(*store, 10, frame_of(TableId::employees, {"employee_id", "manager_id"}, {{"E2", "E1"}, {"E1", ""}}),
                 TableId::employees);
  import_records(*store, 20,
                 frame_of(TableId::feedback, {"employee_id", "rater_id", "relation"},
                          {{"E1", "E3", "peer"}, {"E2", "E1", "manager"}}),
                 TableId::feedback);
  const facts::SharedDictionary subjects = store->subjects();
  REQUIRE(subjects.size() == 3);
  CHECK(subjects[0] == "E1");  // new ones in the order of their texts
  CHECK(subjects[1] == "E2");
  CHECK(subjects[2] == "E3");
  const facts::Frame employees = store->records(TableId::employees, kNow)[0];
  const facts::Frame feedback = store->records(TableId::feedback, kNow)[0];
  CHECK(employees.find("employee_id")->dictionary.same_as(subjects));
  CHECK(employees.find("employee_id")->codes == std::vector<uint32_t>{1, 0});
  CHECK(employees.find("manager_id")->dictionary.same_as(subjects));
  CHECK(feedback.find("rater_id")->dictionary.same_as(subjects));
  CHECK(feedback.find("rater_id")->codes == std::vector<uint32_t>{2, 0});
  CHECK_FALSE(feedback.find("relation")->dictionary.same_as(subjects));
}

TEST_CASE("a name has one number, whichever columns bring it, in the order of their texts") {
  const auto store = open_store(":memory:");
  const auto add = [&](Timestamp at, TableId table, const std::vector<std::string>& columns,
                       const std::vector<std::vector<std::string>>& rows) {
    import_records(*store, at, frame_of(table, columns, rows), table);
  };
  add(10, TableId::org_units, {"org_unit", "parent"}, {{"U2", "U1"}, {"U1", ""}});
  add(20, TableId::employees, {"employee_id", "org_unit", "manager_id"},
      {{"E3", "U1", "E1"}, {"E1", "U9", "E0"}, {"E2", "U2", "E3"}, {"E4", "", "U2"}});
  add(30, TableId::employees, {"employee_id", "manager_id"}, {{"E0", "E5"}, {"E4", "E6"}, {"E5", "E0"}});
  std::vector<std::string> names;
  const facts::SharedDictionary subjects = store->subjects();
  for (uint32_t i = 0; i < subjects.size(); ++i) names.emplace_back(subjects[i]);
  CHECK(names == std::vector<std::string>{"U1", "U2", "E1", "E2", "E3", "E4", "U9", "E0", "E5", "E6"});
  const facts::Frame people = store->records(TableId::employees, kNow).front();
  std::string managers;
  for (size_t row = 0; row < people.size(); ++row)
    managers += std::string(people.find("employee_id")->text(row)) + "<" +
                std::string(people.find("manager_id")->text(row)) + " ";
  CHECK(managers == "E3<E1 E1<E0 E2<E3 E4<E6 E0<E5 E5<E0 ");
}

TEST_CASE("key results and objectives have one dictionary each") {
  const auto store = open_store(":memory:");
  import_records(*store, 10, frame_of(TableId::key_results, {"key_result", "objective"}, {{"K2", "O"}, {"K1", "O"}}),
                 TableId::key_results);
  import_records(*store, 20, frame_of(TableId::checkins, {"key_result", "date", "value"}, {{"K1", "2026-01-01", "3"}}),
                 TableId::checkins);
  import_records(*store, 30, frame_of(TableId::objectives, {"objective", "owner"}, {{"P", "E1"}}), TableId::objectives);
  const facts::Frame results = store->records(TableId::key_results, kNow)[0];
  const facts::Frame checkins = store->records(TableId::checkins, kNow)[0];
  CHECK(results.find("key_result")->dictionary.same_as(checkins.find("key_result")->dictionary));
  CHECK(checkins.find("key_result")->codes == std::vector<uint32_t>{1});  // numbered as they came
  CHECK(results.find("objective")->text(1) == "O");
  CHECK(store->records(TableId::key_results, kNow)[0]
            .find("objective")
            ->dictionary.same_as(store->records(TableId::objectives, kNow)[0].find("objective")->dictionary));
  // A later import goes on where the numbers end; what was handed out before it stays good.
  import_records(*store, 40,
                 frame_of(TableId::key_results, {"key_result", "objective"}, {{"K3", "Q"}, {"K1", "P"}, {"K2", "O"}}),
                 TableId::key_results);
  const facts::Frame now = store->records(TableId::key_results, kNow)[0];
  CHECK(now.find("key_result")->codes == std::vector<uint32_t>{0, 1, 2});
  CHECK(lines_of(now, {"key_result", "objective"}) == Lines{"K2|O", "K1|P", "K3|Q"});
  CHECK(now.find("objective")->codes == std::vector<uint32_t>{0, 1, 2});
  CHECK(lines_of(results, {"key_result", "objective"}) == Lines{"K2|O", "K1|O"});
}

TEST_CASE("several hundred thousand new names in no order") {
  std::vector<std::string> ids;
  for (int i = 0; i < 300'000; ++i) ids.push_back("E" + std::to_string(1'000'000 + i * 3));
  std::vector<std::string> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  std::shuffle(ids.begin(), ids.end(), std::mt19937(3));
  const auto store = open_store(":memory:");
  import_records(*store, 10, employees({"E1000003", "Z"}), TableId::employees);  // of which one comes again
  import_records(*store, 20, employees(ids), TableId::employees);
  const facts::SharedDictionary names = store->subjects();
  const facts::Dictionary& numbered = names;
  REQUIRE(numbered.size() == ids.size() + 1);
  std::erase(sorted, "E1000003");
  std::vector<std::string> behind;
  for (uint32_t number = 2; number < numbered.size(); ++number) behind.emplace_back(numbered[number]);
  CHECK(behind == sorted);
  const auto frames = store->records(TableId::employees, kNow);
  std::vector<std::string> read;
  for (const facts::Frame& frame : frames) {
    for (size_t row = 0; row < frame.size(); ++row) read.emplace_back(frame.find("employee_id")->text(row));
  }
  std::vector<std::string> expected = ids;
  expected.emplace_back("Z");
  std::sort(expected.begin(), expected.end());
  std::sort(read.begin(), read.end());
  CHECK(read == expected);
}

TEST_CASE("stored names are looked at singly, all together, and with new ones behind them") {
  const TemporaryFolder folder;
  const std::string path = folder / "names.db";
  std::vector<std::string> ids;  // three chunks: some that count, some that do not
  for (int i = 0; i < 150'000; ++i)
    ids.push_back((i < 90'000 ? "E" : i % 2 != 0 ? "x" : "y") + std::to_string(1'000'000 + i));
  std::sort(ids.begin(), ids.end());
  import_records(*open_store(path), 10, employees(ids), TableId::employees);
  const std::vector<uint32_t> numbers{149'999, 0, 65'536, 65'535, 3, 149'999, 120'001, 2, 89'999};
  std::vector<std::string> expected;
  for (const uint32_t number : numbers) expected.push_back(ids[number]);
  const auto store = open_store(path);
  const facts::SharedDictionary names = store->subjects();
  REQUIRE(names.size() == ids.size());
  CHECK(names.some(numbers) == expected);
  CHECK(names.some({}).empty());
  import_records(*store, 20, employees({"E0", ids[7]}), TableId::employees);
  const facts::SharedDictionary more = store->subjects();
  REQUIRE(more.size() == ids.size() + 1);
  CHECK(more[static_cast<uint32_t>(ids.size())] == "E0");
  CHECK((more.some(numbers) == expected && names.some(numbers) == expected));
  import_records(*open_store(path), 30, employees({"E00"}), TableId::employees);  // as another process does
  const facts::SharedDictionary most = store->subjects();
  REQUIRE(most.size() == ids.size() + 2);
  CHECK((most[static_cast<uint32_t>(ids.size() + 1)] == "E00" && most.some(numbers) == expected));
  bool same = names.size() == ids.size();
  for (uint32_t number = 0; same && number < names.size(); ++number) same = names[number] == ids[number];
  CHECK(same);
}

// A reader's dictionary begins with the store's names: most of its codes are numbers already.
TEST_CASE("codes that are numbers, codes of new names and of names that no row has") {
  for (const int fresh : {0, 3}) {  // names of raters that are new
    const auto names_of = [&](bool on_top) {
      const auto store = open_store(":memory:");
      import_records(*store, 10, frame_of(TableId::employees, {"employee_id"}, {{"E0"}, {"E1"}, {"E2"}, {"E3"}}),
                     TableId::employees);
      facts::Frame frame = frame_of(TableId::feedback, {"employee_id", "rater_id", "rating"}, {});
      std::erase_if(frame.columns, [](const facts::Column& c) { return !c.carried; });
      if (on_top) {
        for (const char* name : {"employee_id", "rater_id"}) {
          frame.find(name)->dictionary = store->subjects().on_top();
          frame.find(name)->dictionary.add("X no row has it");
        }
      }
      std::mt19937 generator(6);
      const auto random = [&] { return static_cast<uint32_t>(generator()); };
      for (uint32_t row = 0; row < 70'000; ++row) {
        const uint32_t rater = random() % 4;
        frame.find("employee_id")->append("E" + std::to_string(random() % 3 + 1));
        if (random() % 9 == 0)
          frame.find("rater_id")->append_missing();
        else
          frame.find("rater_id")->append(static_cast<int>(rater) < fresh ? "R" + std::to_string(9 - rater) : "E0");
        frame.find("rating")->append(make_decimal(row, 0));
        frame.rows.push_back(row + 2);
      }
      import_records(*store, 20, frame, TableId::feedback);
      Lines found;
      const auto few = store->few_records(kNow);
      for (const char* person : {"E0", "E1", "E3", "R9"}) {  // by the least and the greatest number of each block
        const std::vector<std::string> one{person};
        for (const char* column : {"employee_id", "rater_id"}) {
          const FewRecords::Where where{TableId::feedback, column, few->find(TableId::feedback, column, one)};
          found.push_back(std::to_string(few->named(where, "employee_id").size()));
        }
      }
      const auto frames = store->records(TableId::feedback, kNow);
      const Lines rows = lines_of(frames[0], {"employee_id", "rater_id", "rating"});
      found.insert(found.end(), rows.begin(), rows.end());
      const facts::SharedDictionary names = store->subjects();
      for (uint32_t i = 0; i < names.size(); ++i) found.emplace_back(names[i]);
      return found;
    };
    const Lines plain = names_of(false);
    CHECK(plain[0] == "0");  // nobody rated E0
    CHECK(plain[1] == "3");  // who rated all three others
    CHECK(plain.back() == (fresh > 0 ? "R9" : "E3"));
    CHECK(names_of(true) == plain);
  }
}

}  // namespace hr::store
