// One writer a format; render() chooses. Each is a file of its own.
#pragma once

#include <string>
#include <vector>

#include "render/bytes.h"
#include "render/render.h"
#include "table/table.h"

namespace hr::render {

std::string write_table_text(const table::Table& table, const RenderOptions& options);
std::string write_report_text(const table::Report& report, const RenderOptions& options);
std::string write_markdown(const table::Table& table, const RenderOptions& options);
std::string write_report_markdown(const table::Report& report, const RenderOptions& options);
void write_csv(const table::Table& table, const RenderOptions& options, const Sink& sink);
// The bytes of a part of what write_csv() would write.
void append_csv_part(const table::Table& table, const RenderOptions& options, bool is_first, Bytes& out);
void write_json(const table::Table& table, const RenderOptions& options, const Sink& sink);
void write_json(const table::Report& report, const RenderOptions& options, const Sink& sink);
void write_jsonl(const table::Table& table, const RenderOptions& options, const Sink& sink);
void write_html(const table::Table& table, const RenderOptions& options, const Sink& sink);
// The same of several tables below one heading; `id`: of the section in the page, an HTML name.
struct HtmlSection {
  std::string id;
  const table::Table* table = nullptr;
};
void write_html(const table::Heading& head, const std::vector<HtmlSection>& sections, const RenderOptions& options,
                const Sink& sink);
// A page to be searched, sorted and narrowed: of a report with entities.
void write_board(const table::Report& report, const RenderOptions& options, const Sink& sink);
void write_xlsx(const table::Heading& head, const std::vector<const table::Table*>& tables,
                const RenderOptions& options, const Sink& sink);

}  // namespace hr::render
