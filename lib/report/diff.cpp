// `diff` and `score --what-if`: who stands otherwise in the second run, and what caused how much of it.
#include <algorithm>
#include <iterator>
#include <map>

#include "report/columns.h"
#include "report/reports.h"

namespace hr::report {

using facts::Cause;
using facts::ChangedInput;
using facts::kCauses;
using facts::PersonDifference;
using facts::Standing;
using table::Column;
using table::Kind;
using table::Show;

namespace {

constexpr size_t kShared = 3;  // so many changes that concern many people stand beside each person; else only below
constexpr size_t kNotes = 60;

const Labels& cause_labels() {
  static const Labels labels{{"data", {"data", "数据"}},
                             {"definition", {"definition", "指标定义"}},
                             {"policy", {"policy", "方案"}},
                             {"organisation", {"organisation", "组织"}},
                             {"calibration", {"calibration", "校准"}}};
  return labels;
}

const table::Label& cause_label(Cause cause) {
  return cause_labels()[static_cast<size_t>(cause)].second;
}

// "facts E1 · revenue · 2026-03: 100 → 120 (old.csv:3 → new.csv:2)"
std::string change_text(const ChangedInput& c, i18n::Language language) {
  std::string place = c.before_place;
  if (!c.after_place.empty() && c.after_place != place) place += (place.empty() ? "" : " → ") + c.after_place;
  const std::string what = c.column.empty() || c.column == c.key ? c.key : c.key + " " + c.column;
  const std::string list = c.table + " " + what;
  std::string text;
  if (c.cause == Cause::calibration)
    text = i18n::text(language, c.after.empty() ? "diff/move-before" : "diff/move-after",
                      {c.after.empty() ? c.before : c.after});
  else if (c.before.empty() && c.after.empty() && !c.column.empty())
    text = i18n::text(language, "diff/changed", {list});
  else if (c.before.empty())
    text =
        i18n::text(language, c.after.empty() && c.after_place.empty() ? "diff/gone-bare" : "diff/new", {list, c.after});
  else if (c.after.empty())
    text = i18n::text(language, "diff/gone", {list, c.before});
  else
    text = list + ": " + c.before + " → " + c.after;
  return place.empty() ? text : text + " (" + place + ")";
}

// The changes by whom they concern: each person's own, and those of nobody in particular.
class Changes {
 public:
  Changes(const std::vector<ChangedInput>& inputs, i18n::Language language) : language_(language) {
    for (const ChangedInput& c : inputs) (c.employee.empty() ? shared_[c.cause] : own_[c.employee]).push_back(&c);
  }

  std::vector<std::string> of(const PersonDifference& person) const {
    std::vector<std::string> texts;
    if (const auto it = own_.find(person.employee); it != own_.end()) {
      for (const ChangedInput* c : it->second) {
        if (person.has(c->cause)) texts.push_back(change_text(*c, language_));
      }
    }
    for (const auto& [cause, changes] : shared_) {
      if (!person.has(cause)) continue;
      if (changes.size() > kShared) {
        texts.push_back(i18n::text(language_, "diff/shared", {std::to_string(changes.size()), name_of(cause)}));
        continue;
      }
      for (const ChangedInput* c : changes) texts.push_back(change_text(*c, language_));
    }
    return texts;
  }

  void add_notes(table::Table& out) const {
    size_t left = 0;
    for (const auto& [cause, changes] : shared_) {
      for (const ChangedInput* c : changes) {
        if (out.notes.size() >= kNotes) {
          ++left;
          continue;
        }
        const std::string cause_name = name_of(cause);
        out.notes.push_back({cause_name + ": " + change_text(*c, i18n::Language::en),
                             cause_label(cause).zh + "：" + change_text(*c, i18n::Language::zh)});
      }
    }
    if (left == 0) return;
    const std::vector<std::string> args{std::to_string(left)};
    out.notes.push_back(
        {i18n::text(i18n::Language::en, "diff/more", args), i18n::text(i18n::Language::zh, "diff/more", args)});
  }

