#include "engine/result_hash.h"

#include <doctest/doctest.h>

using namespace hr;
using facts::Column;
using facts::Frame;
using facts::Storage;

namespace {

Column texts(const char* name, const std::vector<std::string>& cells, const std::vector<std::string>& before = {}) {
  Column column;
  column.name = name;
  for (const std::string& text : before) column.dictionary.add(text);  // codes that no row, or a later one, has
  for (const std::string& text : cells) text.empty() ? column.append_missing() : column.append(text);
  return column;
}

Frame three_rows(const std::vector<std::string>& before = {}) {
  Frame frame;
  frame.columns = {texts("employee_id", {"E1", "E2", "E3"}, before), texts("band", {"A", "", "A"}, before)};
  Column& score = frame.columns.emplace_back();
  score.name = "score";
  score.storage = Storage::decimal;
  score.append(Decimal{905, 1});
  score.append_missing();
  score.append(Decimal{-80, 0});
  frame.rows = {1, 2, 3};
  return frame;
}

}  // namespace

TEST_CASE("the hash of a run is the one that the format states") {
  // Computed with Python's hashlib and struct from docs/formats/store.md.
  CHECK(engine::result_hash(three_rows()) == "d0132d9977cf7a26a685398a67d32d5c909f49a16202bdf30b1a7576b6ca10e9");
}

TEST_CASE("the hash of a run looks at cells, not at codes, and at every cell") {
  const std::string hash = engine::result_hash(three_rows());
  CHECK(engine::result_hash(three_rows({"Z", "E3", "A", "E1"})) == hash);
  for (size_t column = 0; column < 3; ++column) {
    CAPTURE(column);
    Frame other = three_rows();
    Column& changed = other.columns[column];
    if (changed.storage == Storage::text)
      changed.codes[1] = changed.codes[1] == facts::kMissingCode ? 0 : facts::kMissingCode;
    else
      changed.decimals[2] = {-8, 0};
    CHECK(engine::result_hash(other) != hash);
  }
  Frame renamed = three_rows();
  renamed.columns[1].name = "rank_group";
  CHECK(engine::result_hash(renamed) != hash);
}

TEST_CASE("no hash of a run depends on the number of threads") {
  Frame frame;
  std::vector<std::string> ids;
  for (size_t i = 0; i < 140'000; ++i) ids.push_back("E" + std::to_string(i * 7 % 100'003));
  frame.columns = {texts("employee_id", ids), texts("org_unit", ids, {"E5"})};
  frame.rows.resize(ids.size());
  const std::string one = engine::result_hash(frame, 1);
  CHECK(engine::result_hash(frame, 2) == one);
  CHECK(engine::result_hash(frame, 5) == one);
}
