#include "render/render.h"

#include "render/writers.h"

namespace hr::render {

std::optional<Format> format_of_name(std::string_view name) {
  if (name == "table") return Format::table;
  if (name == "csv") return Format::csv;
  if (name == "json") return Format::json;
  if (name == "jsonl") return Format::jsonl;
  if (name == "md") return Format::markdown;
  return std::nullopt;
}

std::optional<Format> format_of_file(std::string_view file_name) {
  const std::string_view base = file_name.substr(file_name.find_last_of('/') + 1);
  const size_t dot = base.find_last_of('.');
  if (dot == std::string_view::npos || dot == 0) return Format::table;
  std::string ending(base.substr(dot + 1));
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  if (ending == "txt") return Format::table;
  if (ending == "ndjson") return Format::jsonl;
  if (ending == "markdown") return Format::markdown;
  return ending == "table" ? std::nullopt : format_of_name(ending);
}

std::string render(const table::Table& table, const RenderOptions& options) {
  switch (options.format) {
    case Format::table:
      return write_table_text(table, options);
    case Format::csv:
      return write_csv(table, options);
    case Format::json:
      return write_json(table);
    case Format::jsonl:
      return write_jsonl(table);
    case Format::markdown:
      return write_markdown(table, options);
  }
  return {};
}

}  // namespace hr::render
