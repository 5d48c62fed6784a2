// What looking for suspicious facts reads of the store.
#include "engine/check/facts_check.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "base/error.h"
#include "support/imported_text.h"

using namespace hr;
using namespace hr::engine;
using tests::import_text;

TEST_CASE("ratings of people are read where raters are asked for, and else left alone") {
  const std::string folder =
      (std::filesystem::temp_directory_path() / ("hrctl facts check " + std::to_string(getpid()))).string();
  std::filesystem::create_directory(folder);
  {
    const auto store = store::open_store(folder + "/hr.db");
    import_text(*store, model::TableId::employees, "employee_id\nE1\n");
    import_text(*store, model::TableId::facts, "subject,kpi,period,value\nE1,sales,2026-01,5\n");
    import_text(*store, model::TableId::feedback,
                "employee_id,rater_id,relation,competency,rating,date\nE1,E1,peer,care,3,2026-01-05\n");
  }
  SQLite::Database(folder + "/hr.db", SQLite::OPEN_READWRITE)
      .exec("UPDATE record_block SET cells = x'00' WHERE table_name = 'feedback'");
  {
    const auto store = store::open_store(folder + "/hr.db");
    FactsCheckRequest request;
    request.told = {*make_date(2026, 1, 1), *make_date(2026, 2, 1)};
    CHECK_THROWS_AS(check_facts(*store, request, nullptr), Error);  // all rules
    request.rules = {model::CheckRule::jump};
    CHECK(check_facts(*store, request, nullptr).facts == 1);
    request.rules = {};
    request.kpis = {"sales"};
    CHECK(check_facts(*store, request, nullptr).facts == 1);
  }
  std::filesystem::remove_all(folder);
}
