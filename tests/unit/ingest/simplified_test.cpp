// Traditional characters are read as simplified ones, one for one.
#include "ingest/simplified.h"

#include <doctest/doctest.h>

using namespace hr::ingest;

TEST_CASE("headings of Taiwan and Hong Kong") {
  CHECK(simplified("工號") == "工号");
  CHECK(simplified("部門名稱") == "部门名称");
  CHECK(simplified("入職日期") == "入职日期");
  CHECK(simplified("備註：總計") == "备注：总计");
  CHECK(simplified("僱員編號") == "雇员编号");
}

TEST_CASE("what is simplified, Latin or broken stays as it is") {
  for (const char* text : {"", "工号 Employee No.", "后勤", "é", "\U0001F600", "\xE5\xB7", "\xE5", "a\xFFz"})
    CHECK(simplified(text) == text);
  CHECK(simplified("x\U0001F600號") == "x\U0001F600号");
}

TEST_CASE("words are folded too") {
  CHECK(fold_word("ＥＭＰ　離 職") == "emp离职");
}
