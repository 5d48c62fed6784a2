#include "viewing.h"

#include <utility>

#include "access/cut.h"
#include "base/error.h"
#include "base/listed.h"
#include "base/text.h"
#include "base/timestamp.h"
#include "engine/access/viewers.h"

namespace hr::cmd {

using access::Sight;
using model::AccessFields;

std::optional<Sight> sight_as(const Session& session, store::Store& store, const std::string& viewer,
                              const RunOptions& when) {
  if (viewer.empty()) return std::nullopt;
  const Date today = date_of(session.who_when().now);
  const Date day = when.as_of.empty() ? today : parse_day(when.as_of, "--as-of");
  session.begin("progress/load");
  const engine::Viewers viewers(store, day, parse_known(when.known));
  session.print_findings(viewers.found());
  return viewers.require_sight(viewer);
}

void require_seen(SightOrNone sight, const std::string& employee) {
  if (sight != nullptr && !sight->of(employee).any())
    throw Error(ErrorKind::rejected, "not-seen", {sight->viewer, escape_controls(employee)});
}

void require_fields(SightOrNone sight, const std::string& employee, AccessFields needed, const std::string& report) {
  require_seen(sight, employee);
  if (sight != nullptr && !sight->of(employee).has_all(needed))
    throw Error(ErrorKind::rejected, "report-not-cut/person",
                {report, escape_controls(employee), sight->viewer, listed(access::fields_named(needed))});
}

void require_all(SightOrNone sight, AccessFields needed, const std::string& report) {
  if (sight != nullptr && !sight->everybody.has_all(needed))
    throw Error(ErrorKind::rejected, "report-not-cut", {report, sight->viewer, listed(access::fields_named(needed))});
}

model::AccessFields field_of(const report::Measure& measure) {
  using model::AccessField;
  static constexpr std::pair<std::string_view, AccessField> kFields[] = {
      {"score", AccessField::score},       {"raw_score", AccessField::score},   {"percentile", AccessField::score},
      {"coverage", AccessField::coverage}, {"feedback", AccessField::feedback}, {"okr", AccessField::okr}};
  for (const auto& field : kFields) {
    if (field.first == measure.id) return model::fields_of({field.second});
  }
  return model::fields_of({AccessField::kpi});
}

void cut_person(SightOrNone sight, const std::string& employee, PersonScore& score) {
  if (sight == nullptr) return;
  score.tree = access::cut_derivation(score.tree, sight->of(employee));
  score.row = access::cut_scores(std::move(score.row), *sight);
}

void leave_out_empty(table::Table& units) {
  const auto has = [&](const char* key, size_t row) {
    const table::Column* column = units.find(key);
    return column != nullptr && column->present[row] != 0 && column->numbers[row].unscaled != 0;
  };
  std::vector<uint8_t> keep;
  for (size_t row = 0; row < units.rows(); ++row)
    keep.push_back(has("headcount", row) || has("rated", row) || has("not_rated", row) ? 1 : 0);
  units.keep_rows(keep);
}

void say_viewer(SightOrNone sight, table::Heading& out) {
  if (sight == nullptr) return;
  out.facts.emplace_back("viewer", sight->viewer);
  const std::string day = to_string(sight->day);
  out.notes.push_back({"as " + sight->viewer + " may see it on " + day + ": other people and figures are left out",
                       "按 " + sight->viewer + " 在 " + day + " 的可见范围输出：其他人员和数字已略去"});
}

void say_viewer(SightOrNone sight, table::Table& out) {
  if (sight == nullptr) return;
  say_viewer(sight, static_cast<table::Heading&>(out));
  out.empty = {"Nothing that this viewer may see.", "没有该查看者可见的内容。"};
}

void say_viewer(SightOrNone sight, table::Report& out) {
  if (sight == nullptr) return;
  say_viewer(sight, static_cast<table::Heading&>(out));
  for (table::Section& section : out.sections)
    section.table.empty = {"Nothing that this viewer may see.", "没有该查看者可见的内容。"};
}

void say_cut(SightOrNone sight, const std::string& employee, table::Heading& out) {
  if (sight == nullptr) return;
  const std::vector<std::string> names = access::fields_named(access::missing_in(sight->of(employee)));
  if (names.empty()) return;
  out.notes.push_back(
      {"not shown to " + sight->viewer + ": " + listed(names), "对 " + sight->viewer + " 不显示：" + listed(names)});
}

}  // namespace hr::cmd
