// Words that head columns: each canonical name heads itself, nothing is ambiguous within a table.
#include "ingest/headings.h"

#include <doctest/doctest.h>

#include <tuple>

using namespace hr;
using namespace hr::ingest;
using model::TableId;

TEST_CASE("every canonical name is its own heading in any case") {
  for (const model::ImportedTable& table : model::imported_tables()) {
    for (const model::CanonicalColumn& column : table.columns) {
      INFO(table.name, " ", column.name);
      std::string upper(column.name);
      for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
      CHECK(canonical_column(table.id, column.name) == column.name);
      CHECK(canonical_column(table.id, upper) == column.name);
    }
  }
}

TEST_CASE("headings that people write") {
  const std::tuple<TableId, const char*, const char*> cases[] = {{TableId::employees, "工号", "employee_id"},
                                                                 {TableId::employees, "*工号", "employee_id"},
                                                                 {TableId::employees, " Emp No. ", "employee_id"},
                                                                 {TableId::employees, "Ｎａｍｅ", "name"},
                                                                 {TableId::employees, "部门", "org_unit"},
                                                                 {TableId::employees, "直属上级", "manager_id"},
                                                                 {TableId::employees, "入职日期", "hire_date"},
                                                                 {TableId::employees, "生效日期", "effective_date"},
                                                                 {TableId::assignments, "生效日期", "from"},
                                                                 {TableId::facts, "工号", "subject"},
                                                                 {TableId::facts, "实际值", "value"},
                                                                 {TableId::checkins, "当前值", "value"},
                                                                 {TableId::key_results, "当前值", "current"},
                                                                 {TableId::feedback, "评价人", "rater_id"},
                                                                 {TableId::org_units, "上级部门", "parent"},
                                                                 {TableId::org_units, "组织名称", "name"},
                                                                 {TableId::employees, "组织名称", "org_unit"}};
  for (const auto& [table, heading, column] : cases) {
    const std::string text = heading;
    INFO(text);
    CHECK(canonical_column(table, text).value_or("") == std::string(column));
  }
  CHECK_FALSE(canonical_column(TableId::facts, "shoe size"));
  CHECK_FALSE(canonical_column(TableId::facts, ""));
}
