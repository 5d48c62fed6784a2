// Rows that say which columns they speak of.
#include "engine/import/row_columns.h"

#include "../facts/frames.h"
#include "engine/import/reconcile.h"

using namespace hr;
using namespace hr::engine;
using model::TableId;

static facts::Frame assignments(const std::vector<std::string>& lines) {
  return test::frame(TableId::assignments, lines);
}

TEST_CASE("rows are parted by what they carry") {
  const auto parts = split_by_row_columns(
      assignments({"employee_id,from,to,job,attr.shoe,attr._columns", "E1,2026-01-01,,Rep,,employee_id;from;job",
                   "E1,2026-02-01,,,38,employee_id;from;to;shoe", "E2,2026-01-01,,Lead,,employee_id;from;job",
                   "E3,2026-01-01,,,,"}));
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].size() == 1);  // no list: all that the file has
  CHECK(parts[0].find("job")->carried);
  CHECK(parts[0].find("to")->carried);
  CHECK(parts[0].find("attr._columns") == nullptr);
  CHECK(parts[1].size() == 2);
  CHECK(parts[1].find("job")->carried);
  CHECK_FALSE(parts[1].find("to")->carried);
  CHECK_FALSE(parts[1].find("attr.shoe")->carried);
  CHECK(parts[1].rows == std::vector<uint32_t>{2, 4});
  CHECK(parts[2].find("attr.shoe")->carried);
  CHECK(parts[2].find("to")->carried);
}

TEST_CASE("lists that do not fit their row") {
  const auto faults =
      check_row_columns(assignments({"employee_id,from,job,attr._columns", "E1,2026-01-01,Rep,employee_id;from;grade",
                                     "E1,2026-02-01,Rep,employee_id;from", "E1,2026-03-01,Rep,employee_id; from ;job",
                                     "E1,2026-04-01,Rep,"}),
                        "x.csv");
  REQUIRE(faults.size() == 2);
  CHECK(faults[0].reason.message == "bad-value/row-columns");
  CHECK(faults[0].reason.args == std::vector<std::string>{"grade"});
  CHECK(faults[1].row == 1);
  CHECK(faults[1].column == "job");
}

TEST_CASE("an empty cell that no import has said is not the same as one that says nothing is there") {
  facts::Frame stored = test::frame(TableId::org_units, {"org_unit,parent,name", "A,,Alpha", "B,,Beta"});
  stored.find("parent")->said = {0, 1};
  const std::vector<facts::Frame> frames{stored};
  const RecordIndex index(TableId::org_units, frames);
  const facts::Frame incoming = test::frame(TableId::org_units, {"org_unit,parent", "A,", "B,"});
  CHECK(reconcile(index, incoming, index.find(incoming)) == std::vector<Change>{Change::changed, Change::unchanged});
}
