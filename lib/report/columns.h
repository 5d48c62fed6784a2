// What the reports build their tables of: headed columns, the lines above the rows, labels of codes, and the cells of a
// frame taken over.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/frame.h"
#include "model/definitions.h"
#include "model/text.h"
#include "report/reports.h"
#include "table/table.h"

namespace hr::report {

using Labels = std::vector<std::pair<std::string, table::Label>>;

table::Column make_column(const char* key, const char* en, const char* zh, table::Kind kind,
                          table::Show show = table::Show::main);
// A figure: exact for programs, at most two decimals for people.
table::Column make_figure_column(const char* key, const char* en, const char* zh,
                                 table::Kind kind = table::Kind::number, table::Show show = table::Show::main);

// Ranges of the rows that `names` names, from lower, middle, upper and mean; of a split table: of that part.
table::Chart middle_half_chart(const char* names, std::vector<std::string> series, std::string part = {});

// run, cycle, as_of, known, interim; and a note when the cycle has not ended.
void set_header(table::Heading& head, const RunHeader& header);

const Labels& status_labels();     // rated, not_rated
const Labels& component_labels();  // kpi, okr, feedback
const Labels& reason_labels();     // why a figure is missing, or what else stands beside it
const Labels& flag_labels();       // what to know about a score
// Band ids with the names that scales give them, "B Good"; a band that two scales name differently keeps its bare id.
Labels band_labels(const model::Definitions& definitions);

// What people call a group of raters; nothing for a name that is no group.
model::Text feedback_group_name(const std::string& group);

// A text in two languages as a choice: programs get the English (or only) one, people their own.
void add_text(table::Column& column, const model::Text& text, const std::string& otherwise);

// The state of a node, or several joined by ';' (of a score that is not there); missing when it is empty.
void add_status(table::Column& column, const std::string& status);

// The number that a derivation's text says; none when it says none. Beyond 18 digits: the nearest of nine decimals.
std::optional<Decimal> number_of(std::string_view text);

// Fills an empty column with the cells of a frame's, which has none afterwards: numbers with decimals, texts and
// choices with texts, lists with texts joined by ';'. nullptr: `rows` cells without a value.
void take_column(table::Column& out, facts::Column* in, size_t rows);

// Who it is and what came out, from the row of the run, to stand above the rows of a report of one person.
void add_person_facts(table::Heading& out, const facts::Frame& scores, const std::string& employee);

}  // namespace hr::report
