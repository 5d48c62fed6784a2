// One writer a format; render() chooses. Each is a file of its own.
#pragma once

#include <string>

#include "render/render.h"
#include "table/table.h"

namespace hr::render {

std::string write_table_text(const table::Table& table, const RenderOptions& options);
std::string write_markdown(const table::Table& table, const RenderOptions& options);
void write_csv(const table::Table& table, const RenderOptions& options, const Sink& sink);
void write_csv_rows(const table::Table& table, const RenderOptions& options, const Sink& sink);  // without a heading
void write_json(const table::Table& table, const RenderOptions& options, const Sink& sink);
void write_jsonl(const table::Table& table, const RenderOptions& options, const Sink& sink);
void write_xlsx(const table::Table& table, const RenderOptions& options, const Sink& sink);

}  // namespace hr::render
