// Frames for tests from CSV-like lines, as the store would give them: `to` is written as the last day, like in files.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "facts/dataset_builder.h"

namespace hr::test {

inline Date day(std::string_view iso) {
  const auto date = parse_date(iso);
  REQUIRE(date);
  return *date;
}

// The days from `first` to `last`, both inclusive.
inline DateRange days(std::string_view first, std::string_view last) {
  return {day(first), day(last) + 1};
}

inline void append_cell(facts::Column& column, std::string_view text, bool last_day) {
  if (text.empty()) return column.append_missing();
  switch (column.storage) {
    case facts::Storage::text:
      column.append(text);
      break;
    case facts::Storage::day:
      column.append(day(text) + (last_day ? 1 : 0));
      break;
    case facts::Storage::decimal:
      column.append(*parse_decimal(text));
      break;
  }
}

// lines[0] are the headings; rows are numbered from 2, as in a file. Columns of the table that are not headed are not
// carried.
inline facts::Frame frame(model::TableId table, const std::vector<std::string>& lines, uint32_t source = 1) {
  facts::Frame out = facts::make_frame(table);
  const auto headings = split(lines.at(0), ',');
  for (facts::Column& c : out.columns) c.carried = false;
  for (const std::string_view h : headings) {
    if (out.find(h) == nullptr) {
      out.columns.emplace_back().name = h;
    }
    out.find(h)->carried = true;
  }
  for (size_t i = 1; i < lines.size(); ++i) {
    const auto cells = split(lines[i], ',');
    REQUIRE(cells.size() == headings.size());
    for (facts::Column& c : out.columns) {
      std::string_view text;
      for (size_t h = 0; h < headings.size(); ++h) {
        if (headings[h] == c.name) text = cells[h];
      }
      append_cell(c, text, c.name == "to");
    }
    out.rows.push_back(static_cast<uint32_t>(i + 1));
    out.sources.push_back(source);
  }
  return out;
}

// The same with one dictionary for the columns of these names, as the store gives them: it has other texts too, and in
// another order.
inline void share_dictionary(const std::vector<facts::Frame*>& frames, const std::vector<std::string>& names) {
  facts::SharedDictionary texts;
  std::vector<facts::Column*> columns;
  texts.add("somebody else");
  for (facts::Frame* frame : frames) {
    for (const std::string& name : names) {
      facts::Column* column = frame->find(name);
      if (column == nullptr) continue;
      columns.push_back(column);
      for (auto code = static_cast<uint32_t>(column->dictionary.size()); code-- > 0;)
        texts.add(column->dictionary[code]);
    }
  }
  for (facts::Column* column : columns) {
    for (uint32_t& code : column->codes) {
      if (code != facts::kMissingCode) code = texts.find(column->dictionary[code]).value();
    }
    column->dictionary = texts;
  }
}

inline facts::DatasetInput first_half_2026() {
  facts::DatasetInput input;
  input.cycle = days("2026-01-01", "2026-06-30");
  input.cycle_id = "2026H1";
  input.as_of = day("2026-06-30");
  return input;
}

inline facts::Dataset build(const facts::DatasetInput& input, Diagnostics& diagnostics) {
  return facts::build_dataset(input, {}, diagnostics);
}
// Of input that gives no finding.
inline facts::Dataset build(const facts::DatasetInput& input) {
  Diagnostics diagnostics;
  facts::Dataset dataset = build(input, diagnostics);
  for (const Diagnostic& d : diagnostics) CHECK_MESSAGE(false, d.message);
  return dataset;
}

// "2026-01-01..2026-03-31 Rep" for every spell of one person: first and last day, then the attributes asked for.
inline std::vector<std::string> spells_of(const facts::Dataset& d, std::string_view person,
                                          const std::vector<std::string>& attributes) {
  std::vector<std::string> out;
  const uint32_t p = d.people.find(person).value();
  for (uint32_t s = d.spells.begin[p]; s < d.spells.begin[p + 1]; ++s) {
    CHECK(d.spells.person[s] == p);
    const DateRange range = d.spells.range[s];
    std::string text =
        to_string(range.from) + ".." + (range.to == kFarFuture ? std::string() : to_string(range.last()));
    for (const std::string& a : attributes) {
      REQUIRE(d.spells.attributes.find(a) != nullptr);
      text += " " + facts::cell_text(*d.spells.attributes.find(a), s);
    }
    out.push_back(text);
  }
  return out;
}

inline std::vector<std::string> messages(const Diagnostics& diagnostics) {
  std::vector<std::string> out;
  for (const Diagnostic& d : diagnostics) out.push_back(d.message);
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace hr::test
