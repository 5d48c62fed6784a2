// Records found by their keys as numbers, held against their keys as texts.
#include "engine/import/reconcile.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <string>

#include "../facts/frames.h"
#include "engine/import/checks.h"

using namespace hr;
using namespace hr::engine;
using model::TableId;

namespace {

// Feedback about few people by few people, so that keys meet; some cells of the key are empty. `grouped`: the rows
// about one person stand together.
facts::Frame feedback(std::mt19937& random, int rows, bool grouped = false) {
  std::vector<std::string> lines{"employee_id,rater_id,relation,competency,rating,date"};
  const auto one_of = [&](const char* letter, unsigned n) { return letter + std::to_string(random() % n); };
  for (int i = 0; i < rows; ++i) {
    lines.push_back(one_of("E", 9) + "," + one_of("E", 9) + "," + (random() % 2 ? "peer" : "self") + "," +
                    (random() % 3 ? "" : one_of("c", 2)) + "," + std::to_string(random() % 2) + "," +
                    (random() % 3   ? ""
                     : random() % 2 ? "1969-12-31"
                                    : "2026-01-01"));
  }
  const auto by_person = [](const std::string& a, const std::string& b) { return a.substr(0, 2) < b.substr(0, 2); };
  if (grouped) std::stable_sort(lines.begin() + 1, lines.end(), by_person);
  return test::frame(TableId::feedback, lines);
}

// The same rows once more, as another file has them; some ratings differ, some rows are gone.
facts::Frame again(std::mt19937& random, const facts::Frame& frame) {
  std::vector<std::string> lines{"employee_id,rater_id,relation,competency,rating,date"};
  for (size_t row = 0; row < frame.size(); ++row) {
    if (random() % 20 == 0) continue;
    std::string line;
    for (const std::string name : {"employee_id", "rater_id", "relation", "competency", "rating", "date"}) {
      const bool other = name == "rating" && random() % 10 == 0;
      line += (line.empty() ? "" : ",") + (other ? "5" : facts::cell_text(*frame.find(name), row));
    }
    lines.push_back(line);
  }
  return test::frame(TableId::feedback, lines);
}

// The first row of each key.
facts::Frame with_different_keys(facts::Frame frame) {
  std::map<std::string, size_t> first;
  std::vector<uint8_t> keep(frame.size());
  for (size_t row = 0; row < frame.size(); ++row)
    keep[row] = first.emplace(record_key(TableId::feedback, frame, row), row).second;
  keep_rows(frame, keep);
  return frame;
}

}  // namespace

TEST_CASE("records are found by the numbers of their keys as by the texts") {
  std::mt19937 random(3);
  for (int round = 0; round < 30; ++round) {
    const std::vector<facts::Frame> stored{with_different_keys(feedback(random, 300))};
    const facts::Frame incoming = round % 2 == 0 ? feedback(random, 300) : again(random, stored[0]);
    std::map<std::string, size_t> by_text;
    for (size_t row = 0; row < stored[0].size(); ++row) by_text[record_key(TableId::feedback, stored[0], row)] = row;
    const RecordIndex index(TableId::feedback, stored);
    const auto places = index.find(incoming);
    const auto changes = reconcile(index, incoming, places);
    for (size_t row = 0; row < incoming.size(); ++row) {
      const auto expected = by_text.find(record_key(TableId::feedback, incoming, row));
      REQUIRE((places[row].frame != nullptr) == (expected != by_text.end()));
      if (expected == by_text.end()) {
        CHECK(changes[row] == Change::added);
        continue;
      }
      CHECK(places[row].row == expected->second);
      const bool same = facts::cell_text(*incoming.find("rating"), row) ==
                        facts::cell_text(*stored[0].find("rating"), expected->second);
      CHECK(changes[row] == (same ? Change::unchanged : Change::changed));
    }
  }
}

TEST_CASE("rows that share a key are found by its numbers as by its text") {
  std::mt19937 random(5);
  for (const int rows : {0, 1, 10, 20, 50, 400, 9000, -20, -50, -300, -900}) {  // below 0: grouped
    const facts::Frame frame = feedback(random, std::abs(rows), rows < 0);
    std::map<std::string, std::vector<size_t>> by_text;
    for (size_t row = 0; row < frame.size(); ++row) by_text[record_key(TableId::feedback, frame, row)].push_back(row);
    std::vector<std::string> expected(frame.size());
    for (const auto& [key, same] : by_text) {
      bool differ = false;
      for (const size_t row : same)
        differ |= frame.find("rating")->decimals[row] != frame.find("rating")->decimals[same[0]];
      for (const size_t row : same) {
        if (differ) expected[row] = "duplicate-row/differs";
        if (!differ && row != same[0]) expected[row] = "duplicate-row/same";
      }
    }
    References references;
    for (int i = 0; i < 9; ++i) references.employees.add("E" + std::to_string(i));
    std::vector<std::string> found(frame.size());
    for (const RowFault& fault : check_rows(frame, TableId::feedback, "f.csv", references, nullptr))
      found[fault.row] = fault.reason.message;
    CHECK(found == expected);
  }
}

TEST_CASE("an empty store has nothing to find") {
  const std::vector<facts::Frame> none{facts::make_frame(TableId::leaves)};
  const RecordIndex index(TableId::leaves, none);
  CHECK(index.empty());
  CHECK(index.find(test::frame(TableId::leaves, {"employee_id,from,kind", "E1,2026-01-01,sick"}))[0].frame == nullptr);
}
