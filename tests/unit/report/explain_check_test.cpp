// The table of what does not follow: who, which step, what of it, what it says, what follows.
#include <doctest/doctest.h>

#include "report/reports.h"

using namespace hr;

TEST_CASE("a row for each fault, blank where nothing stands") {
  const std::vector<recheck::Fault> faults{
      {"E1", "kpi/sales/curve", recheck::Part::value, "90.000000001", "90"},
      {"E2", "kpi", recheck::Part::effective_weight, "", "60"},
  };
  report::RunHeader header;
  header.run = 3;
  header.cycle = "H1";
  const table::Table table = report::explain_check(faults, 2, 80, header);
  CHECK(table.schema == "hrctl.explain-check/v1");
  REQUIRE(table.rows() == 2);
  CHECK(table.columns[2].text(1) == "effective_weight");
  CHECK(table.columns[3].text(0) == "90.000000001");
  CHECK(table.columns[3].present[1] == 0);
  CHECK(table.columns[4].text(1) == "60");
}
