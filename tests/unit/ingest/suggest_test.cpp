// From rows to a mapping: what is claimed, what is asked, what is left.
#include "ingest/suggest.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace hr;
using namespace hr::ingest;
using model::TableId;

static Suggestion of(TableId table, const std::string& csv, const char* file = "x.csv") {
  CsvRecords records(csv, ',');
  SuggestOptions options;
  options.table = table;
  options.file = file;
  return suggest(survey(records), options);
}

// The heading that a column is taken from; "default VALUE"; "?" before one that is only asked about; "" = none.
static std::string from(const Suggestion& suggestion, const char* column) {
  for (const SuggestedColumn& c : suggestion.columns) {
    if (c.mapping.column != column) continue;
    const std::string what =
        c.mapping.headers.empty() ? "default " + *c.mapping.default_value : c.mapping.headers.front();
    return (c.active ? "" : "?") + what;
  }
  return "";
}

static const model::ColumnMapping& mapping(const Suggestion& suggestion, const char* column) {
  const auto it = std::find_if(suggestion.columns.begin(), suggestion.columns.end(),
                               [&](const SuggestedColumn& c) { return c.mapping.column == column; });
  REQUIRE(it != suggestion.columns.end());
  return it->mapping;
}

static bool says(const Suggestion& suggestion, const char* column, const char* message) {
  for (const SuggestedColumn& c : suggestion.columns) {
    for (const Remark& remark : c.remarks) {
      if (c.mapping.column == column && remark.message == message) return true;
    }
  }
  return false;
}

TEST_CASE("a roster") {
  const Suggestion s = of(TableId::employees,
                          "员工工号,姓名,性别,所在部门,直属主管,入职时间,年薪（万元）,民族\n"
                          "E1,李娜,女,销售部,,2015/3/1,36.5,汉\nE2,王伟,男,销售部,E1,2020/1/5,\"1,2\",汉\n");
  CHECK(from(s, "employee_id") == "员工工号");
  CHECK(from(s, "name") == "姓名");
  CHECK(from(s, "org_unit") == "所在部门");
  CHECK(from(s, "manager_id") == "直属主管");
  CHECK(mapping(s, "hire_date").dates.formats == std::vector<std::string>{"%Y/%m/%d"});
  CHECK(mapping(s, "attr.sex").values == std::map<std::string, std::string>{{"女", "F"}, {"男", "M"}});
  CHECK(s.left == std::vector<std::string>{"年薪（万元）", "民族"});  // "1,2" is no number
  CHECK(from(s, "base_salary") == "?年薪（万元）");
  CHECK(says(s, "base_salary", "suggest/not-numbers"));
}

TEST_CASE("units, thousands, currencies and percent signs") {
  const Suggestion s = of(TableId::employees, "工号,年薪（万元）,工时比例\nE1,36.5,100%\nE2,1.2,50%\n");
  CHECK(mapping(s, "base_salary").unit == "万元");
  CHECK(mapping(s, "fte").unit == "percent");
  const Suggestion t = of(TableId::employees, "ID,Annual Salary\n1,\"$107,790.00\"\n2,$99.5\n");
  CHECK(mapping(t, "base_salary").clean == model::Cleaning{false, false, true, true});
}

TEST_CASE("names of managers are no ids") {
  const Suggestion s = of(TableId::employees, "工号,上级\n10001,\n10002,李娜\n10003,李娜\n");
  CHECK(from(s, "manager_id") == "?上级");
  CHECK(says(s, "manager_id", "suggest/other-ids"));
}

TEST_CASE("one field for one column: the better evidence wins and the other is told") {
  const Suggestion s = of(TableId::employees, "工号,工作邮箱,邮件\n1,a@example.com,b@example.com\n");
  CHECK(from(s, "email") == "工作邮箱");
  CHECK(says(s, "email", "suggest/also"));
}

TEST_CASE("names stand in for ids only where they tell people apart") {
  CHECK(from(of(TableId::employees, "员工名称,年龄\n张一,20\n张二,30\n"), "employee_id") == "员工名称");
  CHECK(from(of(TableId::employees, "员工名称,年龄\n张一,20\n张一,30\n"), "employee_id").starts_with("?"));
}

TEST_CASE("a sheet with a column a day") {
  const Suggestion s =
      of(TableId::facts,
         "2021年5月考勤\n工号,姓名,1,2,3,4,5\nE1,李娜,8,8,0,NA,7.5\nE2,王伟,8,8,4,8,8\n合计,,16,16,4,8,15.5\n");
  REQUIRE(s.mapping.unpivot);
  CHECK(s.mapping.header == std::vector<int>{2});
  CHECK(s.mapping.footers == std::vector<std::string>{"合计"});
  CHECK(s.mapping.missing == std::vector<std::string>{"NA"});
  CHECK(s.mapping.unpivot->columns.from == "1");
  CHECK(s.mapping.unpivot->columns.to == "5");
  CHECK(from(s, "subject") == "工号");
  CHECK(from(s, "kpi").starts_with("default "));
  CHECK(mapping(s, "period").dates.formats == std::vector<std::string>{"%d"});
  CHECK(mapping(s, "period").dates.defaults.year == 2021);
  CHECK(mapping(s, "period").dates.defaults.month == 5);
}

