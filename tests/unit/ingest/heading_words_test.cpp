// Headings nobody has listed: what their words mean, and how often that is right.
#include "ingest/heading_words.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "base/text.h"

using namespace hr;
using namespace hr::ingest;
using model::TableId;

// The column that `--suggest` claims by the heading alone; "-" = none.
static std::string claimed(TableId table, std::string_view heading) {
  const auto guesses = guess_columns(table, heading);
  if (guesses.empty() || guesses.front().likeness == Likeness::maybe) return "-";
  return std::string(guesses.front().column);
}

struct Tally {
  int all = 0, right = 0, wrong = 0;
};

static Tally tally(const std::string& name) {
  std::ifstream file(HRCTL_SOURCE_DIR "/tests/data/headings/" + name);
  std::string line;
  std::getline(file, line);
  Tally t;
  while (std::getline(file, line)) {
    const size_t heading = line.find(',', line.find(',') + 1) + 1;
    const size_t column = line.rfind(',') + 1;
    const auto table = model::find_imported_table(line.substr(0, line.find(',')));
    REQUIRE(table);
    const std::string said = claimed(*table, line.substr(heading, column - 1 - heading));
    const std::string expected = line.substr(column);
    ++t.all;
    t.right += said == expected;
    t.wrong += said != expected && said != "-";
    if (said != expected) MESSAGE(line << " → " << said);
  }
  MESSAGE(t.right << " of " << t.all << " right, " << t.wrong << " wrong");
  return t;
}

// Written down before the patterns were, by the same person.
TEST_CASE("headings of HR systems") {
  const Tally t = tally("held_out.csv");
  CHECK(t.all >= 330);
  CHECK(t.right * 100 >= t.all * 97);
  CHECK(t.wrong <= 1);  // BambooHR's Division: a heading that an import without a mapping takes
}

TEST_CASE("headings of further HR systems") {
  const Tally t = tally("second.csv");
  CHECK(t.right * 100 >= t.all * 90);
  CHECK(t.wrong <= 1);
}

// Taiwan, Hong Kong and the mainland; written down, and tried once, before words were added for it.
TEST_CASE("headings in traditional characters, bilingual ones, and those that only resemble ours") {
  const Tally t = tally("third.csv");
  CHECK(t.all >= 160);
  CHECK(t.right * 100 >= t.all * 97);
  CHECK(t.wrong == 0);
}

TEST_CASE("what brackets add may make it another column") {
  CHECK(claimed(TableId::employees, "部门（编码）") == "org_unit");
  CHECK(claimed(TableId::employees, "部门（须与系统一致）") == "org_unit");
  CHECK(claimed(TableId::employees, "職位 (Position)") == "job");
  CHECK(claimed(TableId::feedback, "评分（1-5）") == "rating");
  CHECK(claimed(TableId::employees, "部门（兼职）") == "-");
  CHECK(claimed(TableId::employees, "工号（旧）") == "-");
  CHECK(claimed(TableId::employees, "姓名（紧急联系人）") == "-");
}
