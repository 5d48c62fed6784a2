// A suggestion in the making: what is known of the file, and what has been decided so far. The steps that suggest()
// takes, in their order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/heading_words.h"
#include "ingest/suggest.h"

namespace hr::ingest {

// One column of the file.
struct Field {
  std::string heading;  // as a mapping names it: its letters where it is empty
  bool named = false;   // it is not
  HeadingParts parts;
  std::vector<HeadingGuess> guesses;
  bool used = false;
};

// A field that may be a column of the table.
struct Candidate {
  size_t field = 0;
  const model::CanonicalColumn* column = nullptr;
  Likeness likeness = Likeness::maybe;
  std::optional<Remark> misfit;  // why its values cannot be that
  int score = 0;
};

struct Draft {
  const SheetSurvey& survey;
  const SuggestOptions& options;
  const model::ImportedTable& table;
  std::vector<Field> fields;
  std::vector<Candidate> candidates;  // the best first
  Suggestion said;

  Draft(const SheetSurvey& sheet, const SuggestOptions& wanted);

  const ColumnProfile& profile(size_t field) const { return survey.columns[field]; }
  const model::CanonicalColumn* find_column(std::string_view name) const;
  // The column of the suggestion that is taken for certain, or unsure but written as a key.
  SuggestedColumn* claimed(std::string_view column);
  // The same, or one that waits for a person as a comment.
  SuggestedColumn* told(std::string_view column);
  // The fields that a heading of the suggestion means.
  std::vector<size_t> fields_called(const std::vector<std::string>& headings) const;
  std::vector<size_t> free_fields() const;  // ascending; those with a heading that nothing takes yet
  // Makes the column come from the field. `sure`: else it is marked for a person to look at.
  SuggestedColumn& take(const model::CanonicalColumn& column, size_t field, bool sure);
  void note_missing_words(const ColumnProfile& profile);
  // A month or a year that a title, the sheet or the file is named by, and where.
  std::optional<std::string> period_of_file(std::string& where) const;
};

// Whose values say who somebody is, or what somebody earns.
bool is_personal(std::string_view column);

void find_candidates(Draft& draft);
void claim_columns(Draft& draft);     // one field a column: the better evidence wins
void claim_required(Draft& draft);    // what the table cannot do without, from a field that only may be it
void spread_columns(Draft& draft);    // facts and ratings with a column a day, a month, a KPI
void keep_attributes(Draft& draft);   // sex and status of a job in words that do not change with the language
void ask_for_required(Draft& draft);  // what is not there at all
void say_doubts(Draft& draft);        // fields that may be a column which nothing takes

}  // namespace hr::ingest
