// Names that several threads number and gather: numbers and texts come back as they went in.
#include <random>

#include "store_fixture.h"

namespace hr::store {

using model::TableId;

TEST_CASE("several hundred thousand new names in no order") {
  std::vector<std::string> ids;
  for (int i = 0; i < 300'000; ++i) ids.push_back("E" + std::to_string(1'000'000 + i * 3));
  std::vector<std::string> sorted = ids;
  std::sort(sorted.begin(), sorted.end());
  std::shuffle(ids.begin(), ids.end(), std::mt19937(3));
  const auto store = open_store(":memory:");
  const auto frame_with = [](const std::vector<std::string>& texts) {
    facts::Frame frame = facts::make_frame(TableId::employees);
    for (facts::Column& c : frame.columns) c.carried = c.name == "employee_id";
    std::erase_if(frame.columns, [](const facts::Column& c) { return !c.carried; });
    for (const std::string& text : texts) {
      frame.columns[0].append(text);
      frame.rows.push_back(static_cast<uint32_t>(frame.rows.size() + 2));
    }
    return frame;
  };
  import_records(*store, 10, frame_with({"E1000003", "Z"}), TableId::employees);  // of which one comes again
  import_records(*store, 20, frame_with(ids), TableId::employees);
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
  const auto employees = [](const std::vector<std::string>& ids) {
    facts::Frame frame = facts::make_frame(TableId::employees);
    for (facts::Column& c : frame.columns) c.carried = c.name == "employee_id";
    std::erase_if(frame.columns, [](const facts::Column& c) { return !c.carried; });
    for (const std::string& id : ids) {
      frame.columns[0].append(id);
      frame.rows.push_back(static_cast<uint32_t>(frame.rows.size() + 2));
    }
    return frame;
  };
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

}  // namespace hr::store