TEST_CASE("days of a month that nobody names wait for it") {
  const Suggestion s = of(TableId::facts, "工号,1日,2日,3日\nE1,8,8,0\n");
  REQUIRE(s.mapping.unpivot);
  CHECK(s.unpivot_waits);
  CHECK(from(s, "period") == "?day");
  CHECK(from(s, "value") == "?value");
  CHECK(mapping(s, "period").dates.defaults.year == 0);
  CHECK(std::count_if(s.columns.begin(), s.columns.end(), [](const auto& c) { return c.mapping.column == "period"; }) ==
        1);
  CHECK(!of(TableId::facts, "工号,1日,2日,3日\nE1,8,8,0\n", "2021年5月.csv").unpivot_waits);
  CHECK(of(TableId::facts, "工号,1日,2日,3日\nE1,8,8,0\n", "2021年.csv").unpivot_waits);  // of which month?
  CHECK(!of(TableId::facts, "工号,1月,2月,3月\nE1,8,8,0\n", "2021年.csv").unpivot_waits);
}

TEST_CASE("moments of a punch clock, and a first heading that is empty") {
  const Suggestion s = of(TableId::facts,
                          ",01/01/2015,02/01/2015,13/01/2015\n1,NA,02/01/2015 09:43,13/01/2015 10:08\n2,NA,02/01/2015 "
                          "10:15,NA\n");
  CHECK(from(s, "subject") == "A");
  CHECK(mapping(s, "period").dates.formats == std::vector<std::string>{"%d/%m/%Y"});
  CHECK(mapping(s, "value").unit == "clock");
  CHECK(mapping(s, "value").split->part == -1);
}

TEST_CASE("columns of measures become KPIs; those that number people and rows do not") {
  const Suggestion s = of(TableId::facts, "序号,工号,月份,全勤,迟到,备注\n1,E1,2019-3,22,1,无\n2,E2,2019-3,20,,无\n");
  CHECK(s.mapping.unpivot->columns.headings == std::vector<std::string>{"全勤", "迟到"});
  CHECK(mapping(s, "period").dates.formats == std::vector<std::string>{"%Y-%m"});
  CHECK(s.left == std::vector<std::string>{"序号", "备注"});
}

TEST_CASE("measures that the workspace knows, by id or name") {
  const std::string csv = "工号,期间,销售收入,迟到\nE1,2019-03,22,1\n";
  CsvRecords records(csv, ',');
  SuggestOptions options;
  options.table = TableId::facts;
  options.kpis = {{"revenue", {"Revenue", "销售收入"}}};
  const Suggestion s = suggest(survey(records), options);
  CHECK(s.mapping.wide);
  CHECK(from(s, "revenue") == "销售收入");
  CHECK(s.left == std::vector<std::string>{"迟到"});
}

TEST_CASE("what is required and not there is asked for, never made up") {
  const Suggestion s = of(TableId::leaves, "工号,开始时间\nE1,2020-01-05\n");
  CHECK(from(s, "kind") == "?default …");
  CHECK(from(s, "from") == "开始时间");
}

TEST_CASE("a period that the file is named by") {
  const Suggestion s = of(TableId::facts, "工号,指标,实际值\nE1,a,1\n", "2024年3月业绩.csv");
  CHECK(from(s, "period") == "default 2024-03");
  CHECK(from(of(TableId::facts, "工号,指标,实际值\nE1,a,1\n"), "period") == "?default …");
}

TEST_CASE("groups named once") {
  const Suggestion s = of(TableId::employees, "工号,部门\n1,技术部\n2,\n3,\n4,财务部\n5,\n6,\n");
  CHECK(s.mapping.fill_down == std::vector<std::string>{"部门"});
}

TEST_CASE("remarks below the table") {
  const Suggestion s = of(
      TableId::employees,
      "工号,姓名,部门,岗位\n1,李娜,销售部,a\n2,王伟,销售部,b\n制表人：王伟,,,\n备注：本表只作内部使用，请勿外传,,,\n");
  CHECK(s.mapping.footers == std::vector<std::string>{"制表人", "备注"});
}

TEST_CASE("a remark is never left out by one character that names begin with, too") {
  const Suggestion s =
      of(TableId::employees,
         "工号,姓名,部门,岗位\n1,李娜,二车间,a\n2,王伟,二车间,b\n二、本表于次月三日前上报，一式二份,,,\n");
  CHECK(s.mapping.footers == std::vector<std::string>{"二、本表于次月三"});
}

