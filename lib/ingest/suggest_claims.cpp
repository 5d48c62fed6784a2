// Which field of a file is which column of a table.
#include <algorithm>

#include "base/text.h"
#include "ingest/simplified.h"
#include "ingest/suggest_draft.h"
#include "ingest/suggest_values.h"

namespace hr::ingest {

using model::CanonicalColumn;
using model::ColumnType;
using model::TableId;

namespace {

bool is_id(ColumnType type) {
  return type == ColumnType::id || type == ColumnType::subject;
}

bool tells_people_apart(const Draft& draft, const CanonicalColumn& column) {
  return draft.table.id == TableId::employees && column.name == "employee_id";
}

// How well the values bear out what the heading says.
int bearing(const Draft& draft, const CanonicalColumn& column, const ColumnProfile& p) {
  if (p.said() == 0) return -6;
  int bearing = 0;
  const bool is_key = is_id(column.type) && column.key;
  if (is_key && p.empty * 2 > p.filled) bearing -= 4;
  if (tells_people_apart(draft, column) && p.repeated) bearing -= 5;
  if (column.name == "email" && is_most(p.count(ValueLook::email), p.said())) bearing += 3;
  if (column.type == ColumnType::date && is_most(p.days(), p.said())) bearing += 1;
  return bearing;
}

// Ids of people that look otherwise than those of the people themselves: names, most likely.
std::optional<Remark> other_ids(Draft& draft, const Candidate& candidate) {
  const std::string_view name = candidate.column->name;
  if (name != "manager_id" && name != "head_id" && name != "rater_id") return std::nullopt;
  const SuggestedColumn* people = draft.claimed("employee_id");
  if (!people) return std::nullopt;
  const auto has_digits = [&](size_t field) {
    return draft.profile(field).main_shape().find('9') != std::string::npos;
  };
  for (const size_t field : draft.fields_called(people->mapping.headers)) {
    const bool both = draft.profile(field).said() > 0 && draft.profile(candidate.field).said() > 0;
    if (both && has_digits(field) && !has_digits(candidate.field))
      return Remark{"suggest/other-ids", {draft.fields[field].heading}};
  }
  return std::nullopt;
}

// Nobody says who or what the rows are about: a column without a heading, one that is called some id, or names, where
// these tell the rows apart.
void claim_key(Draft& draft, const CanonicalColumn& column) {
  const bool repeats = draft.table.id != TableId::employees && draft.table.id != TableId::org_units;
  for (const bool named : {false, true}) {
    for (size_t i = 0; i < draft.fields.size(); ++i) {
      const ColumnProfile& p = draft.profile(i);
      const bool ids = p.said() > 0 && p.not_ids == 0 && p.empty == 0 && p.days() == 0 && !p.repeated;
      if (draft.fields[i].used || draft.fields[i].named != named || !ids) continue;
      if (!named || heading_names_id(draft.fields[i].heading)) {
        draft.take(column, i, false);
        return;
      }
    }
  }
  const SuggestedColumn* names = draft.claimed("name");
  if (!names) return;
  for (const size_t field : draft.fields_called(names->mapping.headers)) {
    const ColumnProfile& p = draft.profile(field);
    if (p.empty > 0 || (p.repeated && !repeats)) continue;
    draft.take(column, field, false);
    return;
  }
}

void claim_likely(Draft& draft, const CanonicalColumn& column) {
  for (const Candidate& candidate : draft.candidates) {
    if (candidate.column != &column || candidate.misfit) continue;
    const ColumnProfile& p = draft.profile(candidate.field);
    const bool full = is_most(p.said(), p.filled + p.empty);
    const bool apart = !tells_people_apart(draft, column) || !p.repeated;
    if (!full || !apart || (draft.fields[candidate.field].used && !is_id(column.type))) continue;
    draft.take(column, candidate.field, false);
    return;
  }
}

}  // namespace

void find_candidates(Draft& draft) {
  for (size_t i = 0; i < draft.fields.size(); ++i) {
    for (const HeadingGuess& guess : draft.fields[i].guesses) {
      Candidate candidate{i, draft.find_column(guess.column), guess.likeness, {}, 0};
      candidate.misfit = misfit(*candidate.column, draft.profile(i));
      candidate.score = 20 * static_cast<int>(guess.likeness) + bearing(draft, *candidate.column, draft.profile(i)) -
                        static_cast<int>(std::min<size_t>(guess.rank, 15));
      draft.candidates.push_back(candidate);
    }
  }
  std::stable_sort(draft.candidates.begin(), draft.candidates.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
}

void claim_columns(Draft& draft) {
  for (Candidate& candidate : draft.candidates) {
    Field& field = draft.fields[candidate.field];
    if (candidate.likeness == Likeness::maybe || candidate.misfit || field.used) continue;
    if (SuggestedColumn* other = draft.told(candidate.column->name)) {
      other->remarks.push_back({"suggest/also", {field.heading}});
      continue;
    }
    candidate.misfit = other_ids(draft, candidate);
    if (candidate.misfit) continue;
    const bool repeated = tells_people_apart(draft, *candidate.column) && draft.profile(candidate.field).repeated;
    SuggestedColumn& taken = draft.take(*candidate.column, candidate.field, !repeated);
    if (repeated) taken.remarks = {{"suggest/repeated", {}}};
  }
}

void claim_required(Draft& draft) {
  for (const CanonicalColumn& column : draft.table.columns) {
    const bool by_cells = draft.table.id == TableId::facts && (column.name == "kpi" || column.name == "value");
    if (!column.required || by_cells) continue;
    if (!draft.told(column.name)) claim_likely(draft, column);
    const bool first = &column == draft.table.columns.data();
    if (first && is_id(column.type) && !draft.claimed(column.name)) claim_key(draft, column);
  }
}

// A heading that may be several columns is asked about once.
void say_doubts(Draft& draft) {
  for (const Candidate& candidate : draft.candidates) {
    Field& field = draft.fields[candidate.field];
    const bool asked = std::any_of(draft.said.columns.begin(), draft.said.columns.end(), [&](const SuggestedColumn& c) {
      return !c.active && c.mapping.headers == std::vector<std::string>{field.heading};
    });
    if (field.used || asked || draft.claimed(candidate.column->name)) continue;
    SuggestedColumn doubtful;
    doubtful.active = false;
    doubtful.mapping.column = candidate.column->name;
    doubtful.mapping.headers = {field.heading};
    const ColumnProfile& p = draft.profile(candidate.field);
    doubtful.remarks.push_back(
        candidate.misfit.value_or(Remark{"suggest/maybe", {samples_of(p, is_personal(candidate.column->name))}}));
    if (!candidate.misfit) describe_values(doubtful, *candidate.column, p, field.parts.unit);
    draft.said.columns.push_back(std::move(doubtful));
    ++draft.said.unsure;
  }
}

void ask_for_required(Draft& draft) {
  const auto may_be_there = [&](const CanonicalColumn& column) {
    return std::any_of(draft.candidates.begin(), draft.candidates.end(), [&](const Candidate& c) {
      return c.column == &column && !c.misfit && !draft.fields[c.field].used;
    });
  };
  for (const CanonicalColumn& column : draft.table.columns) {
    const bool by_cells = draft.said.mapping.wide && (column.name == "kpi" || column.name == "value");
    if (!column.required || by_cells || draft.told(column.name)) continue;
    SuggestedColumn asked;
    asked.mapping.column = column.name;
    std::string where;
    const auto period = column.type == ColumnType::period ? draft.period_of_file(where) : std::nullopt;
    if (!period && may_be_there(column)) continue;
    asked.active = period.has_value();
    asked.mapping.default_value = period.value_or("…");
    asked.remarks.push_back(period ? Remark{"suggest/period-from", {where}}
                                   : Remark{"suggest/required", {std::string(column.name)}});
    draft.said.columns.push_back(std::move(asked));
    ++draft.said.unsure;
  }
}

void keep_attributes(Draft& draft) {
  static constexpr std::pair<std::string_view, std::string_view> kWords[] = {
      {"男", "M"},         {"女", "F"},       {"男性", "M"},      {"女性", "F"},      {"male", "M"},
      {"female", "F"},     {"m", "M"},        {"f", "F"},         {"在职", "active"}, {"离职", "left"},
      {"正式", "regular"}, {"试用", "trial"}, {"退休", "retired"}};
  if (!draft.table.keeps_other_columns) return;
  for (const size_t field : draft.free_fields()) {
    const ColumnProfile& p = draft.profile(field);
    const bool sex = p.said() > 0 && p.count(ValueLook::sex) == p.said() && p.values.size() > 1;
    const bool status = p.said() > 0 && p.count(ValueLook::job_status) == p.said();
    const std::string name = sex ? "attr.sex" : "attr.status";
    if ((!sex && !status) || draft.claimed(name)) continue;
    SuggestedColumn column;
    column.mapping.column = name;
    column.mapping.headers = {draft.fields[field].heading};
    for (const auto& [value, count] : p.values) {
      for (const auto& [word, meaning] : kWords) {
        if (fold_word(value) == word && value != meaning) column.mapping.values[value] = meaning;
      }
    }
    draft.fields[field].used = true;
    draft.said.columns.push_back(std::move(column));
    ++draft.said.recognised;
  }
}

}  // namespace hr::ingest
