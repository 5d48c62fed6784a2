#include "defs/table_texts.h"

#include "base/text.h"
#include "defs/scalars.h"
#include "model/imported_table.h"

namespace hr::defs {

TableTexts read_table_texts(const Cursor& tables) {
  TableTexts texts;
  for (const auto& [key, value] : tables.entries()) {
    const std::string& name = key.node().text;
    if (!model::find_imported_table(name)) {
      std::vector<std::string> names;
      for (const model::ImportedTable& t : model::imported_tables()) names.emplace_back(t.name);
      std::string list;
      for (const std::string& known : names) list += (list.empty() ? "" : ", ") + known;
      key.error("unknown-key/table", {shown(name), list}, nearest(name, names).value_or(""));
    } else if (value.kind() == NodeKind::scalar) {
      texts.emplace_back(name, value.node().text);
    } else if (value.kind() != NodeKind::broken) {
      value.error("bad-value/table-text", {value.path(), name});
    }
  }
  return texts;
}

}  // namespace hr::defs
