#include "support/imported_text.h"

#include <doctest/doctest.h>

#include "engine/import/import.h"

namespace hr::tests {

void import_text(store::Store& store, model::TableId table, const std::string& csv) {
  engine::ImportRequest request;
  request.table = table;
  const std::vector<ingest::Input> files{ingest::input_of_text("f.csv", csv)};
  REQUIRE(engine::import_files(store, files, request, nullptr, {"li.na", 10}, {}).stored);
}

}  // namespace hr::tests
