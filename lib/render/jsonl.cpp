// JSON Lines: the object of one row a line, nothing else.
#include <string>

#include "render/json_text.h"
#include "render/row_pieces.h"
#include "render/writers.h"

namespace hr::render {

void write_jsonl(const table::Table& table, const RenderOptions& options, const Sink& sink) {
  const std::vector<std::string> members = json_members(table);
  write_rows<std::string>(table.rows(), options.threads, sink, [&](size_t row, std::string& out) {
    append_json_row(out, table, members, row);
    out += '\n';
  });
}

}  // namespace hr::render
