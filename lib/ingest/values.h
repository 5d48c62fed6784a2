// Single values: the text of a field → a typed value, or exactly what is wrong with it. Pure and strict: nothing is
// guessed; a form that people use but that could mean two things is named and refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/decimal.h"
#include "model/imported_table.h"

namespace hr::ingest {

// A key of the message table. Its {0} is the value and {1} the heading, which the caller puts before `args`.
struct ValueFault {
  std::string message;
  std::vector<std::string> args;
  std::string suggestion;
};

// A plain decimal: -12.5. `percent_sign`: one % at the end is passed over.
std::optional<Decimal> read_number(std::string_view text, bool percent_sign, ValueFault& fault);
// Names what is wrong with a number that is not one.
ValueFault number_fault(std::string_view text, DecimalFault why);

// ISO, or by the first of the formats that fits; where none fits and none begins with %Y-, ISO again: that is how a
// date cell of a workbook comes.
std::optional<Date> read_day(std::string_view text, const DateFormats& dates, ValueFault& fault);
// Canonical text of a period: 2026Q1. With formats: a day, a month or a year, by what the format reads; a date cell is
// the month or year that it is the first day of.
std::optional<std::string> read_period(std::string_view text, const DateFormats& dates, ValueFault& fault);

bool check_id(std::string_view text, ValueFault& fault);
// `jobs`: job:NAME is one too; `company`: the word is one too.
bool check_subject(std::string_view text, bool jobs, bool company, ValueFault& fault);
// The canonical choice: itself, without regard to case, or a built-in Chinese or English synonym.
std::optional<std::string> read_choice(std::string_view text, std::string_view choices, ValueFault& fault);

void append_utf8(std::string& out, uint32_t code_point);  // which is a character
// Without ASCII blanks and tabs (and, in quoted fields, ends of lines) at either end.
std::string_view without_blanks(std::string_view text);
// The code point at `at` of a text, and how many bytes it has.
uint32_t code_point_at(std::string_view text, size_t at, size_t& bytes);
// U+XXXX of the first character of `text`.
std::string code_point_name(std::string_view text);
// The first character of `text` that is not ASCII, for people: Ｅ (U+FF25). Empty = none.
std::string first_foreign(std::string_view text);

}  // namespace hr::ingest
