// Rows that several threads check: what they find is what one loop over all rows finds.
#include <map>
#include <random>
#include <set>

#include "../facts/frames.h"
#include "engine/import/checks.h"

using namespace hr;
using namespace hr::engine;
using model::TableId;

namespace {

constexpr size_t kBorder = size_t{1} << 16U;  // rows that one thread looks at

struct Rating {
  int employee = 0;
  int rater = 0;
};

facts::Frame frame_of(const std::vector<Rating>& ratings) {
  std::vector<std::string> lines{"employee_id,rater_id,relation,rating"};
  for (const Rating& r : ratings)
    lines.push_back("E" + std::to_string(r.employee) + ",E" + std::to_string(r.rater) + ",peer,3");
  return test::frame(TableId::feedback, lines);
}

// Some ratings of each person in turn, several borders long.
std::vector<Rating> ratings_in_groups() {
  std::mt19937 random(7);
  std::vector<Rating> ratings;
  for (int employee = 0; ratings.size() < 3 * kBorder; ++employee) {
    for (int rater = 0, n = 1 + static_cast<int>(random() % 5); rater < n; ++rater)
      ratings.push_back({employee, rater});
  }
  return ratings;
}

// The plain twin: rows by what is wrong with them, of which an unknown person comes first.
std::map<size_t, std::string> expected(const std::vector<Rating>& ratings, const std::set<int>& unknown) {
  std::map<size_t, std::string> faults;
  std::map<std::pair<int, int>, size_t> first;
  for (size_t row = 0; row < ratings.size(); ++row) {
    if (unknown.count(ratings[row].employee) > 0) faults[row] = "unknown-employee";
    const bool fresh = first.try_emplace({ratings[row].employee, ratings[row].rater}, row).second;
    if (!fresh) faults.try_emplace(row, "duplicate-row/same");
  }
  return faults;
}

std::map<size_t, std::string> found(const std::vector<Rating>& ratings, const std::set<int>& unknown) {
  References references;
  std::set<int> employees;
  for (const Rating& r : ratings) employees.insert(r.employee);
  for (const int employee : employees) {
    if (unknown.count(employee) == 0) references.employees.add("E" + std::to_string(employee));
  }
  std::map<size_t, std::string> faults;
  for (const RowFault& f : check_rows(frame_of(ratings), TableId::feedback, "x.csv", references, nullptr))
    faults.emplace(f.row, f.reason.message);
  return faults;
}

}  // namespace

TEST_CASE("many rows without a fault") {
  CHECK(found(ratings_in_groups(), {}).empty());
}

TEST_CASE("unknown people on both sides of a border between threads") {
  const std::vector<Rating> ratings = ratings_in_groups();
  std::set<int> unknown{0, ratings.back().employee};
  for (const size_t row : {kBorder - 1, kBorder, 2 * kBorder - 1, 2 * kBorder})
    unknown.insert({ratings[row].employee, ratings[row + 9].employee});
  CHECK(found(ratings, unknown) == expected(ratings, unknown));
}

TEST_CASE("the same key twice, wherever the two rows stand") {
  const std::vector<Rating> plain = ratings_in_groups();
  const std::vector<std::pair<size_t, size_t>> pairs{
      {kBorder - 1, kBorder}, {kBorder - 2, kBorder - 1}, {5, 6}, {0, 2 * kBorder}, {kBorder, plain.size() - 1}};
  for (const std::pair<size_t, size_t>& two : pairs) {
    const size_t row = two.first;
    const size_t other = two.second;
    std::vector<Rating> ratings = plain;
    ratings[other] = ratings[row];
    CAPTURE(row);
    CAPTURE(other);
    const auto faults = found(ratings, {});
    CHECK(faults.count(other) == 1);
    CHECK(faults == expected(ratings, {}));
  }
}

TEST_CASE("one person with more rows than a border is wide") {
  std::vector<Rating> ratings;
  for (size_t row = 0; row < kBorder + 9; ++row) ratings.push_back({1, static_cast<int>(row)});
  CHECK(found(ratings, {}).empty());
  ratings.back() = ratings.front();
  CHECK(found(ratings, {}) == expected(ratings, {}));
}

TEST_CASE("people who are their own managers, around the borders between threads") {
  const size_t rows = 2 * kBorder + 5;
  const std::set<size_t> own{0, 15, 16, kBorder - 16, kBorder - 1, kBorder, kBorder + 15, 2 * kBorder, rows - 1};
  std::vector<std::string> lines{"employee_id,manager_id"};
  for (size_t row = 0; row < rows; ++row)
    lines.push_back("E" + std::to_string(row) + ",E" + std::to_string(own.count(row) > 0 ? row : row / 2 + rows));
  std::set<size_t> found;
  for (const RowFault& f :
       check_rows(test::frame(TableId::employees, lines), TableId::employees, "x.csv", {}, nullptr)) {
    CHECK(f.reason.message == "manager-cycle/self");
    found.insert(f.row);
  }
  CHECK(found == own);
}

TEST_CASE("ids that look like others and ids that lost their zeros, around the borders between threads") {
  const size_t rows = 2 * kBorder + 5;
  const std::map<size_t, std::string> odd{{0, "Ｅ1"}, {kBorder - 1, "7"}, {kBorder, "Ｅ2"}, {rows - 1, "8"}};
  References references;
  for (const char* id : {"007", "008"}) references.employees.add(id);
  std::vector<std::string> lines{"employee_id"};
  for (size_t row = 0; row < rows; ++row) lines.push_back(odd.count(row) > 0 ? odd.at(row) : "E" + std::to_string(row));
  std::map<size_t, std::string> found;
  for (const RowFault& f :
       check_rows(test::frame(TableId::employees, lines), TableId::employees, "x.csv", references, nullptr))
    found[f.row] = f.reason.message + " " + f.reason.suggestion;
  CHECK(found == std::map<size_t, std::string>{{0, "bad-id/looks-like E1"},
                                               {kBorder - 1, "bad-id/zeros 007"},
                                               {kBorder, "bad-id/looks-like E2"},
                                               {rows - 1, "bad-id/zeros 008"}});
}
