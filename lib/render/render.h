// Table → bytes, one file a format. Knows widths, quotes and brackets; knows no HR word.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "i18n/message.h"
#include "table/table.h"

namespace hr::render {

enum class Format { table, csv, json, jsonl, markdown, html, xlsx };

std::string_view name_of(Format format);
std::optional<Format> format_of_name(std::string_view name);  // table csv json jsonl md html xlsx
// By its ending; .txt and none are a table; none for an ending that is no format of ours.
std::optional<Format> format_of_file(std::string_view file_name);

struct RenderOptions {
  Format format = Format::table;
  i18n::Language language = i18n::Language::en;
  size_t width = 80;  // columns of the terminal; only `table` looks at it; 0 = as wide as needed
  bool color = false;
  // CSV for Excel: a byte-order mark, and ' before texts that Excel would run as a formula (= + - @ tab or CR first,
  // full-width signs too; numbers with a sign are left alone). Without it a CSV holds every text byte for byte, so that
  // it reads back in as it was: programs do not run formulas.
  bool bom = false;
  int threads = 1;  // of formats for programs; the bytes do not depend on it
};

// Takes the bytes of an output, piece after piece; calls come from several threads, but never two at once.
using Sink = std::function<void(std::string_view bytes)>;

// For people (table, markdown, html): headings and labels by language, "70 %", a missing value is -, a remark that is
// not there blank, columns without anything left out, texts with control characters escaped. A workbook has headings
// and labels for people, and all columns with exact numbers. For programs (csv, json,
// jsonl): keys and codes, never the width or the language; missing is empty or null; numbers at Column::decimals; JSON
// replaces bytes that are not UTF-8 by U+FFFD. Formats for programs come in pieces of some thousand rows.
void render(const table::Table& table, const RenderOptions& options, const Sink& sink);

// Several tables under one heading; not for csv and jsonl, which are one table.
void render(const table::Report& report, const RenderOptions& options, const Sink& sink);

// A table in parts, for formats that are one row after the other: it need not be in memory as a whole.
struct Parts {
  size_t count = 0;                               // at least one: it has the columns
  std::function<table::Table(size_t part)> make;  // its rows; called by several threads at once
};
bool comes_in_parts(Format format);  // csv, jsonl
void render(const Parts& parts, const RenderOptions& options, const Sink& sink);

}  // namespace hr::render