 private:
  i18n::Language language_;
  std::map<std::string, std::vector<const ChangedInput*>, std::less<>> own_;
  std::map<Cause, std::vector<const ChangedInput*>> shared_;
};

// As many as the official scores have, so that differences line up below one another.
int decimals_of(const facts::RunDifference& difference) {
  int most = 0;
  for (const PersonDifference& p : difference.people) {
    for (const auto& score : {p.before.score, p.after.score}) most = std::max(most, score ? score->scale : 0);
  }
  return most;
}

std::vector<Column> diff_columns(const model::Definitions& definitions, int decimals) {
  std::vector<Column> columns{make_column("employee_id", "Employee", "工号", Kind::text, Show::key),
                              make_column("name", "Name", "姓名", Kind::text),
                              make_column("score_before", "Before", "之前", Kind::number, Show::key),
                              make_column("score_after", "After", "之后", Kind::number, Show::key),
                              make_column("band_before", "Band", "等级", Kind::choice),
                              make_column("band_after", "Band after", "之后等级", Kind::choice),
                              make_column("difference", "Difference", "差", Kind::number, Show::key)};
  columns.push_back(make_column("caused_by", "Caused by", "起因", Kind::list, Show::main));
  for (const auto& [cause, label] : cause_labels()) {
    columns.push_back(make_column(cause.c_str(), "", "", Kind::number, Show::main));
    columns.back().title = label;
    columns.back().title.en[0] = static_cast<char>(columns.back().title.en[0] - 'a' + 'A');
  }
  columns.push_back(make_column("because", "Because", "原因", Kind::list, Show::main));
  for (const char* side : {"_before", "_after"}) {
    columns.push_back(
        make_column((std::string("status") + side).c_str(), "Status", "状态", Kind::choice, Show::programs));
    columns.back().labels = status_labels();
    for (const char* list : {"reasons", "flags"})
      columns.push_back(make_column((std::string(list) + side).c_str(), "", "", Kind::list, Show::programs));
    for (const char* figure :
         {"score_exact", "coefficient", "kpi", "okr", "feedback", "coverage", "rank", "percentile"})
      columns.push_back(make_column((std::string(figure) + side).c_str(), "", "", Kind::number, Show::programs));
  }
  columns.push_back(make_column("coefficient_difference", "", "", Kind::number, Show::programs));
  for (const auto& [cause, label] : cause_labels())
    columns.push_back(make_column(("coefficient_" + cause).c_str(), "", "", Kind::number, Show::programs));
  for (Column& c : columns) {
    if (c.kind == Kind::number && c.show != Show::programs) c.table_decimals = decimals;
    if (c.key == "band_before" || c.key == "band_after") c.labels = band_labels(definitions);
    if (c.key == "caused_by") c.labels = cause_labels();
    if (c.key == "because") c.below = true;
  }
  return columns;
}

void add_list(Column& column, const std::string& joined) {
  std::vector<std::string> items;
  for (size_t begin = 0; begin < joined.size();) {
    const size_t end = std::min(joined.find(';', begin), joined.size());
    items.push_back(joined.substr(begin, end - begin));
    begin = end + 1;
  }
  column.add_list(std::move(items));
}

void add_word(Column& column, const std::string& word) {
  if (word.empty())
    column.add_missing();
  else
    column.add(word);
}

void add_side(table::Table& out, const Standing& s, const std::string& side) {
  const auto figure = [&](const char* key, const std::optional<Decimal>& value) {
    out.column(key + side).add_optional(value);
  };
  figure("score", s.score);
  add_word(out.column("band" + side), s.band);
  add_word(out.column("status" + side), s.status);
  add_list(out.column("reasons" + side), s.reasons);
  add_list(out.column("flags" + side), s.flags);
  figure("score_exact", s.exact);
  figure("coefficient", s.coefficient);
  figure("kpi", s.kpi);
  figure("okr", s.okr);
  figure("feedback", s.feedback);
  figure("coverage", s.coverage);
  figure("rank", s.rank);
  figure("percentile", s.percentile);
}

void add_person(table::Table& out, const PersonDifference& person, const Changes& changes) {
  out.column("employee_id").add(person.employee);
  out.column("name").add(person.name);
  add_side(out, person.before, "_before");
  add_side(out, person.after, "_after");
  out.column("difference").add_optional(person.score);
  out.column("coefficient_difference").add_optional(person.coefficient);
  std::vector<std::string> causes;
  for (size_t k = 0; k < kCauses; ++k) {
    const auto cause = static_cast<Cause>(k);
    if (person.has(cause)) causes.emplace_back(name_of(cause));
    out.column(name_of(cause)).add_optional(person.score_parts[k]);
    out.column(std::string("coefficient_") + name_of(cause)).add_optional(person.coefficient_parts[k]);
  }
  out.column("caused_by").add_list(std::move(causes));
  out.column("because").add_list(changes.of(person));
}

}  // namespace

DifferenceSummary summary_of(const facts::RunDifference& difference) {
  DifferenceSummary s;
  s.compared = difference.compared;
  s.differing = difference.people.size();
  s.rank_only = difference.rank_only;
  for (const PersonDifference& p : difference.people) {
    if (p.score) {
      s.up += p.score->unscaled > 0;
      s.down += p.score->unscaled < 0;
    }
    s.bands += p.before.band != p.after.band;
    if (p.coefficient) s.coefficients = add(s.coefficients, *p.coefficient).value_or(s.coefficients);
  }
  return s;
}

table::Table diff(const facts::RunDifference& difference, const std::string& before, const std::string& after,
                  const std::string& cycle, const model::Definitions& definitions, i18n::Language language) {
  table::Table out;
  out.schema = "hrctl.diff/v1";
  out.title = {after.empty() ? "What if: against run " + before : "From run " + before + " to run " + after,
               after.empty() ? "假设分析：对照批次 " + before : "批次 " + before + " 与批次 " + after + " 的差异"};
  const DifferenceSummary s = summary_of(difference);
  out.facts = {{"cycle", cycle},
               {"before", before},
               {"after", after},
               {"people", std::to_string(s.compared)},
               {"differ", std::to_string(s.differing)},
               {"rank_only", std::to_string(s.rank_only)},
               {"score_up", std::to_string(s.up)},
               {"score_down", std::to_string(s.down)},
               {"bands_moved", std::to_string(s.bands)},
               {"coefficients", to_string(s.coefficients)}};
  out.bare_facts = {"before",   "after",      "people",      "differ",      "rank_only",
                    "score_up", "score_down", "bands_moved", "coefficients"};
  out.columns = diff_columns(definitions, decimals_of(difference));
  const Changes changes(difference.inputs, language);
  for (const PersonDifference& person : difference.people) add_person(out, person, changes);
  if (!difference.people.empty()) {
    out.notes.push_back({i18n::text(i18n::Language::en, "diff/order"), i18n::text(i18n::Language::zh, "diff/order")});
  }
  for (size_t k = 0; k < kCauses; ++k) {
    if (((difference.merged >> k) & 1U) == 0) continue;
    const std::string cause = facts::name_of(static_cast<Cause>(k));
    out.notes.push_back({i18n::text(i18n::Language::en, "diff/merged", {cause}),
                         i18n::text(i18n::Language::zh, "diff/merged", {cause_label(static_cast<Cause>(k)).zh})});
  }
  changes.add_notes(out);
  return out;
}

}  // namespace hr::report
