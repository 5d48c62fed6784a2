// Rows set aside: kept for the review queue, or only told.
#include <doctest/doctest.h>

#include "engine/import/import.h"

using namespace hr;
using namespace hr::engine;

static ImportOutcome import_people(store::Store& store, std::optional<size_t> told_aside) {
  ImportRequest request;
  request.table = model::TableId::employees;
  request.format = ingest::FileFormat::csv;
  request.told_aside = told_aside;
  const ingest::Input input =
      ingest::input_of_text("people.csv", "employee_id,hire_date\nE1,2020-01-01\nE2,soon\nE1,\nE3,\n");
  return import_files(store, {input}, request, nullptr, {"who", 1}, {});
}

TEST_CASE("rows set aside are told alike whether they are kept or not") {
  const auto kept = store::open_store(":memory:");
  const auto told = store::open_store(":memory:");
  const ImportOutcome first = import_people(*kept, std::nullopt);
  const ImportOutcome second = import_people(*told, 3);
  REQUIRE(first.files.size() == 1);
  REQUIRE(first.rejected_rows() == 3);  // a day that is none, and two rows of one key that differ
  CHECK(second.rejected_rows() == 3);
  CHECK(second.files[0].source.rows_quarantined == first.files[0].source.rows_quarantined);
  for (size_t i = 0; i < 3; ++i)
    CHECK(second.files[0].rejected[i].reason.message == first.files[0].rejected[i].reason.message);
  CHECK(kept->quarantine().size() == 3);
  CHECK(told->quarantine().empty());
}
