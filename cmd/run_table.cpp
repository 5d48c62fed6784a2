#include "run_table.h"

#include "base/timestamp.h"

namespace hr::cmd {

using table::Column;
using table::Kind;

static Column heading(const char* key, const char* en, const char* zh, Kind kind,
                      table::Show show = table::Show::main) {
  Column column;
  column.key = key;
  column.title = {en, zh};
  column.kind = kind;
  column.show = show;
  return column;
}

table::Table run_table(const std::string& schema, const std::vector<store::Run>& runs) {
  table::Table t;
  t.schema = schema;
  t.title = {"Runs", "批次"};
  t.columns = {heading("run", "Run", "批次", Kind::number),
               heading("cycle", "Cycle", "周期", Kind::text),
               heading("as_of", "As of", "截至", Kind::date),
               heading("rated", "Rated", "已评", Kind::number),
               heading("not_rated", "Not rated", "未评", Kind::number),
               heading("definitions", "Definitions", "定义版本", Kind::number),
               heading("created_at", "Created", "时间", Kind::text, table::Show::wide),
               heading("created_by", "By", "执行人", Kind::text, table::Show::wide),
               heading("known", "Known", "已知截至", Kind::text, table::Show::programs),
               heading("plan", "Plan", "方案", Kind::text, table::Show::programs),
               heading("program_version", "Program", "程序版本", Kind::text, table::Show::programs),
               heading("input_hash", "Input SHA-256", "输入 SHA-256", Kind::text, table::Show::programs),
               heading("result_hash", "Result SHA-256", "结果 SHA-256", Kind::text, table::Show::programs)};
  for (const store::Run& run : runs) {
    t.columns[0].add(make_decimal(run.id));
    t.columns[1].add(run.cycle);
    t.columns[2].add(run.as_of);
    t.columns[3].add(make_decimal(static_cast<int64_t>(run.rated)));
    t.columns[4].add(make_decimal(static_cast<int64_t>(run.not_rated)));
    t.columns[5].add(make_decimal(run.definitions_version));
    t.columns[6].add(to_iso_timestamp(run.created_at));
    t.columns[7].add(run.created_by);
    t.columns[8].add(to_iso_timestamp(run.known));
    t.columns[9].add(run.plan);
    t.columns[10].add(run.program_version);
    t.columns[11].add(run.input_hash);
    t.columns[12].add(run.result_hash);
  }
  return t;
}

table::Table run_sheet(const store::Run& run) {
  const table::Table list = run_table("hrctl.run-show/v1", {run});
  table::Table t;
  t.schema = "hrctl.run-show/v1";
  t.title = {"Run " + std::to_string(run.id), "批次 " + std::to_string(run.id)};
  t.columns = {heading("field", "Field", "字段", Kind::choice), heading("value", "Value", "值", Kind::text)};
  for (const Column& column : list.columns) {
    t.columns[0].labels.emplace_back(column.key, column.title);
    t.columns[0].add(column.key);
    if (column.kind == Kind::number)
      t.columns[1].add(to_string(column.numbers[0]));
    else if (column.kind == Kind::date)
      t.columns[1].add(to_string(Date{column.days[0]}));
    else
      t.columns[1].add(column.texts[0]);
  }
  return t;
}

}  // namespace hr::cmd