TEST_CASE("a roster of Taiwan") {
  const Suggestion s =
      of(TableId::employees,
         "員工編號,姓名,性別,部門,直屬主管,到職日期,月薪（萬元）,在職狀態\n"
         "E1,林美,女,業務部,,2015/3/1,3.5,在職\nE2,陳明,男,業務部,E1,2020/1/5,1.2,離職\n合計,,,,,,4.7,\n");
  CHECK(from(s, "employee_id") == "員工編號");
  CHECK(from(s, "org_unit") == "部門");
  CHECK(from(s, "manager_id") == "直屬主管");
  CHECK(from(s, "hire_date") == "到職日期");
  CHECK(mapping(s, "base_salary").unit == "万元");
  CHECK(mapping(s, "attr.status").values == std::map<std::string, std::string>{{"在職", "active"}, {"離職", "left"}});
  CHECK(s.mapping.footers == std::vector<std::string>{"合計"});
}

TEST_CASE("days and companies of former jobs are asked about") {
  const Suggestion s = of(TableId::employees,
                          "姓名,工号,公司名称,担任职位,入职日期,离职日期\n李娜,E1,甲公司,店员,2001-02-03,2005-06-07\n");
  CHECK(from(s, "employee_id") == "工号");
  CHECK(from(s, "hire_date") == "?入职日期");
  CHECK(from(s, "termination_date") == "?离职日期");
  CHECK(from(s, "legal_entity") == "?公司名称");
  CHECK(s.remarks.front().message == "suggest/former-jobs");
  CHECK(from(of(TableId::employees, "工号,入职日期\nE1,2001-02-03\n", "工作经历.csv"), "hire_date") == "?入职日期");
}

TEST_CASE("people in several rows are told of") {
  const Suggestion s = of(TableId::employees, "工号,学校\nE1,a\nE1,b\nE2,c\n");
  CHECK(from(s, "employee_id") == "工号");
  CHECK(says(s, "employee_id", "suggest/repeated"));
}

TEST_CASE("feedback that names its competencies has one column of ratings") {
  const Suggestion s = of(TableId::feedback, "被评价人,评价人,能力项,行号,得分\nE1,E2,沟通,1,4\nE1,E2,协作,2,5\n");
  CHECK(from(s, "competency") == "能力项");
  CHECK(from(s, "rating") == "得分");
  CHECK(!s.mapping.unpivot);
  const Suggestion t = of(TableId::feedback, "被评价人,评价人,能力项,x,y\nE1,E2,沟通,1,4\nE1,E2,协作,2,5\n");
  CHECK(!t.mapping.unpivot);  // which of them it is, a person must say
  CHECK(std::count_if(t.columns.begin(), t.columns.end(),
                      [](const auto& c) { return c.mapping.column == "competency"; }) == 1);
}

TEST_CASE("days that two formats read wait for a person") {
  const Suggestion s =
      of(TableId::employees, "工号,入职日期,到岗日期\nE1,03/04/2020,2020-04-03\nE2,05/06/2021,2021-06-05\n");
  CHECK(from(s, "hire_date") == "?入职日期");  // and no other column steps in
  CHECK(says(s, "hire_date", "suggest/ambiguous-days"));
  CHECK(from(of(TableId::employees, "工号,入职日期\nE1,03/14/2020\nE2,05/06/2021\n"), "hire_date") == "入职日期");
  const Suggestion f = of(TableId::facts, "工号,指标,期间,实际值\nE1,a,03/04/2020,1\n");
  CHECK(from(f, "period") == "?期间");
  CHECK(std::count_if(f.columns.begin(), f.columns.end(), [](const auto& c) { return c.mapping.column == "period"; }) ==
        1);
}

TEST_CASE("months that a sheet has as their first days") {
  const Suggestion s = of(TableId::facts, "工号,月份,指标,实际值\nE1,2026-03-01,a,1\nE2,2026-04-01,a,2\n");
  CHECK(mapping(s, "period").dates.formats == std::vector<std::string>{"%Y-%m-01"});
  CHECK(says(s, "period", "suggest/first-days"));
  const Suggestion days = of(TableId::facts, "工号,日期,指标,实际值\nE1,2026-03-01,a,1\nE2,2026-03-02,a,2\n");
  CHECK(mapping(days, "period").dates.formats.empty());
}

TEST_CASE("units of columns that become rows") {
  const Suggestion one =
      of(TableId::facts, "工号,月份,销售额(万元),回款(万元)\nE1,2026-03,12.5,3\nE2,2026-03,3.25,4\n");
  CHECK(mapping(one, "value").unit == "万元");
  const Suggestion two = of(TableId::facts, "工号,月份,销售额(万元),通话时长\nE1,2026-03,12.5,3\nE2,2026-03,3.25,4\n");
  CHECK(mapping(two, "value").unit.empty());
  CHECK(says(two, "value", "suggest/mixed-units"));
}
