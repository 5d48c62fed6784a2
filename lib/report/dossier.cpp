#include "report/dossier.h"

#include <algorithm>

#include "base/text.h"
#include "report/columns.h"
#include "report/dossier_sections.h"

namespace hr::report {

using table::Label;

std::span<const std::string_view> columns_of_dossier() {
  static constexpr std::string_view kColumns[] = {"employee_id", "name",     "org_unit",   "job",         "grade",
                                                  "plan",        "status",   "reasons",    "flags",       "kpi",
                                                  "okr",         "feedback", "coverage",   "score",       "band",
                                                  "rank",        "decimals", "percentile", "coefficient", "rank_group"};
  return kColumns;
}

std::optional<size_t> row_of(const facts::Frame& scores, std::string_view employee) {
  const facts::Column* ids = scores.find("employee_id");
  for (size_t row = 0; row < scores.size(); ++row) {
    if (ids->text(row) == employee) return row;
  }
  return std::nullopt;
}

bool is_known(const Dossier& dossier) {
  return dossier.detail || dossier.organisation.people.find(dossier.employee);
}

// run, cycle … employee, name … band, as a report of one person has them; without a run they are empty.
static void set_person(table::Report& out, const Dossier& dossier) {
  const DossierRun* run = dossier.detail ? &dossier.runs[dossier.detail->run] : nullptr;
  set_header(out, run != nullptr ? run->header : RunHeader{});
  for (const char* key : {"cycle", "as_of", "known"}) out.nullable_facts.emplace_back(key);
  out.facts.emplace_back("employee", dossier.employee);
  if (run != nullptr) return add_person_facts(out, *run->scores, dossier.employee);
  const facts::People& people = dossier.organisation.people;
  const auto person = people.find(dossier.employee);
  out.facts.emplace_back("name", person ? people.name[*person] : std::string_view{});
  for (const char* key : {"org_unit", "job", "plan", "status", "score", "band", "coverage"})
    out.facts.emplace_back(key, "");
  for (const char* key : {"name", "org_unit", "job", "plan", "status", "band"}) out.nullable_facts.emplace_back(key);
  for (const char* key : {"score", "coverage"}) out.bare_facts.emplace_back(key);
}

static std::string words_of(std::string_view codes, const Labels& labels, bool chinese) {
  std::string words;
  for (const std::string_view code : split(codes, ';')) {
    const auto it = std::find_if(labels.begin(), labels.end(), [&](const auto& l) { return l.first == code; });
    if (!words.empty()) words += chinese ? "、" : ", ";
    words += it == labels.end() ? std::string(code) : chinese ? it->second.zh : it->second.en;
  }
  return words;
}

// Of somebody who is in the run and has no score: why.
static void note_not_rated(table::Report& out, const Dossier& dossier) {
  if (!dossier.detail) return;
  const DossierRun& run = dossier.runs[dossier.detail->run];
  const auto row = row_of(*run.scores, dossier.employee);
  if (!row || run.scores->find("status")->text(*row) != "not_rated") return;
  const std::string_view reasons = run.scores->find("reasons")->text(*row);
  if (reasons.empty()) return;
  out.notes.push_back({"not rated in " + run.header.cycle + ": " + words_of(reasons, reason_labels(), false),
                       run.header.cycle + " 未评定：" + words_of(reasons, reason_labels(), true)});
}

static void add_section(table::Report& out, const char* key, Label title, table::Table table, Label empty) {
  table.title = std::move(title);
  table.schema.clear();
  table.facts.clear();
  table.empty = std::move(empty);
  out.sections.push_back({key, std::move(table)});
}

table::Report dossier(Dossier dossier) {
  table::Report out;
  out.schema = "hrctl.dossier/v1";
  const auto person = dossier.organisation.people.find(dossier.employee);
  const std::string name(person ? dossier.organisation.people.name[*person] : std::string_view{});
  const std::string who = name.empty() ? dossier.employee : name + " (" + dossier.employee + ")";
  out.title = {"Dossier of " + who, who + " 的绩效档案"};
  set_person(out, dossier);
  note_not_rated(out, dossier);

  const Label no_run{"No scored cycle has this person yet.", "尚无包含此人的已评分周期。"};
  const Label nothing{"Nothing to show.", "没有内容。"};
  const std::string cycle = dossier.detail ? dossier.runs[dossier.detail->run].header.cycle : std::string();
  const auto of_cycle = [&](const char* en, const char* zh) {
    return cycle.empty() ? Label{en, zh} : Label{std::string(en) + ", " + cycle, cycle + " " + zh};
  };
  const auto of_run = [&](const char* en, const char* zh) { return dossier.detail ? Label{en, zh} : no_run; };
  table::Table key_results = key_results_section(dossier);
  add_section(out, "person", {"Person", "基本信息"}, person_section(dossier),
              {"No employee record has been imported.", "没有导入过员工记录。"});
  add_section(out, "cycles", {"Cycles", "历次周期"}, cycles_section(dossier), no_run);
  add_section(out, "peers", of_cycle("Among peers", "同岗同级对比"), peers_section(dossier),
              !dossier.is_cut
                  ? of_run("Nobody else with the same job and grade was rated.", "没有其他同岗同级的人获得评定。")
                  : of_run("The viewer may see nobody else who was rated with the same job and grade.",
                           "可见范围内没有其他同岗同级的人获得评定。"));
  add_section(out, "scorecard", of_cycle("Scorecard", "考核表"),
              dossier.detail ? std::move(dossier.detail->scorecard) : table::Table{}, no_run);
  add_section(out, "key_results", of_cycle("Key results", "关键结果"), std::move(key_results),
              of_run("No objectives count for this person.", "没有计入此人的目标。"));
  add_section(out, "feedback", of_cycle("Feedback", "360 反馈"), feedback_section(dossier),
              of_run("Feedback does not count for this person.", "此人的得分不含 360 反馈。"));
  add_section(out, "moves", {"What moved", "变动"}, moves_section(dossier),
              {"No target moved after its cycle began; no calibration, adjustment or veto.",
               "周期开始后没有改过目标；没有校准、加减分或否决。"});
  add_section(out, "recognitions", {"Recognitions", "表彰"}, recognitions_section(dossier),
              {"None recorded.", "没有记录。"});
  add_section(out, "spells", {"Positions", "任职经历"}, spells_section(dossier), nothing);
  add_section(out, "explanation", of_cycle("How the score came about", "得分由来"),
              dossier.detail ? std::move(dossier.detail->explanation) : table::Table{}, no_run);
  return out;
}

}  // namespace hr::report
