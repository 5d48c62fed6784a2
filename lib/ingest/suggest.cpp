#include "ingest/suggest.h"

#include <algorithm>
#include <array>

#include "base/cell_name.h"
#include "base/text.h"
#include "ingest/suggest_draft.h"
#include "ingest/suggest_values.h"
#include "ingest/wide_headings.h"

namespace hr::ingest {

using model::CanonicalColumn;

namespace {

Field field_of(model::TableId table, const std::string& heading, size_t at) {
  Field field;
  for (const std::string_view word : split(heading, '\n'))
    field.heading += (field.heading.empty() ? "" : " ") + std::string(trim(word));
  field.heading = trim(field.heading);
  field.named = !field.heading.empty();
  if (!field.named) {
    field.heading = column_name(static_cast<int>(at) + 1);
    return field;
  }
  field.parts = parts_of_heading(field.heading);
  field.guesses = guess_columns(table, field.heading);
  if (field.guesses.empty() && field.heading.find('/') != std::string::npos) {  // the lower of two rows of headings
    field.guesses = guess_columns(table, std::string_view(field.heading).substr(field.heading.rfind('/') + 1));
    for (HeadingGuess& guess : field.guesses) guess.likeness = Likeness::maybe;
  }
  return field;
}

// What a list of former jobs says of companies and days is not about the company that we are asked about.
void doubt_former_jobs(Draft& draft) {
  if (draft.table.id != model::TableId::employees) return;
  const auto tells = [](const std::string& text) { return heading_tells_of_former_jobs(text); };
  const std::vector<std::string>& titles = draft.survey.header.titles;
  const auto field = std::find_if(draft.fields.begin(), draft.fields.end(),
                                  [&](const Field& f) { return f.named && tells(f.heading); });
  const auto title = std::find_if(titles.begin(), titles.end(), tells);
  std::string where;
  if (field != draft.fields.end())
    where = field->heading;
  else if (title != titles.end())
    where = truncate_to_width(*title, 40);
  else if (tells(draft.options.file))
    where = draft.options.file;
  else
    return;
  draft.said.remarks.push_back({"suggest/former-jobs", {where}});
  for (Field& one : draft.fields) {
    for (HeadingGuess& guess : one.guesses) {
      const bool of_job = guess.column == "legal_entity" || guess.column == "hire_date" ||
                          guess.column == "termination_date" || guess.column == "base_salary";
      if (of_job) guess.likeness = Likeness::maybe;
    }
  }
}

void say_layout(Draft& draft) {
  const HeaderGuess& header = draft.survey.header;
  model::Mapping& mapping = draft.said.mapping;
  if (header.rows.size() != 1 || header.first_data != 1) {
    mapping.header.emplace();
    for (const SheetRow& row : header.rows) mapping.header->push_back(static_cast<int>(row.line));
  }
  mapping.skip = header.skip;
  mapping.footers = draft.survey.footers;
  if (header.rows.empty()) draft.said.remarks.push_back({"suggest/no-headings", {}});
  if (!draft.survey.left_out.empty())
    draft.said.remarks.push_back({"suggest/footers", {draft.survey.left_out.front()}});
  for (size_t i = 0; i < draft.fields.size(); ++i) {
    if (!draft.fields[i].named || draft.fields_called({draft.fields[i].heading}).size() < 2) continue;
    draft.said.remarks.push_back({"suggest/heading-twice", {draft.fields[i].heading}});
    break;
  }
}

// Words that stand for nothing, of columns in which they would be refused.
void say_missing_words(Draft& draft) {
  for (const SuggestedColumn& column : draft.said.columns) {
    const CanonicalColumn* spec = draft.find_column(column.mapping.column);
    if (!column.active || !spec || spec->type == model::ColumnType::text) continue;
    for (const size_t field : draft.fields_called(column.mapping.headers))
      draft.note_missing_words(draft.profile(field));
  }
}

// Groups that are named in their first row only, as merged cells come out.
void say_fill_down(Draft& draft) {
  for (const SuggestedColumn& column : draft.said.columns) {
    const CanonicalColumn* spec = draft.find_column(column.mapping.column);
    const bool groups = spec && (spec->name == "org_unit" || (spec->required && spec->name != "employee_id"));
    if (!column.active || !groups) continue;
    for (const size_t field : draft.fields_called(column.mapping.headers)) {
      const ColumnProfile& p = draft.profile(field);
      if (p.first_filled && p.empty >= p.filled && !p.repeated)
        draft.said.mapping.fill_down.push_back(draft.fields[field].heading);
    }
  }
}

void sort_columns(Draft& draft) {
  const auto rank = [&](const SuggestedColumn& column) {
    const CanonicalColumn* spec = draft.find_column(column.mapping.column);
    return spec ? spec - draft.table.columns.data() : std::ptrdiff_t{1000};  // attributes and KPIs last
  };
  std::stable_sort(draft.said.columns.begin(), draft.said.columns.end(),
                   [&](const SuggestedColumn& a, const SuggestedColumn& b) { return rank(a) < rank(b); });
}

}  // namespace

Draft::Draft(const SheetSurvey& sheet, const SuggestOptions& wanted)
    : survey(sheet), options(wanted), table(model::imported_table(wanted.table)) {
  const std::vector<std::string>& headings = survey.header.headings;
  const bool none = survey.header.rows.empty();
  for (size_t i = 0; i < headings.size(); ++i) fields.push_back(field_of(wanted.table, none ? "" : headings[i], i));
  said.mapping.table = table.name;
}

const CanonicalColumn* Draft::find_column(std::string_view name) const {
  const auto it = std::find_if(table.columns.begin(), table.columns.end(),
                               [&](const CanonicalColumn& c) { return c.name == name; });
  return it == table.columns.end() ? nullptr : &*it;
}

SuggestedColumn* Draft::claimed(std::string_view column) {
  const auto it = std::find_if(said.columns.begin(), said.columns.end(),
                               [&](const SuggestedColumn& c) { return c.active && c.mapping.column == column; });
  return it == said.columns.end() ? nullptr : &*it;
}

SuggestedColumn* Draft::told(std::string_view column) {
  const auto it = std::find_if(said.columns.begin(), said.columns.end(),
                               [&](const SuggestedColumn& c) { return c.mapping.column == column; });
  return it == said.columns.end() ? nullptr : &*it;
}

std::vector<size_t> Draft::fields_called(const std::vector<std::string>& headings) const {
  std::vector<size_t> called;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (std::find(headings.begin(), headings.end(), fields[i].heading) != headings.end()) called.push_back(i);
  }
  return called;
}

