// Files with a column a day, a month or a KPI: each cell becomes a row.
#include <algorithm>

#include "base/date.h"
#include "base/period.h"
#include "base/text.h"
#include "ingest/simplified.h"
#include "ingest/suggest_draft.h"
#include "ingest/suggest_values.h"
#include "ingest/wide_headings.h"

namespace hr::ingest {

using model::CanonicalColumn;
using model::ColumnType;
using model::TableId;

namespace {

// What a new column is called: as no heading of the file is.
std::string new_name(const Draft& draft, std::string name) {
  while (!draft.fields_called({name}).empty()) name += "_";
  return name;
}

void set_unpivot(Draft& draft, const std::vector<size_t>& fields, const std::string& name, const std::string& value) {
  model::Unpivot unpivot;
  const bool side_by_side = fields.back() - fields.front() + 1 == fields.size();
  if (side_by_side && fields.size() > 4) {
    unpivot.columns.from = draft.fields[fields.front()].heading;
    unpivot.columns.to = draft.fields[fields.back()].heading;
  } else {
    for (const size_t field : fields) unpivot.columns.headings.push_back(draft.fields[field].heading);
  }
  unpivot.name = new_name(draft, name);
  unpivot.value = new_name(draft, value);
  draft.said.mapping.unpivot = std::move(unpivot);
  for (const size_t field : fields) draft.fields[field].used = true;
}

void add(Draft& draft, SuggestedColumn column, bool sure = true) {
  draft.said.columns.push_back(std::move(column));
  draft.said.recognised += draft.said.columns.back().active ? size_t{1} : size_t{0};
  draft.said.unsure += sure ? 0 : 1;
}

// What the numbers of these columns are in, by their headings: several units, where they say different ones.
std::vector<std::string> units_of(const Draft& draft, const std::vector<size_t>& fields) {
  std::vector<std::string> units;
  for (const size_t field : fields) {
    const std::string& unit = draft.fields[field].parts.unit;
    if (std::find(units.begin(), units.end(), unit) == units.end()) units.push_back(unit);
  }
  return units;
}

// The cells of columns that become rows, as one column.
void take_cells(Draft& draft, const std::vector<size_t>& fields, const char* column) {
  ColumnProfile cells;
  for (const size_t field : fields) cells.add_all(draft.profile(field));
  draft.note_missing_words(cells);
  SuggestedColumn value;
  value.mapping.column = column;
  value.active = !draft.said.unpivot_waits;
  value.mapping.headers = {draft.said.mapping.unpivot->value};
  const CanonicalColumn spec{column, ColumnType::decimal};
  bool sure = true;
  if (is_most(cells.days(), cells.said())) {  // a moment: the time of day that a clock was punched
    value.mapping.split = model::Split{" ", -1};
    value.mapping.unit = "clock";
    value.remarks.push_back({"suggest/moments", {samples_of(cells, false)}});
    sure = false;
  } else if (misfit(spec, cells)) {
    value.remarks.push_back({"suggest/marks", {samples_of(cells, false)}});
    sure = false;
  } else {
    const std::vector<std::string> units = units_of(draft, fields);
    describe_values(value, spec, cells, units.size() == 1 ? units.front() : std::string());
    if (units.size() > 1) {
      std::string named;
      for (const std::string& unit : units) named += (named.empty() || unit.empty() ? "" : ", ") + unit;
      value.remarks.push_back({"suggest/mixed-units", {named}});
      sure = false;
    }
  }
  add(draft, std::move(value), sure);
}

// One measure for all cells: somebody must name it.
void name_kpi(Draft& draft) {
  if (draft.claimed("kpi")) return;
  SuggestedColumn kpi;
  kpi.mapping.column = "kpi";
  kpi.mapping.default_value = draft.options.kpi;
  kpi.remarks.push_back({"suggest/name-the-kpi", {}});
  add(draft, std::move(kpi), false);
}

void spread_periods(Draft& draft, const PeriodHeadings& periods) {
  set_unpivot(draft, periods.fields, "day", "value");
  SuggestedColumn period;
  period.mapping.column = "period";
  period.mapping.headers = {draft.said.mapping.unpivot->name};
  if (!periods.format.empty() && periods.format != "%Y-%m-%d") period.mapping.dates.formats = {periods.format};
  bool sure = true;
  if (periods.needs_year) {
    std::string where;
    const auto within = draft.period_of_file(where);
    const bool is_month = within && within->find('-') != std::string::npos;
    const auto known = within && (is_month || !periods.needs_month) ? parse_period(*within) : std::nullopt;
    if (known) {
      const CivilDate first = civil(known->from);
      period.mapping.dates.defaults.year = first.year;
      period.mapping.dates.defaults.month = periods.needs_month ? first.month : 0;
    }
    period.active = known.has_value();
    draft.said.unpivot_waits = !known;
    period.remarks.push_back(known ? Remark{"suggest/period-from", {where}} : Remark{"suggest/within", {}});
    sure = false;
  }
  add(draft, std::move(period), sure);
  take_cells(draft, periods.fields, "value");
  name_kpi(draft);
}

bool is_measure(const Draft& draft, size_t field) {
  const ColumnProfile& p = draft.profile(field);
  if (p.count(ValueLook::id_card) + p.count(ValueLook::phone) > 0) return false;
  return is_most(p.numbers(), p.said()) && heading_is_measure(draft.fields[field].parts.core);
}

bool is_clock(const Draft& draft, size_t field) {
  return is_most(draft.profile(field).count(ValueLook::clock), draft.profile(field).said());
}

// The KPI of the workspace that a field is called; none: nullptr.
const KnownKpi* kpi_of(const Draft& draft, size_t field) {
  const auto names_it = [&](const std::string& name) {
    const std::string folded = fold_word(name);
    return folded == fold_word(draft.fields[field].heading) || folded == fold_word(draft.fields[field].parts.core);
  };
  for (const KnownKpi& kpi : draft.options.kpis) {
    if (names_it(kpi.id) || std::any_of(kpi.names.begin(), kpi.names.end(), names_it)) return &kpi;
  }
  return nullptr;
}

void take_known_kpis(Draft& draft, const std::vector<size_t>& known) {
  draft.said.mapping.wide = true;
  for (const size_t field : known) {
    SuggestedColumn column;
    column.mapping.column = kpi_of(draft, field)->id;
    column.mapping.headers = {draft.fields[field].heading};
    if (draft.claimed(column.mapping.column)) continue;
    describe_values(column, {"value", ColumnType::decimal}, draft.profile(field), draft.fields[field].parts.unit);
    draft.note_missing_words(draft.profile(field));
    draft.fields[field].used = true;
    add(draft, std::move(column));
  }
}

// The file names its KPIs or competencies: one of the numbers beside them is their value.
void take_value(Draft& draft, const std::vector<size_t>& measures, const char* column) {
  for (const Candidate& candidate : draft.candidates) {
    const bool free = std::find(measures.begin(), measures.end(), candidate.field) != measures.end();
    if (candidate.column->name != column || !free) continue;
    draft.take(*candidate.column, candidate.field, false);
    return;
  }
  if (measures.size() == 1) draft.take(*draft.find_column(column), measures.front(), false);
}

// Hours of clocks and numbers do not stand together: one column has one unit.
std::vector<size_t> measures_of(const Draft& draft) {
  std::vector<size_t> measures, clocks;
  for (const size_t field : draft.free_fields()) {
    if (is_measure(draft, field)) measures.push_back(field);
    if (is_clock(draft, field)) clocks.push_back(field);
  }
  return measures.empty() ? clocks : measures;
}

void spread_measures(Draft& draft, bool facts) {
  const std::vector<size_t> measures = measures_of(draft);
  if (measures.empty()) return;
  const char* named_by = facts ? "kpi" : "competency";
  const char* value = facts ? "value" : "rating";
  if (draft.claimed(named_by)) return take_value(draft, measures, value);
  std::vector<size_t> known;
  for (const size_t field : measures) {
    if (facts && kpi_of(draft, field)) known.push_back(field);
  }
  if (!known.empty()) return take_known_kpis(draft, known);
  set_unpivot(draft, measures, named_by, value);
  SuggestedColumn name;
  name.mapping.column = named_by;
  name.mapping.headers = {draft.said.mapping.unpivot->name};
  if (facts) name.remarks.push_back({"suggest/kpis-are-headings", {}});
  add(draft, std::move(name), !facts);
  take_cells(draft, measures, value);
}

}  // namespace

void spread_columns(Draft& draft) {
  const bool facts = draft.table.id == TableId::facts;
  if (!facts && draft.table.id != TableId::feedback) return;
  if (draft.claimed(facts ? "value" : "rating")) return;
  std::vector<std::string> headings;
  for (const Field& field : draft.fields) headings.push_back(field.heading);
  const auto periods =
      facts && !draft.claimed("period") ? find_period_headings(headings, draft.free_fields()) : std::nullopt;
  if (periods)
    spread_periods(draft, *periods);
  else
    spread_measures(draft, facts);
}

}  // namespace hr::ingest
