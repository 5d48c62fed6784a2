// A table as HTML: its columns for people, its cells, and words in a language that the page may change.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "i18n/message.h"
#include "render/render.h"
#include "table/table.h"

namespace hr::render {

// Words of a page. Where it can change its language, those of the other one stand beside them, as data-alt.
struct PageWords {
  using Say = std::function<std::string(i18n::Language)>;

  i18n::Language language = i18n::Language::en;
  bool both = false;

  std::string alt(const Say& say) const;  // ` data-alt="…"`, or nothing where both say the same
  // <name attributes>words</name>
  std::string element(const char* name, const std::string& attributes, const Say& say) const;
};

// A column that people see, with the class of its cells.
struct ShownColumn {
  const table::Column* column = nullptr;
  const char* kind = "";
};
// `narrow`: the table has half of a page: the columns that matter most.
enum class Room : uint8_t { all, page, half };
std::vector<ShownColumn> shown_columns(const table::Table& table, Room room, i18n::Language language);

// `rows`: the first so many; `opens`: cells that name something lead to it.
void write_table(const table::Table& table, const std::vector<ShownColumn>& columns, size_t rows, bool opens,
                 const PageWords& words, const RenderOptions& options, const Sink& sink);
// One row as a line a column; as large figures beside each other.
std::string sheet_of(const table::Table& table, const PageWords& words);
std::string cards_of(const table::Table& table, const PageWords& words);

}  // namespace hr::render
