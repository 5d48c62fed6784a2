#include "defs/table_texts.h"

#include "base/listed.h"
#include "base/text.h"
#include "defs/scalars.h"
#include "model/imported_table.h"

namespace hr::defs {

// A text, or one that is read through a mapping.
static void read_table_text(const std::string& table, const Cursor& cursor, TableTexts& texts) {
  if (cursor.kind() == NodeKind::scalar) {
    texts.push_back({table, cursor.node().text, {}, {}});
  } else if (cursor.kind() == NodeKind::map) {
    TableText text{table, {}, {}, {}};
    const Fields fields(cursor, {"mapping", "csv"});
    if (const auto c = fields.require("mapping")) {
      set(text.mapping, c->word());
      text.mapping_span = c->span();
    }
    const auto csv = fields.require("csv");
    if (csv && csv->kind() == NodeKind::scalar) text.csv = csv->node().text;
    if (csv && csv->kind() != NodeKind::scalar && csv->kind() != NodeKind::broken)
      csv->error("bad-value/table-text", {csv->path(), "csv"});
    texts.push_back(std::move(text));
  } else if (cursor.kind() != NodeKind::broken) {
    cursor.error("bad-value/table-text", {cursor.path(), table});
  }
}

TableTexts read_table_texts(const Cursor& tables) {
  TableTexts texts;
  for (const auto& [key, value] : tables.entries()) {
    const std::string& name = key.node().text;
    if (!model::find_imported_table(name)) {
      std::vector<std::string> names;
      for (const model::ImportedTable& t : model::imported_tables()) names.emplace_back(t.name);
      key.error("unknown-key/table", {shown(name), listed(names)}, nearest(name, names).value_or(""));
    } else if (value.kind() == NodeKind::list) {
      for (const Cursor& item : value.items_of_some()) read_table_text(name, item, texts);
    } else {
      read_table_text(name, value, texts);
    }
  }
  return texts;
}

}  // namespace hr::defs
