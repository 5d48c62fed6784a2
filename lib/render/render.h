// Table → bytes, one file a format. Knows widths, quotes and brackets; knows no HR word.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "i18n/message.h"
#include "table/table.h"

namespace hr::render {

enum class Format { table, csv, json, jsonl, markdown };

std::optional<Format> format_of_name(std::string_view name);       // table csv json jsonl md
std::optional<Format> format_of_file(std::string_view file_name);  // by its ending

struct RenderOptions {
  Format format = Format::table;
  i18n::Language language = i18n::Language::en;
  size_t width = 80;    // columns of the terminal; only `table` looks at it; 0 = as wide as needed
  bool color = false;
  bool bom = false;     // CSV for Excel
};

std::string render(const table::Table& table, const RenderOptions& options);

}  // namespace hr::render
