#include "run_table.h"

#include "base/timestamp.h"
#include "engine/cycle/data.h"
#include "report/columns.h"

namespace hr::cmd {

using report::make_column;
using table::Column;
using table::Kind;
using table::Show;

// The last day of a run's cycle, by the definitions that the run was scored by; read once a version.
class CycleEnds {
 public:
  explicit CycleEnds(store::Store& store) : store_(store) {}

  std::optional<Date> of(const store::Run& run) {
    if (version_ != run.definitions_version) {
      applied_ = engine::applied_definitions(store_, run.known);
      version_ = run.definitions_version;
    }
    const model::Cycle* cycle = applied_ ? applied_->definitions->find_cycle(run.cycle) : nullptr;
    return cycle ? std::optional(cycle->range.last()) : std::nullopt;
  }

 private:
  store::Store& store_;
  int64_t version_ = -1;
  std::optional<engine::AppliedDefinitions> applied_;
};

table::Table run_table(const std::string& schema, store::Store& store, const std::vector<store::Run>& runs) {
  table::Table t;
  t.schema = schema;
  t.title = {"Runs", "批次"};
  t.columns = {make_column("run", "Run", "批次", Kind::number, Show::key),
               make_column("cycle", "Cycle", "周期", Kind::text, Show::key),
               make_column("as_of", "As of", "截至", Kind::date, Show::key),
               make_column("rated", "Rated", "已评定", Kind::number, Show::main),
               make_column("not_rated", "Not rated", "未评定", Kind::number, Show::main),
               make_column("definitions", "Definitions", "定义版本", Kind::number, Show::more),
               make_column("created_at", "Created at", "生成时间", Kind::text, Show::wide),
               make_column("created_by", "By", "执行人", Kind::text, Show::wide),
               make_column("known", "Known at", "数据截止", Kind::text, Show::programs),
               make_column("plan", "Plan", "方案", Kind::text, Show::programs),
               make_column("program_version", "Program", "程序版本", Kind::text, Show::programs),
               make_column("input_hash", "Input SHA-256", "输入 SHA-256", Kind::text, Show::programs),
               make_column("result_hash", "Result SHA-256", "结果 SHA-256", Kind::text, Show::programs),
               make_column("interim", "Interim", "中期", Kind::boolean, Show::main),
               make_column("base_run", "Calibrates", "校准自", Kind::number, Show::main),
               make_column("moves", "Moves", "调整数", Kind::number, Show::main)};
  for (const char* key : {"interim", "base_run", "moves"}) t.column(key).remark = true;
  CycleEnds ends(store);
  for (const store::Run& run : runs) {
    size_t at = 0;
    const auto next = [&]() -> Column& { return t.columns[at++]; };
    next().add(make_decimal(run.id));
    next().add(run.cycle);
    next().add(run.as_of);
    next().add(make_decimal(static_cast<int64_t>(run.rated)));
    next().add(make_decimal(static_cast<int64_t>(run.not_rated)));
    next().add(make_decimal(run.definitions_version));
    next().add(to_iso_timestamp(run.created_at));
    next().add(run.created_by);
    next().add(to_iso_timestamp(run.known));
    Column& plan = next();
    if (run.plan.empty())
      plan.add_missing();
    else
      plan.add(run.plan);
    next().add(run.program_version);
    next().add(run.input_hash);
    next().add(run.result_hash);
    const auto end = ends.of(run);
    Column& interim = next();
    if (end)
      interim.add_flag(run.as_of < *end);
    else
      interim.add_missing();
    const bool calibrated = run.base_run != 0;
    next().add_optional(calibrated ? std::optional(make_decimal(run.base_run)) : std::nullopt);
    const auto moves = [&] { return static_cast<int64_t>(store.calibration_moves(run.id).size()); };
    next().add_optional(calibrated ? std::optional(make_decimal(moves())) : std::nullopt);
  }
  return t;
}

table::Table run_sheet(store::Store& store, const store::Run& run) {
  table::Table t = run_table("hrctl.run-show/v1", store, {run});
  t.title = {"Run " + std::to_string(run.id), "批次 " + std::to_string(run.id)};
  t.sheet = true;
  for (const char* key : {"interim", "base_run", "moves"}) t.column(key).remark = false;
  return t;
}

}  // namespace hr::cmd
