#include "cycle_table.h"

#include <algorithm>
#include <map>

#include "base/timestamp.h"
#include "report/columns.h"

namespace hr::cmd {

using report::make_column;
using table::Column;
using table::Kind;
using table::Show;

static report::Labels stage_labels() {
  return {{"planned", {"planned", "未开始"}},
          {"open", {"open", "进行中"}},
          {"frozen", {"frozen", "已冻结"}},
          {"closed", {"closed", "已关闭"}}};
}

static void add_or_missing(Column& column, const std::string& text) {
  if (text.empty())
    column.add_missing();
  else
    column.add(text);
}

static void add_or_missing(Column& column, int64_t number) {
  if (number == 0)
    column.add_missing();
  else
    column.add(make_decimal(number));
}

// Since when a cycle is in its stage: a step, or its first day.
static std::string since(const engine::CycleLine& line) {
  if (line.state.by_event) return to_iso_timestamp(line.state.last.at);
  return line.state.stage == engine::Stage::open ? to_string(line.cycle.range.from) : "";
}

table::Table cycle_table(const std::vector<engine::CycleLine>& cycles) {
  table::Table t;
  t.schema = "hrctl.cycle-list/v1";
  t.title = {"Cycles", "周期"};
  t.columns = {make_column("cycle", "Cycle", "周期", Kind::text, Show::key),
               make_column("name", "Name", "名称", Kind::choice, Show::more),
               make_column("from", "From", "从", Kind::date),
               make_column("to", "To", "到", Kind::date),
               make_column("stage", "Stage", "阶段", Kind::choice, Show::key),
               make_column("since", "Since", "自", Kind::text, Show::wide),
               make_column("by", "By", "操作人", Kind::text, Show::wide),
               make_column("official_run", "Official run", "正式批次", Kind::number)};
  t.column("name").remark = true;
  t.column("stage").labels = stage_labels();
  for (const engine::CycleLine& line : cycles) {
    t.columns[0].add(line.cycle.id);
    if (line.cycle.name.empty())
      t.columns[1].add_missing();
    else
      report::add_text(t.columns[1], line.cycle.name, "");
    t.columns[2].add(line.cycle.range.from);
    t.columns[3].add(line.cycle.range.last());
    t.columns[4].add(engine::stage_name(line.state.stage));
    add_or_missing(t.columns[5], since(line));
    add_or_missing(t.columns[6], line.state.by_event ? line.state.last.by : "");
    add_or_missing(t.columns[7], line.state.official_run);
  }
  return t;
}

namespace {

constexpr const char* kActions[] = {"open", "freeze", "close", "reopen"};  // by CycleAction

// A line of the report: a target that moved, or a step of a cycle.
struct ChangeLine {
  std::string what;
  store::TargetChange change;
  int64_t run = 0;
};

// Rules for many, scorecards, jobs and plans, are nobody's secret. Objectives stand here by id alone, so they are for
// those who see everybody's.
bool is_seen(SightOrNone sight, const std::string& subject) {
  using model::AccessField;
  if (sight == nullptr) return true;
  const size_t colon = subject.find(':');
  if (colon == std::string::npos) return sight->of(subject).has(AccessField::kpi);
  const std::string kind = subject.substr(0, colon);
  if (kind == "unit") return sight->of_unit(subject.substr(colon + 1)).has(AccessField::kpi);
  if (kind == "objective" || kind == "key_result") return sight->everybody.has(AccessField::okr);
  return true;
}

std::vector<ChangeLine> change_lines(store::Store& store, const std::string& cycle, store::Timestamp known,
                                     SightOrNone sight) {
  std::vector<ChangeLine> lines;
  for (store::TargetChange& change : store.target_changes(known)) {
    if ((cycle.empty() || change.cycle == cycle) && is_seen(sight, change.subject))
      lines.push_back({"target", std::move(change), 0});
  }
  for (const store::CycleEvent& event : store.cycle_events(known)) {
    if (!cycle.empty() && event.cycle != cycle) continue;
    store::TargetChange change;
    change.at = event.at;
    change.by = event.by;
    change.reason = event.reason;
    change.cycle = event.cycle;
    lines.push_back({kActions[static_cast<size_t>(event.action)], std::move(change), event.run});
  }
  // A step before the targets that it moved.
  std::stable_sort(lines.begin(), lines.end(), [](const ChangeLine& a, const ChangeLine& b) {
    return a.change.at != b.change.at ? a.change.at < b.change.at : a.what != "target" && b.what == "target";
  });
  return lines;
}

// Where a change came from: "targets.csv:12", or the version of the definitions that brought it.
std::string where(const std::map<uint32_t, std::string>& files, const store::TargetChange& change) {
  if (change.source > 0) return files.at(change.source) + ":" + std::to_string(change.row);
  return change.definitions_version > 0 ? "definitions " + std::to_string(change.definitions_version) : "";
}

}  // namespace

table::Table change_table(store::Store& store, const std::string& cycle, store::Timestamp known, SightOrNone sight) {
  table::Table t;
  t.schema = "hrctl.changes/v1";
  t.title = {"Changes after the beginning", "开始后的变更"};
  t.columns = {make_column("at", "At", "时间", Kind::text, Show::programs),
               make_column("day", "Day", "日期", Kind::date, Show::key),
               make_column("change", "Change", "变更", Kind::choice, Show::key),
               make_column("cycle", "Cycle", "周期", Kind::text, Show::key),
               make_column("stage", "Stage", "阶段", Kind::choice, Show::wide),
               make_column("subject", "Subject", "对象", Kind::text),
               make_column("kpi", "KPI", "指标", Kind::text),
               make_column("field", "Field", "字段", Kind::text),
               make_column("before", "Before", "原值", Kind::text),
               make_column("after", "After", "新值", Kind::text),
               make_column("by", "By", "操作人", Kind::text, Show::more),
               make_column("reason", "Reason", "原因", Kind::text),
               make_column("where", "Where", "来源", Kind::text, Show::more),
               make_column("run", "Run", "批次", Kind::number, Show::wide)};
  t.column("change").labels = {{"target", {"target moved", "改目标"}},
                               {"open", {"opened", "启动"}},
                               {"freeze", {"frozen", "冻结"}},
                               {"close", {"closed", "关闭"}},
                               {"reopen", {"reopened", "重新打开"}}};
  t.column("stage").labels = stage_labels();
  t.column("reason").below = true;
  std::map<uint32_t, std::string> files;  // by source
  for (store::Source& source : store.sources(store::kNow)) files.emplace(source.id, std::move(source.file));
  for (const ChangeLine& line : change_lines(store, cycle, known, sight)) {
    const store::TargetChange& c = line.change;
    size_t at = 0;
    t.columns[at++].add(to_iso_timestamp(c.at));
    t.columns[at++].add(date_of(c.at));
    t.columns[at++].add(line.what);
    t.columns[at++].add(c.cycle);
    for (const std::string& text :
         {c.stage, c.subject, c.kpi, c.field, c.before, c.after, c.by, c.reason, where(files, c)})
      add_or_missing(t.columns[at++], text);
    add_or_missing(t.columns[at], line.run);
  }
  if (t.rows() == 0)
    t.notes.push_back({"No target has moved after its cycle began, and no cycle was opened, frozen or closed.",
                       "没有周期开始后的目标变更，也没有周期被启动、冻结或关闭。"});
  return t;
}

}  // namespace hr::cmd
