// JSON Lines: the object of one row a line, nothing else.
#include <string>

#include "render/json_text.h"
#include "render/writers.h"

namespace hr::render {

std::string write_jsonl(const table::Table& table) {
  std::string out;
  const std::vector<std::string> members = json_members(table);
  for (size_t row = 0; row < table.rows(); ++row) {
    append_json_row(out, table, members, row);
    out += '\n';
  }
  return out;
}

}  // namespace hr::render
