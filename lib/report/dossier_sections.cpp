#include "report/dossier_sections.h"

#include "report/columns.h"

namespace hr::report {

using model::Derivation;
using table::Column;
using table::Kind;
using table::Show;
using table::Table;

void add_if_any(Column& column, std::string_view text) {
  if (text.empty())
    column.add_missing();
  else
    column.add(std::string(text));
}

namespace {

// A day, or nothing where a range has no such end.
void add_day(Column& column, Date day) {
  if (day == kFarPast || day == kFarFuture)
    column.add_missing();
  else
    column.add(day);
}

void add_end(Column& column, const DateRange& range) {
  add_day(column, range.to == kFarFuture ? kFarFuture : range.last());
}

std::string_view attribute(const facts::Spells& spells, const char* name, uint32_t spell) {
  const facts::Column* column = spells.attributes.find(name);
  return column != nullptr && column->storage == facts::Storage::text ? column->text(spell) : std::string_view{};
}

void add_fte(Column& column, const facts::Spells& spells, uint32_t spell) {
  const facts::Column* fte = spells.attributes.find("fte");
  column.add_optional(fte != nullptr ? fte->decimal(spell) : std::nullopt);
}

std::string_view unit_name(const facts::Dataset& organisation, uint32_t spell) {
  const uint32_t unit = organisation.spells.unit[spell];
  return unit == facts::kNone ? std::string_view{} : organisation.units.name[unit];
}

// The spell in force that day, or the last before, or the first after.
uint32_t spell_on(const facts::Spells& spells, uint32_t person, Date day) {
  uint32_t spell = spells.begin[person];
  while (spell + 1 < spells.begin[person + 1] && spells.range[spell + 1].from <= day) ++spell;
  return spell;
}

bool has_spells(const facts::Spells& spells, uint32_t person) {
  return spells.begin[person] < spells.begin[person + 1];
}

// All nodes of feedback groups, below whichever spell.
void collect_feedback(const Derivation& node, std::vector<const Derivation*>& groups) {
  if (node.rule.starts_with("feedback-") && node.node.find('/') != std::string::npos) groups.push_back(&node);
  for (const Derivation& part : node.parts) collect_feedback(part, groups);
}

}  // namespace

Table person_section(const Dossier& dossier) {
  Table out;
  out.sheet = true;
  out.columns = {make_column("employee_id", "Employee", "工号", Kind::text, Show::key),
                 make_column("name", "Name", "姓名", Kind::text),
                 make_column("org_unit", "Unit", "组织", Kind::text),
                 make_column("unit_name", "Name of the unit", "组织名称", Kind::text),
                 make_column("manager_id", "Manager", "上级", Kind::text),
                 make_column("manager_name", "Name of the manager", "上级姓名", Kind::text),
                 make_column("job", "Job", "职位", Kind::text),
                 make_column("grade", "Grade", "职级", Kind::text),
                 make_column("region", "Region", "地区", Kind::text),
                 make_column("legal_entity", "Legal entity", "法律实体", Kind::text),
                 make_column("fte", "Full-time equivalent", "全职当量", Kind::number),
                 make_column("hire_date", "Hired", "入职", Kind::date),
                 make_column("termination_date", "Left", "离职", Kind::date)};
  const facts::Dataset& organisation = dossier.organisation;
  const auto person = organisation.people.find(dossier.employee);
  if (!person || !has_spells(organisation.spells, *person)) return out;
  const uint32_t spell = spell_on(organisation.spells, *person, dossier.day);
  out.column("employee_id").add(dossier.employee);
  add_if_any(out.column("name"), organisation.people.name[*person]);
  for (const char* key : {"org_unit", "manager_id", "job", "grade", "region", "legal_entity"})
    add_if_any(out.column(key), attribute(organisation.spells, key, spell));
  add_if_any(out.column("unit_name"), unit_name(organisation, spell));
  const auto manager = organisation.people.find(attribute(organisation.spells, "manager_id", spell));
  add_if_any(out.column("manager_name"), manager ? organisation.people.name[*manager] : std::string_view{});
  add_fte(out.column("fte"), organisation.spells, spell);
  add_day(out.column("hire_date"), organisation.people.service[*person].from);
  add_end(out.column("termination_date"), organisation.people.service[*person]);
  out.notes.push_back({"as of " + to_string(dossier.day), "截至 " + to_string(dossier.day)});
  return out;
}

Table spells_section(const Dossier& dossier) {
  Table out;
  out.columns = {make_column("from", "From", "从", Kind::date, Show::key),
                 make_column("to", "To", "到", Kind::date, Show::key),
                 make_column("org_unit", "Unit", "组织", Kind::text),
                 make_column("manager_id", "Manager", "上级", Kind::text, Show::more),
                 make_column("job", "Job", "职位", Kind::text),
                 make_column("grade", "Grade", "职级", Kind::text),
                 make_column("region", "Region", "地区", Kind::text, Show::more),
                 make_column("fte", "FTE", "全职当量", Kind::number, Show::wide)};
  const facts::Spells& spells = dossier.organisation.spells;
  const auto person = dossier.organisation.people.find(dossier.employee);
  if (!person) return out;
  for (uint32_t spell = spells.begin[*person]; spell < spells.begin[*person + 1]; ++spell) {
    add_day(out.columns[0], spells.range[spell].from);
    add_end(out.columns[1], spells.range[spell]);
    for (const char* key : {"org_unit", "manager_id", "job", "grade", "region"})
      add_if_any(out.column(key), attribute(spells, key, spell));
    add_fte(out.column("fte"), spells, spell);
  }
  return out;
}

Table moves_section(const Dossier& dossier) {
  Table out;
  out.columns = {make_column("day", "Day", "日期", Kind::date, Show::key),
                 make_column("change", "Change", "变动", Kind::choice, Show::key),
                 make_column("cycle", "Cycle", "周期", Kind::text, Show::key),
                 make_column("item", "Item", "项目", Kind::text),
                 make_column("before", "Before", "原值", Kind::text),
                 make_column("after", "After", "新值", Kind::text),
                 make_column("by", "By", "操作人", Kind::text, Show::more),
                 make_column("reason", "Reason", "原因", Kind::text)};
  out.columns[1].labels = {{"target", {"target moved", "改目标"}},
                           {"calibration", {"band calibrated", "等级校准"}},
                           {"adjustment", {"points adjusted", "加减分"}},
                           {"veto", {"veto", "否决"}}};
  for (size_t i = 3; i < out.columns.size(); ++i) out.columns[i].remark = true;
  out.columns.back().below = true;
  for (const DossierMove& move : dossier.moves) {
    out.columns[0].add(move.day);
    out.columns[1].add(move.change);
    out.columns[2].add(move.cycle);
    size_t at = 3;
    for (const std::string* text : {&move.item, &move.before, &move.after, &move.by, &move.reason})
      add_if_any(out.columns[at++], *text);
  }
  return out;
}

// Of the okr report the objectives that the scorecard has, flat.
Table key_results_section(const Dossier& dossier) {
  Table out;
  if (!dossier.detail) return out;
  out = dossier.detail->okr;
  const Table& scorecard = dossier.detail->scorecard;
  const Column& components = *scorecard.find("component");
  const Column& items = *scorecard.find("item");
  std::vector<uint8_t> keep;
  for (size_t row = 0; row < out.rows(); ++row) {
    bool found = false;
    for (size_t i = 0; i < scorecard.rows() && !found; ++i)
      found = components.text(i) == "okr" && items.text(i) == out.column("node").text(row);
    keep.push_back(found ? 1 : 0);
  }
  out.keep_rows(keep);
  Column& depths = out.column("depth");
  for (size_t row = 0; row < out.rows(); ++row) {
    out.depth[row] = out.column("type").text(row) == "objective" ? 0 : 1;
    depths.numbers[row] = make_decimal(out.depth[row]);
  }
  return out;
}

Table feedback_section(const Dossier& dossier) {
  Table out;
  out.columns = {make_column("group", "Group", "评价人", Kind::choice, Show::key),
                 make_column("raters", "Raters", "人数", Kind::number),
                 make_figure_column("mean", "Mean rating", "平均评分"),
                 make_figure_column("score", "Score", "得分", Kind::number, Show::key),
                 make_column("weight", "Weight", "权重", Kind::number, Show::more),
                 make_figure_column("effective_weight", "Effective weight", "实际权重", Kind::percent),
                 make_column("status", "Status", "状态", Kind::choice)};
  out.columns.back().remark = true;
  for (const char* key : {"raters", "mean", "weight", "effective_weight"}) out.column(key).remark = true;
  std::vector<const Derivation*> groups;
  if (dossier.detail) collect_feedback(dossier.detail->tree, groups);
  for (const Derivation* group : groups) {
    const std::string name = group->node.substr(group->node.find('/') + 1);
    const bool counts_raters = group->rule.starts_with("feedback-group");
    add_text(out.columns[0], feedback_group_name(name), name);
    out.columns[1].add_optional(counts_raters && group->args.size() > 3 ? number_of(group->args[3]) : std::nullopt);
    out.columns[2].add_optional(!group->value.empty() && !group->args.empty() ? number_of(group->args[0])
                                                                              : std::nullopt);
    out.columns[3].add_optional(number_of(group->value));
    out.columns[4].add_optional(number_of(group->weight));
    out.columns[5].add_optional(number_of(group->effective_weight));
    add_status(out.columns[6], group->status);
  }
  return out;
}

Table recognitions_section(const Dossier& dossier) {
  Table out;
  out.columns = {make_column("day", "Day", "日期", Kind::date, Show::key),
                 make_column("kind", "Kind", "类别", Kind::text, Show::key),
                 make_column("note", "Note", "说明", Kind::text)};
  out.columns[2].below = true;
  out.columns[2].remark = true;
  for (const Recognition& recognition : dossier.recognitions) {
    out.columns[0].add(recognition.day);
    out.columns[1].add(recognition.kind);
    add_if_any(out.columns[2], recognition.note);
  }
  return out;
}

}  // namespace hr::report
