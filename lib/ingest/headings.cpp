#include "ingest/headings.h"

#include <unordered_map>

#include "base/text.h"
#include "ingest/simplified.h"

namespace hr::ingest {

namespace {

using model::TableId;

struct Synonyms {
  std::string_view column;
  std::string_view words;  // separated by '|'
};

// Whole headings that mean the same in every table that has the column. `--suggest` has a list of its own, of words and
// of patterns of words (heading_words.def, heading_patterns.def), which knows 工号 too. They stay two, because what a
// plain import takes nobody reads over:
// - Put together, words claim too much. By them "Total Salary" is base pay, "Last Hire Date" the hire date, "Change
//   Date" the day something begins: likely, and wrong often enough. Marks on rows of words would not keep them out, for
//   each of these words is needed in a heading that an import does take.
// - Alone, words say too little. "amount", "updated by", 对象, 起 and 评价 name a column where they are all of a
//   heading, and nothing as words of another one: of these headings the patterns miss every sixth.
// `--suggest` takes this list first, so a heading that is here needs no words there.
constexpr Synonyms kEverywhere[] = {
    {"employee_id",
     "工号|员工编号|员工号|人员编号|人员编码|员工编码|员工id|职工号|职工编号|工号id|被评价人|被评人|被评价人工号|"
     "被考核人|"
     "employee id|employee no|employee no.|employee number|emp no|emp id|emp_no|empid|employeeid|employeenumber|staff "
     "id|staff no|"
     "personnel number|id|ratee|ratee_id"},
    {"name", "姓名|员工姓名|名字|中文名|employee name|full name|employee_name|staff name"},
    {"email", "邮箱|电子邮箱|公司邮箱|企业邮箱|工作邮箱|e-mail|mail|email address|work email"},
    {"org_unit",
     "部门|所属部门|部门编码|部门编号|部门名称|组织|组织名称|组织编码|组织单元|所在部门|一级部门|department|dept|dept_"
     "no|dept "
     "no|department id|"
     "unit|unit_id|org unit|organization|organisation|team|division"},
    {"manager_id",
     "上级|直属上级|直接上级|上级工号|直属上级工号|直接上级工号|汇报对象|汇报上级|主管|主管工号|经理工号|manager|"
     "manager id|"
     "supervisor|supervisor id|line manager|reports to|reports_to|managerid"},
    {"job", "岗位|职位|职务|岗位名称|职位名称|job title|title|position|job role|role|job_id|jobrole|post"},
    {"grade", "职级|级别|职等|岗级|job level|level|joblevel|pay grade|job grade"},
    {"region", "地区|区域|大区|国家|工作地区|工作地点|工作城市|城市|location|country|state|site|area"},
    {"legal_entity",
     "法人|法人实体|公司|所属公司|合同主体|合同公司|合同签署公司|legal entity|company|entity|legal_entity"},
    {"fte", "全职当量|工时比例|用工比例|编制系数|full-time equivalent|full time equivalent"},
    {"hire_date",
     "入职日期|入职时间|入司日期|入职日|加入日期|hire date|date of hire|dateofhire|hired|start date|join date|joining "
     "date|hiredate"},
    {"termination_date",
     "离职日期|离职时间|离职日|最后工作日|termination date|date of termination|dateoftermination|leave date|"
     "leaving date|exit date|end date|last day"},
    {"base_salary",
     "基本工资|月薪|薪资|基本薪资|底薪|工资|年薪|salary|base pay|base salary|monthly income|monthlyincome|annual "
     "salary|amount|pay"},
    {"currency", "币种|货币|ccy"},
    {"from",
     "开始日期|生效日期|起始日期|开始时间|生效时间|起|自|effective date|valid from|from date|from_date|begin|start"},
    {"to", "结束日期|失效日期|截止日期|终止日期|结束时间|止|至|valid to|to date|to_date|end|until"},
    {"parent", "上级部门|上级组织|父部门|上级部门编码|父级|parent unit|parent id|parent_id|parent department|superior"},
    {"head_id", "部门负责人|负责人|部门负责人工号|负责人工号|主管工号|head|unit head|department head|leader"},
    {"kpi", "指标|指标编码|指标编号|指标名称|考核指标|kpi编码|kpi名称|kpi_id|kpi id|indicator|metric|measure"},
    {"period", "期间|考核期|考核期间|周期|月份|月度|季度|统计周期|考核月份|month|quarter|time period"},
    {"value",
     "实际值|当前值|数值|完成值|实际完成|实际|完成情况|值|达成值|实际达成|actual|actual value|result|score value"},
    {"weight", "权重|占比|权重(%)|权重%|weighting"},
    {"threshold", "门槛值|保底值|保底|底线值|最低值|minimum|floor target"},
    {"target", "目标值|目标|考核目标|指标目标|基准值|target value|goal value|target_value"},
    {"stretch", "挑战值|挑战目标|挑战|卓越值|stretch target|stretch goal"},
    {"objective", "目标编号|目标编码|目标id|o编号|objective id|objective_id|goal id|okr id"},
    {"cycle", "考核周期|绩效周期|周期|okr周期|review cycle|performance cycle"},
    {"owner", "负责人|责任人|所有者|负责人工号|owner id|owner_id|assignee"},
    {"title", "标题|名称|目标名称|关键结果|关键结果名称|目标描述|内容|description|name|objective name|key result name"},
    {"supports", "对齐|对齐目标|支撑|支撑目标|上级目标|aligned to|aligns to|alignment|parent objective"},
    {"key_result", "关键结果编号|关键结果编码|关键结果id|kr|kr编号|kr_id|kr id|key result|key result id|key_result_id"},
    {"type", "类型|kr类型|关键结果类型|kind|key result type"},
    {"start", "起始值|初始值|起点|基线|start value|start_value|baseline|initial value"},
    {"unit", "单位|计量单位|unit of measure|uom"},
    {"current", "当前值|当前|现值|当前进度|current value|current_value|latest"},
    {"current_date", "当前值日期|数据日期|current date"},
    {"confidence", "信心|信心指数|信心度|confidence level"},
    {"note", "备注|说明|进展说明|进展|描述|remark|remarks|notes|comment|update"},
    {"author", "提交人|更新人|填写人|填报人|submitted by|updated by"},
    {"rater_id", "评价人|评价者|评分人|评估人|评价人工号|考核人|评委|rater|rater id|reviewer|reviewer id|evaluator"},
    {"relation", "关系|评价关系|评价人关系|角色|评价角色|relationship|rater relation|rater type|rater_type"},
    {"competency", "能力项|能力|素质|胜任力|评价项|评价维度|维度|题目|competence|dimension|question|item|skill"},
    {"rating", "评分|得分|打分|分数|评价分|score|rate|points"},
    {"comment", "评语|评价|意见|文字评价|反馈|remarks|feedback|comments"},
    {"kind", "类型|类别|请假类型|假别|假期类型|休假类型|奖励类型|表彰类型|leave type|type|category|leave kind"},
    {"subject",
     "对象|考核对象|被考核人|工号|员工编号|员工号|人员编号|人员编码|employee_id|employee id|employee|emp no|emp_no|emp "
     "id|empid|employeeid"},
    {"date", "日期|时间|填报日期|更新日期|评价日期|提交日期|check-in date|day|review date|reviewdate|updated at|when"},
};

struct OwnHeadings {
  TableId table;
  std::string_view column;
  std::string_view words;
};
// Headings that mean something else in one table than in others. The effective date is no column: see engine/import.
constexpr OwnHeadings kOfOneTable[] = {
    {TableId::employees, "effective_date", "effective_date|生效日期|生效日|变更生效日期|变动日期"},
    {TableId::org_units, "name", "组织名称"},
};

std::string match_form(std::string_view heading) {
  heading = trim(heading);
  while (heading.starts_with('*')) heading.remove_prefix(1);
  while (heading.ends_with('*')) heading.remove_suffix(1);
  std::string folded = fold_word(heading);
  for (const std::string_view mark : {"必填", "(必填)", "[必填]", "【必填】", "（必填）"}) {
    if (folded.size() > mark.size() && folded.ends_with(mark)) folded.resize(folded.size() - mark.size());
  }
  std::string plain;  // "Emp_No", "emp-no" and "Emp No.:" are "emp no"
  for (const char c : folded) {
    if (c != '_' && c != '-' && c != '.' && c != ':') plain += c;
  }
  return plain;
}

// The headings of one table. A word that could mean two of its columns means the first that the table lists.
std::unordered_map<std::string, std::string> words_of(TableId table) {
  std::unordered_map<std::string, std::string> words;
  for (const model::CanonicalColumn& column : model::imported_table(table).columns) {
    words.emplace(match_form(column.name), column.name);
  }
  for (const model::CanonicalColumn& column : model::imported_table(table).columns) {
    for (const Synonyms& s : kEverywhere) {
      if (s.column != column.name) continue;
      for (const std::string_view word : split(s.words, '|')) words.emplace(match_form(word), column.name);
    }
  }
  for (const OwnHeadings& own : kOfOneTable) {
    if (own.table != table) continue;
    for (const std::string_view word : split(own.words, '|')) words[match_form(word)] = own.column;
  }
  return words;
}

}  // namespace

std::optional<std::string> canonical_column(TableId table, std::string_view heading) {
  static const auto kWords = [] {
    std::unordered_map<int, std::unordered_map<std::string, std::string>> all;
    for (const model::ImportedTable& t : model::imported_tables()) all[static_cast<int>(t.id)] = words_of(t.id);
    return all;
  }();
  const auto& words = kWords.at(static_cast<int>(table));
  const auto it = words.find(match_form(heading));
  return it == words.end() ? std::nullopt : std::optional(it->second);
}

}  // namespace hr::ingest
