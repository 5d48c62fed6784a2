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

}  // namespace hr::store