std::vector<size_t> Draft::free_fields() const {
  std::vector<size_t> free;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].used && (fields[i].named || survey.header.rows.empty())) free.push_back(i);
  }
  return free;
}

SuggestedColumn& Draft::take(const CanonicalColumn& column, size_t field, bool sure) {
  SuggestedColumn taken;
  taken.mapping.column = column.name;
  taken.mapping.headers = {fields[field].heading};
  if (!sure) taken.remarks.push_back({"suggest/unsure", {samples_of(profile(field), is_personal(column.name))}});
  describe_values(taken, column, profile(field), fields[field].parts.unit);
  fields[field].used = true;
  taken.active = std::none_of(taken.remarks.begin(), taken.remarks.end(),
                              [](const Remark& r) { return r.message == "suggest/ambiguous-days"; });
  said.recognised += taken.active ? size_t{1} : size_t{0};
  said.unsure += sure && taken.active ? size_t{0} : size_t{1};
  said.columns.push_back(std::move(taken));
  return said.columns.back();
}

void Draft::note_missing_words(const ColumnProfile& p) {
  for (const auto& [word, count] : p.missing_words) {
    std::vector<std::string>& words = said.mapping.missing;
    if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
  }
}

std::optional<std::string> Draft::period_of_file(std::string& where) const {
  for (const std::string& title : survey.header.titles) {
    where = truncate_to_width(title, 40);
    if (auto period = period_in(title)) return period;
  }
  where = options.file;
  return period_in(options.file);
}

bool is_personal(std::string_view column) {
  static constexpr std::array<std::string_view, 12> kPersonal{"employee_id", "name",    "email",   "manager_id",
                                                              "base_salary", "owner",   "author",  "rater_id",
                                                              "subject",     "head_id", "comment", "note"};
  return std::find(kPersonal.begin(), kPersonal.end(), column) != kPersonal.end();
}

Suggestion suggest(const SheetSurvey& survey, const SuggestOptions& options) {
  Draft draft(survey, options);
  say_layout(draft);
  doubt_former_jobs(draft);
  find_candidates(draft);
  claim_columns(draft);
  claim_required(draft);
  spread_columns(draft);
  keep_attributes(draft);
  ask_for_required(draft);
  say_doubts(draft);
  say_missing_words(draft);
  say_fill_down(draft);
  sort_columns(draft);
  for (const size_t field : draft.free_fields()) draft.said.left.push_back(draft.fields[field].heading);
  return std::move(draft.said);
}

}  // namespace hr::ingest
